/** The rows of the ticket list. Pure. Live changes never move a row, because the agent may be about to click it. */
import type { TicketList } from '@firstword/shared/console-wire';
import type { Ticket, Urgency } from '@firstword/shared/ticket';
import { DONE_STATES } from '@firstword/shared/ticket-transitions';
import { isInView, isNewestFirst, type TicketView } from '@firstword/shared/ticket-views';
import { workTime } from '@firstword/shared/waiting-target';

export interface TicketRows {
  readonly view: TicketView;
  /** In display order; undefined until the first response. */
  readonly rows: readonly Ticket[] | undefined;
  /** Tickets that entered the view since the list was loaded, hidden until the agent shows them. */
  readonly arrived: readonly Ticket[];
  readonly counts: TicketList['counts'] | undefined;
  /** The view has more tickets than were loaded. */
  readonly truncated: boolean;
  /** The cursor of the next page. */
  readonly next: string | undefined;
  /** When the list was loaded. Only tickets opened later are new. */
  readonly loadedAt: number;
}

const URGENCY_RANK: Record<Urgency, number> = { critical: 0, high: 1, normal: 2, low: 3 };

export function isDone(ticket: Ticket): boolean {
  return DONE_STATES.includes(ticket.state);
}

export function emptyTicketRows(view: TicketView): TicketRows {
  return { view, rows: undefined, arrived: [], counts: undefined, truncated: false, next: undefined, loadedAt: 0 };
}

/** Applies a list that the agent asked for, so rows may move. */
export function applyList(ticketRows: TicketRows, list: TicketList, now: number): TicketRows {
  return {
    ...ticketRows,
    rows: list.tickets,
    arrived: [],
    counts: list.counts,
    truncated: list.nextCursor !== undefined,
    next: list.nextCursor,
    loadedAt: now,
  };
}

/** Adds the next page. A ticket that has moved since may be known already. */
export function applyMore(ticketRows: TicketRows, list: TicketList): TicketRows {
  const before = ticketRows.rows ?? [];
  const known = new Set([...before, ...ticketRows.arrived].map(({ id }) => id));
  const rows = [...before, ...list.tickets.filter(({ id }) => !known.has(id))];
  return {
    ...ticketRows,
    rows,
    counts: list.counts,
    truncated: list.nextCursor !== undefined,
    next: list.nextCursor,
  };
}

/**
 * Applies a background refresh: counts and contents change, positions don't. A response has only the first tickets of a
 * long list, so an older ticket enters it when another one leaves. It must not be announced as new.
 */
export function applyListQuietly(ticketRows: TicketRows, list: TicketList, agentId: string, now: number): TicketRows {
  if (ticketRows.rows === undefined) return applyList(ticketRows, list, now);
  const merged = list.tickets.reduce<TicketRows>(
    (changed, ticket) => applyChange(changed, ticket, agentId),
    ticketRows,
  );
  return { ...merged, counts: list.counts };
}

/** Applies a live change. A late event with an older version is ignored. */
export function applyChange(ticketRows: TicketRows, ticket: Ticket, agentId: string): TicketRows {
  if (ticketRows.rows === undefined) return ticketRows;
  if (ticketRows.rows.some(({ id }) => id === ticket.id))
    return { ...ticketRows, rows: withUpdate(ticketRows.rows, ticket) };
  const known = ticketRows.arrived.find(({ id }) => id === ticket.id);
  if (known !== undefined && known.version > ticket.version) return ticketRows;
  const others = ticketRows.arrived.filter(({ id }) => id !== ticket.id);
  // In a truncated list, a ticket without a row may have been in the view all along.
  const isNew = known !== undefined || !ticketRows.truncated || ticket.openedAt > ticketRows.loadedAt;
  return { ...ticketRows, arrived: isNew && isInView(ticket, ticketRows.view, agentId) ? [...others, ticket] : others };
}

/** Called when the agent acts: removes rows that left the view and sorts the others. New tickets stay hidden. */
export function settle(ticketRows: TicketRows, agentId: string, keepId?: string): TicketRows {
  if (ticketRows.rows === undefined) return ticketRows;
  const kept = ticketRows.rows.filter((ticket) => ticket.id === keepId || isInView(ticket, ticketRows.view, agentId));
  return { ...ticketRows, rows: kept.toSorted(inOrderOf(ticketRows.view)) };
}

/** Shows the new tickets. */
export function showArrived(ticketRows: TicketRows, agentId: string): TicketRows {
  return settle({ ...ticketRows, rows: [...ticketRows.arrived, ...(ticketRows.rows ?? [])], arrived: [] }, agentId);
}

/** The ticket `step` rows after the one with this id, clamped to the list. */
export function neighbour(ticketRows: TicketRows, id: string | undefined, step: 1 | -1): Ticket | undefined {
  const rows = ticketRows.rows ?? [];
  const index = rows.findIndex((ticket) => ticket.id === id);
  if (index === -1) return step === 1 ? rows[0] : rows.at(-1);
  return rows[Math.min(rows.length - 1, Math.max(0, index + step))];
}

function withUpdate(rows: readonly Ticket[], ticket: Ticket): Ticket[] {
  return rows.map((row) => (row.id === ticket.id && row.version <= ticket.version ? ticket : row));
}

function inOrderOf(view: TicketView): (one: Ticket, other: Ticket) => number {
  if (isNewestFirst(view)) return (one, other) => other.changedAt - one.changedAt;
  return (one, other) => URGENCY_RANK[one.urgency] - URGENCY_RANK[other.urgency] || workTime(one) - workTime(other);
}
