/** What an action makes of a ticket. Pure: the table says whether, this says what. */
import type { Actor, Ticket, TicketAction, TicketEvent, TicketState } from '@firstword/shared/ticket';
import { findTransition, type Transition } from '@firstword/shared/ticket-transitions';
import type { Responder } from '@firstword/shared/wire';
import type { TicketRecord } from './ticket-record.ts';
import type { LoadedTicket, TicketChange } from './ticket-store.ts';

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
  /** For `restore`: whether the window in which it may be undone is still open. */
  readonly undoMs: number;
}

export interface Moved {
  readonly record: TicketRecord;
  readonly event: TicketEvent;
  /** Who may speak from now on; unchanged when absent. */
  readonly responder?: Responder;
  /** Whether the conversation counts this ticket as its open one; unchanged when absent. */
  readonly open?: boolean;
}

/** @param responder who may speak now, which an undo brings back */
export function applyAction(
  { ticket, inner }: TicketRecord,
  action: TicketAction,
  details: ActionDetails,
  responder: Responder,
  now: number,
): Moved | { readonly why: string } {
  const { actor, reason } = details;
  const row = findTransition(action, ticket.state, actor.kind);
  if ('why' in row) return row;
  if (action === 'restore' && now - ticket.changedAt > details.undoMs)
    return { why: 'The time to restore this ticket has passed.' };
  const { before } = inner;
  if (action === 'assign' && details.assignee === undefined) return { why: 'Nobody was named.' };
  if (action === 'merge' && details.mergedInto === undefined) return { why: 'No other ticket was named.' };
  const to = stateAfter(row, ticket.state, before?.state);
  const version = ticket.version + 1;
  const next: Ticket = { ...ticket, ...fieldsAfter(ticket, action, details, now), state: to, version, changedAt: now };
  // Left out rather than set to undefined, as the schema's exact optional fields want it.
  if (to !== 'snoozed') delete next.snoozedUntil;
  if (to !== 'resolved' && to !== 'closed') delete next.resolution;
  if (to !== 'merged') delete next.mergedInto;
  if (action === 'reply' || to === 'resolved') delete next.waitingSince;
  const nextResponder = row.responder === 'before' ? before?.responder : row.responder;
  const { before: _, ...kept } = inner;
  const ends = row.responder === 'closed' && row.action !== 'close';
  return {
    record: {
      ticket: next,
      inner: {
        ...kept,
        fence: actor.kind === 'system' && action.endsWith('-analysis') ? inner.fence : version,
        ...(ends ? { before: { state: ticket.state, responder } } : {}),
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
    ...(nextResponder === undefined ? {} : { responder: nextResponder }),
    ...(row.open === undefined ? {} : { open: row.open }),
  };
}

function stateAfter({ to }: Transition, now: TicketState, before: TicketState | undefined): TicketState {
  if (to === 'same') return now;
  if (to !== 'before') return to;
  // A snoozed ticket has lost its time, and would sleep for ever.
  return before === 'snoozed' ? 'in-progress' : (before ?? 'needs-review');
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
export function afterVisitor({ record, responder }: LoadedTicket, now: number): TicketChange {
  const action = VISITOR_ACTIONS[record.ticket.state];
  const moved = action && applyAction(record, action, { actor: { kind: 'visitor' }, undoMs: 0 }, responder, now);
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
    ...(woken === undefined ? {} : { events: [woken.event], responder: woken.responder, open: woken.open }),
  };
}

const VISITOR_ACTIONS: Partial<Record<Ticket['state'], TicketAction>> = {
  'waiting-visitor': 'wake',
  snoozed: 'wake',
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
    case 'snooze':
      return until === undefined ? {} : { snoozedUntil: until };
    case 'reopen':
      return { reopened: ticket.reopened + 1, waitingSince: ticket.waitingSince ?? now };
    default:
      return {};
  }
}
