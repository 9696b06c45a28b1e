/** The tickets of the scripted server, with versions, idempotency keys and state changes. */
import type { TicketDetail, TicketList } from '@firstword/shared/console-wire';
import type { SessionView } from '@firstword/shared/sign-in';
import type { Ticket, TicketState } from '@firstword/shared/ticket';
import type { AgentAction, TicketListQuery } from '@firstword/shared/ticket-requests';
import { isInView, type TicketView } from '@firstword/shared/ticket-views';
import type { Message } from '@firstword/shared/wire';
import { agent, otherAgent } from './ticket-builders.ts';

interface Choice {
  readonly expectedVersion: number;
  readonly idempotencyKey: string;
  readonly text?: string;
  readonly note?: string | undefined;
  readonly reason?: string | undefined;
  readonly until?: number | undefined;
  readonly mentions?: readonly string[] | undefined;
  readonly add?: readonly string[] | undefined;
  readonly remove?: readonly string[] | undefined;
  readonly intoTicketId?: string | undefined;
}

export interface ScriptedTickets {
  readonly session: SessionView;
  /** Tickets on one page of a list. */
  pageRows: number;
  list(
    query: Pick<TicketListQuery, 'view' | 'tag' | 'cursor' | 'q' | 'site' | 'reason' | 'language'>,
  ): TicketList & { nextCursor?: string };
  read(id: string): TicketDetail | undefined;
  act(id: string, action: AgentAction, choice: Choice): TicketDetail | 'conflict';
  /** A change by another agent, the visitor or the system. */
  change(id: string, change: Partial<Ticket>): Ticket;
  add(detail: TicketDetail): void;
  addMessage(id: string, message: Pick<Message, 'from' | 'text'>): Message;
}

const TO: Partial<Record<AgentAction, TicketState>> = {
  claim: 'in-progress',
  'hand-back': 'resolved',
  resolve: 'resolved',
  reopen: 'in-progress',
  snooze: 'snoozed',
  merge: 'merged',
  'mark-spam': 'spam',
  restore: 'needs-review',
  reply: 'waiting-visitor',
  approve: 'waiting-visitor',
  rerun: 'analyzing',
};
const SITES = [
  { id: 'demo', name: 'Wendleby' },
  { id: 'workshop', name: 'Wendleby Workshop' },
];
const RANK = { critical: 0, high: 1, normal: 2, low: 3 } as const;

export function createScriptedTickets(details: readonly TicketDetail[]): ScriptedTickets {
  const tickets = new Map(details.map((detail) => [detail.ticket.id, detail]));
  const responses = new Map<string, TicketDetail>();
  const session: SessionView = {
    agent,
    csrf: 'csrf-of-the-scripted-server',
    secondFactor: 'off',
    mode: 'demo',
    models: ['deepseek-v4-pro', 'kimi-k2.5', 'house-model-7'],
  };
  const ticketsOf = (view: TicketView) =>
    [...tickets.values()]
      .map(({ ticket }) => ticket)
      .filter((ticket) => isInView(ticket, view, agent.id))
      .toSorted((one, other) => RANK[one.urgency] - RANK[other.urgency] || since(one) - since(other));

  function known(id: string): TicketDetail {
    const detail = tickets.get(id);
    if (detail === undefined) throw new Error(`no ticket ${id}`);
    return detail;
  }
  function numbered(id: string): { id: string; number: number } {
    return { id, number: known(id).ticket.number };
  }
  function changed(id: string, change: Partial<Ticket>): TicketDetail {
    const detail = known(id);
    const next = { ...detail, ticket: { ...detail.ticket, ...change, version: detail.ticket.version + 1 } };
    tickets.set(id, next);
    return next;
  }

  const scripted: ScriptedTickets = {
    session,
    pageRows: 100,
    list({ view, cursor = '0', q = '', site, tag, reason, language }) {
      const all = (view === 'all' ? [] : ticketsOf(view)).filter(
        (ticket) =>
          ticket.firstLine.toLowerCase().includes(q.toLowerCase()) &&
          (site === undefined || ticket.siteId === site) &&
          (tag === undefined || ticket.tags?.includes(tag) === true) &&
          (reason === undefined || ticket.reason === reason) &&
          (language === undefined || ticket.language === language),
      );
      const end = Number(cursor) + scripted.pageRows;
      return {
        tickets: all.slice(Number(cursor), end),
        sites: SITES,
        counts: {
          review: ticketsOf('review').length,
          mine: ticketsOf('mine').length,
          unassigned: ticketsOf('unassigned').length,
          waiting: ticketsOf('waiting').length,
          snoozed: ticketsOf('snoozed').length,
          open: ticketsOf('open').length,
          done: ticketsOf('done').length,
        },
        ...(all.length > end ? { nextCursor: String(end) } : {}),
      };
    },
    read: (id) => tickets.get(id),
    act(id, action, choice) {
      const repeated = responses.get(choice.idempotencyKey);
      if (repeated !== undefined) return repeated;
      const before = known(id);
      if (before.ticket.version !== choice.expectedVersion) return 'conflict';
      const state = TO[action];
      const assignsToSelf = action === 'claim' || action === 'reply' || action === 'approve';
      const detail = changed(id, {
        ...(state === undefined ? {} : { state }),
        ...(action === 'assign' ? { assignee: otherAgent } : {}),
        ...(choice.intoTicketId === undefined ? {} : { mergedInto: numbered(choice.intoTicketId) }),
        ...(assignsToSelf ? { assignee: { id: agent.id, name: agent.name } } : {}),
        ...(action === 'tag' ? { tags: tagsAfter(before.ticket, choice) } : {}),
        ...(choice.until === undefined ? {} : { snoozedUntil: choice.until }),
      });
      const text = choice.text ?? '';
      const proposed = detail.runs[0]?.content?.reply.text;
      const verdict = action === 'reject' ? 'rejected' : text === proposed ? 'approved' : 'edited';
      const next: TicketDetail = {
        ...detail,
        notes: action === 'note' ? [...detail.notes, noteOf(choice)] : detail.notes,
        runs:
          action === 'approve' || action === 'reject'
            ? detail.runs.map((run, index) => (index === 0 ? { ...run, review: { verdict } } : run))
            : detail.runs,
      };
      tickets.set(id, next);
      if ((action === 'reply' || action === 'approve') && text !== '') scripted.addMessage(id, { from: 'agent', text });
      const response = known(id);
      responses.set(choice.idempotencyKey, response);
      return response;
    },
    change: (id, change) => changed(id, change).ticket,
    add(detail) {
      tickets.set(detail.ticket.id, detail);
    },
    addMessage(id, { from, text }) {
      const detail = known(id);
      const seq = (detail.messages.at(-1)?.seq ?? 0) + 1;
      const added: Message = { seq, id: `${id}-${seq}`, from, text, at: Date.now() };
      const message = from === 'agent' ? { ...added, agent: { name: agent.name } } : added;
      tickets.set(id, { ...detail, messages: [...detail.messages, message] });
      return message;
    },
  };
  return scripted;
}

function noteOf({ text = '', mentions = [] }: Choice): TicketDetail['notes'][number] {
  const mentioned = [agent, otherAgent].filter(({ id }) => mentions.includes(id)).map(({ id, name }) => ({ id, name }));
  return { at: Date.now(), author: agent.name, text, mentions: mentioned };
}

function tagsAfter({ tags = [] }: Ticket, { add = [], remove = [] }: Choice): string[] {
  return [...new Set([...tags, ...add])].filter((tag) => !remove.includes(tag));
}

function since(ticket: Ticket): number {
  return ticket.waitingSince ?? ticket.openedAt;
}
