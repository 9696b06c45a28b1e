/** The list of tickets as it stands on the screen. Pure. Live changes never move a row under the reader's pointer. */
import type { TicketList, TicketView } from '@firstword/shared/console-wire';
import type { Ticket, TicketState, Urgency } from '@firstword/shared/ticket';

export interface TicketRows {
  readonly view: TicketView;
  /** In the order on the screen; undefined until the first answer. */
  readonly rows: readonly Ticket[] | undefined;
  /** Tickets that came into the view since; they wait until the agent asks for them. */
  readonly arrived: readonly Ticket[];
  readonly counts: TicketList['counts'] | undefined;
}

const DONE: readonly TicketState[] = ['resolved', 'closed', 'merged', 'spam'];
const FOR_REVIEW: readonly TicketState[] = ['new', 'analyzing', 'needs-review'];
const URGENCY_RANK: Record<Urgency, number> = { critical: 0, high: 1, normal: 2, low: 3 };

export function isDone(ticket: Ticket): boolean {
  return DONE.includes(ticket.state);
}

export function emptyTicketRows(view: TicketView): TicketRows {
  return { view, rows: undefined, arrived: [], counts: undefined };
}

/** The list as the server has it now: the answer to a question of the agent's own, so rows may move. */
export function applyList(ticketRows: TicketRows, list: TicketList): TicketRows {
  return { ...ticketRows, rows: list.tickets, arrived: [], counts: list.counts };
}

/** A list read in the background: numbers and contents are taken over, places are kept. */
export function applyListQuietly(ticketRows: TicketRows, list: TicketList, agentId: string): TicketRows {
  if (ticketRows.rows === undefined) return applyList(ticketRows, list);
  const merged = list.tickets.reduce<TicketRows>(
    (changed, ticket) => applyChange(changed, ticket, agentId),
    ticketRows,
  );
  return { ...merged, counts: list.counts };
}

/** A change told by the server. An older version than the one shown is a late message and changes nothing. */
export function applyChange(ticketRows: TicketRows, ticket: Ticket, agentId: string): TicketRows {
  if (ticketRows.rows === undefined) return ticketRows;
  if (ticketRows.rows.some(({ id }) => id === ticket.id))
    return { ...ticketRows, rows: renewed(ticketRows.rows, ticket) };
  const known = ticketRows.arrived.find(({ id }) => id === ticket.id);
  if (known !== undefined && known.version > ticket.version) return ticketRows;
  const others = ticketRows.arrived.filter(({ id }) => id !== ticket.id);
  return { ...ticketRows, arrived: belongs(ticket, ticketRows.view, agentId) ? [...others, ticket] : others };
}

/** On an interaction: rows that left the view go, the others take their places. Newcomers keep waiting. */
export function settle(ticketRows: TicketRows, agentId: string, keepId?: string): TicketRows {
  if (ticketRows.rows === undefined) return ticketRows;
  const staying = ticketRows.rows.filter((ticket) => ticket.id === keepId || belongs(ticket, ticketRows.view, agentId));
  return { ...ticketRows, rows: staying.toSorted(inOrderOf(ticketRows.view)) };
}

/** The agent asked for the newcomers. */
export function showArrived(ticketRows: TicketRows, agentId: string): TicketRows {
  return settle({ ...ticketRows, rows: [...ticketRows.arrived, ...(ticketRows.rows ?? [])], arrived: [] }, agentId);
}

/** The ticket `step` rows below (above, when negative) the one with this id; the nearest end when there is none. */
export function neighbour(ticketRows: TicketRows, id: string | undefined, step: 1 | -1): Ticket | undefined {
  const rows = ticketRows.rows ?? [];
  const index = rows.findIndex((ticket) => ticket.id === id);
  if (index === -1) return step === 1 ? rows[0] : rows.at(-1);
  return rows[Math.min(rows.length - 1, Math.max(0, index + step))];
}

function renewed(rows: readonly Ticket[], ticket: Ticket): Ticket[] {
  return rows.map((row) => (row.id === ticket.id && row.version <= ticket.version ? ticket : row));
}

function belongs(ticket: Ticket, view: TicketView, agentId: string): boolean {
  switch (view) {
    case 'review':
      return FOR_REVIEW.includes(ticket.state);
    case 'mine':
      return ticket.assignee?.id === agentId && !isDone(ticket);
    case 'open':
      return !isDone(ticket);
    case 'done':
      return isDone(ticket);
  }
}

function inOrderOf(view: TicketView): (one: Ticket, other: Ticket) => number {
  if (view === 'done') return (one, other) => other.changedAt - one.changedAt;
  return (one, other) =>
    URGENCY_RANK[one.urgency] - URGENCY_RANK[other.urgency] ||
    (one.waitingSince ?? one.openedAt) - (other.waitingSince ?? other.openedAt);
}
