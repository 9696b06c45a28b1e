/** How an action changes a ticket. The transition table says whether it is allowed. Pure. */
import type { Phrase } from '@firstword/shared/phrase';
import type { Actor, Ticket, TicketAction, TicketEvent, TicketState } from '@firstword/shared/ticket';
import { findTransition, type Transition } from '@firstword/shared/ticket-transitions';
import type { Responder } from '@firstword/shared/wire';
import { phrase } from '../lib/phrase.ts';
import type { TicketRecord } from '../records/ticket-record.ts';
import type { LoadedTicket, TicketChange } from './ticket-editing.ts';
import { transitionRefusal } from './transition-refusal.ts';

export interface ActionDetails {
  readonly actor: Actor;
  readonly reason?: string | undefined;
  /** For `resolve`. */
  readonly code?: Ticket['resolution'];
  /** For `snooze`: milliseconds since the epoch; without it, until the visitor replies. */
  readonly until?: number | undefined;
  /** For `assign`: the new assignee. */
  readonly assignee?: Ticket['assignee'];
  /** For `merge`: the other ticket. */
  readonly mergedInto?: Ticket['mergedInto'];
  /** For `restore`: how long after the action it is possible. */
  readonly undoMs: number;
}

export interface Moved {
  readonly record: TicketRecord;
  readonly event: TicketEvent;
  /** The responder afterwards; unchanged when absent. */
  readonly responder?: Responder;
  /** Whether this is the conversation's open ticket afterwards; unchanged when absent. */
  readonly open?: boolean;
}

/** @param responder the current responder, which `restore` restores */
export function applyAction(
  { ticket, inner }: TicketRecord,
  action: TicketAction,
  details: ActionDetails,
  responder: Responder,
  now: number,
): Moved | { readonly why: Phrase } {
  const { actor, reason } = details;
  const row = findTransition(action, ticket.state, actor.kind);
  if (row === undefined) return { why: transitionRefusal(action, ticket.state) };
  if (action === 'restore' && now - ticket.changedAt > details.undoMs)
    return { why: phrase`The time to restore this ticket has passed.` };
  const { before } = inner;
  if (action === 'assign' && details.assignee === undefined) return { why: phrase`Choose an agent to assign.` };
  if (action === 'merge' && details.mergedInto === undefined) return { why: phrase`Choose a ticket to merge into.` };
  const to = stateAfter(row, ticket.state, before?.state);
  const version = ticket.version + 1;
  const next: Ticket = { ...ticket, ...fieldsAfter(ticket, action, details, now), state: to, version, changedAt: now };
  // Deleted, not set to undefined: the schema's fields are exact optional.
  if (to !== 'snoozed') delete next.snoozedUntil;
  if (to !== 'resolved' && to !== 'closed') delete next.resolution;
  if (to !== 'merged') delete next.mergedInto;
  if (action === 'reply' || to === 'resolved') delete next.waitingSince;
  if (action === 'reply' && ticket.target !== undefined) next.target = { repliedAt: now, ...ticket.target };
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
  // The snooze time is gone, so a snoozed ticket would never wake.
  return before === 'snoozed' ? 'in-progress' : (before ?? 'needs-review');
}

/** A change that keeps the state and conflicts with no agent's action. */
export function amended(
  { ticket, inner }: TicketRecord,
  change: Partial<Ticket>,
  innerChange: Partial<TicketRecord['inner']> = {},
): TicketRecord {
  return { ticket: { ...ticket, ...change, version: ticket.version + 1 }, inner: { ...inner, ...innerChange } };
}

/**
 * The ticket after a visitor's message: woken if necessary, its analysis marked as stale. A resolved ticket stays
 * resolved: the assistant answers, and only a hand-off reopens the ticket. The message postpones its closing.
 */
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
    ...(ticket.state === 'resolved' ? {} : { waitingSince: ticket.waitingSince ?? now }),
    // A queued analysis will read the new message.
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
      // The first agent who acts on an unassigned ticket becomes its assignee; another agent who helps does not.
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
