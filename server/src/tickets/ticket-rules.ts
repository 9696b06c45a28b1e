/** What an action makes of a ticket. Pure: the table says whether, this says what. */
import type { Actor, Ticket, TicketAction, TicketEvent, TicketState } from '@firstword/shared/ticket';
import type { Handler } from '@firstword/shared/wire';
import type { TicketRecord } from './ticket-record.ts';
import type { LoadedTicket, TicketChange } from './ticket-store.ts';
import { findTransition, type Transition } from './transitions.ts';

export interface ActionDetails {
  readonly actor: Actor;
  readonly reason?: string | undefined;
  /** For `resolve`. */
  readonly code?: Ticket['resolution'];
  /** For `hold`: milliseconds since the epoch; without it, until somebody wakes the ticket. */
  readonly until?: number | undefined;
  /** For `assign`: whose it is from now on. */
  readonly assignee?: Ticket['assignee'];
  /** For `merge`: where its matter goes on. */
  readonly mergedInto?: Ticket['mergedInto'];
  /** For `undo-spam`: whether the window in which it may be undone is still open. */
  readonly undoMs: number;
}

export interface Moved {
  readonly record: TicketRecord;
  readonly event: TicketEvent;
  /** Who may speak from now on; unchanged when absent. */
  readonly handler?: Handler;
  /** Whether the conversation counts this ticket as its open one; unchanged when absent. */
  readonly open?: boolean;
}

/** @param handler who may speak now, which an undo brings back */
export function applyAction(
  { ticket, inner }: TicketRecord,
  action: TicketAction,
  details: ActionDetails,
  handler: Handler,
  now: number,
): Moved | { readonly why: string } {
  const { actor, reason } = details;
  const row = findTransition(action, ticket.state, actor.kind);
  if ('why' in row) return row;
  if (action === 'undo-spam' && now - ticket.changedAt > details.undoMs)
    return { why: 'The time in which this can be undone is over.' };
  const { before } = inner;
  if (action === 'assign' && details.assignee === undefined) return { why: 'Nobody was named.' };
  if (action === 'merge' && details.mergedInto === undefined) return { why: 'No other ticket was named.' };
  const to = stateAfter(row, ticket.state, before?.state);
  const version = ticket.version + 1;
  const next: Ticket = { ...ticket, ...fieldsAfter(ticket, action, details, now), state: to, version, changedAt: now };
  // Left out rather than set to undefined, as the schema's exact optional fields want it.
  if (to !== 'on_hold') delete next.holdUntil;
  if (to !== 'resolved' && to !== 'closed') delete next.resolution;
  if (to !== 'merged') delete next.mergedInto;
  if (action === 'reply' || to === 'resolved') delete next.waitingSince;
  const nextHandler = row.handler === 'before' ? before?.handler : row.handler;
  const { before: _, ...kept } = inner;
  const ends = row.handler === 'closed' && row.action !== 'close';
  return {
    record: {
      ticket: next,
      inner: {
        ...kept,
        fence: actor.kind === 'system' && action.endsWith('-analysis') ? inner.fence : version,
        ...(ends ? { before: { state: ticket.state, handler } } : {}),
      },
    },
    event: {
      at: now,
      action,
      actor,
      from: ticket.state,
      to,
      version,
      ...(reason === undefined ? {} : { reason }),
    },
    ...(nextHandler === undefined ? {} : { handler: nextHandler }),
    ...(row.open === undefined ? {} : { open: row.open }),
  };
}

function stateAfter({ to }: Transition, now: TicketState, before: TicketState | undefined): TicketState {
  if (to === 'same') return now;
  if (to !== 'before') return to;
  // A snoozed ticket has lost its time, and would sleep for ever.
  return before === 'on_hold' ? 'in_progress' : (before ?? 'needs_review');
}

/** A change that moves no state, and for which nobody can be too late. */
export function amended(
  { ticket, inner }: TicketRecord,
  change: Partial<Ticket>,
  innerChange: Partial<TicketRecord['inner']> = {},
): TicketRecord {
  return { ticket: { ...ticket, ...change, version: ticket.version + 1 }, inner: { ...inner, ...innerChange } };
}

/** After a message of the visitor's: awake or reopened where it slept, and any analysis of it outdated. */
export function afterVisitor({ record, handler }: LoadedTicket, now: number): TicketChange {
  const action = VISITOR_ACTIONS[record.ticket.state];
  const moved = action && applyAction(record, action, { actor: { kind: 'visitor' }, undoMs: 0 }, handler, now);
  const woken = moved !== undefined && !('why' in moved) ? moved : undefined;
  const { ticket, inner } = woken?.record ?? amended(record, {});
  const { analysis } = ticket;
  const next: Ticket = {
    ...ticket,
    changedAt: now,
    revision: ticket.revision + 1,
    waitingSince: ticket.waitingSince ?? now,
    // A queued one will read the new message.
    ...(analysis === undefined || analysis.state === 'queued' ? {} : { analysis: { ...analysis, stale: true } }),
  };
  return {
    record: { ticket: next, inner: { ...inner, fence: next.version } },
    ...(woken === undefined ? {} : { events: [woken.event], handler: woken.handler, open: woken.open }),
  };
}

const VISITOR_ACTIONS: Partial<Record<Ticket['state'], TicketAction>> = {
  waiting_customer: 'wake',
  on_hold: 'wake',
  resolved: 'reopen',
};

function fieldsAfter(
  ticket: Ticket,
  action: TicketAction,
  { actor, code, until, assignee, mergedInto }: ActionDetails,
  now: number,
): Partial<Ticket> {
  const byAgent = actor.kind === 'agent' ? { id: actor.id, name: actor.name } : undefined;
  switch (action) {
    case 'claim':
      return byAgent ? { assignee: byAgent } : {};
    case 'assign':
      return assignee ? { assignee } : {};
    case 'reply':
    case 'hand-back':
    case 'resolve': {
      // Whoever acts first on a ticket of nobody's is its owner; a colleague who helps does not take it over.
      const owner = ticket.assignee ?? byAgent;
      const resolution = action === 'resolve' ? (code ?? 'other') : undefined;
      return { ...(owner ? { assignee: owner } : {}), ...(resolution ? { resolution } : {}) };
    }
    case 'merge':
      return mergedInto ? { mergedInto } : {};
    case 'hold':
      return until === undefined ? {} : { holdUntil: until };
    case 'reopen':
      return { reopened: ticket.reopened + 1, waitingSince: ticket.waitingSince ?? now };
    default:
      return {};
  }
}
