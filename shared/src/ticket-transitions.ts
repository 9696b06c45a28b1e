/** The one table of a ticket's moves: what leads where, who may do it, and what it means for who may speak. */
import { type Actor, TICKET_STATES, type TicketAction, type TicketState } from './ticket.ts';
import type { Responder } from './wire.ts';

export type ActorKind = Actor['kind'];

export interface Transition {
  readonly action: TicketAction;
  /** `none`: there is no ticket yet. */
  readonly from: readonly (TicketState | 'none')[];
  /** `before`: the state that an undone action had left; `same`: the state it is in. */
  readonly to: TicketState | 'before' | 'same';
  readonly by: readonly ActorKind[];
  /** Who may speak in the conversation from now on; unchanged when absent. */
  readonly responder?: Responder | 'before';
  /** Whether the conversation counts this ticket as its open one from now on; unchanged when absent. */
  readonly open?: boolean;
}

const UNTOUCHED = ['new', 'analyzing', 'needs-review'] as const;
const TAKEN = ['in-progress', 'waiting-visitor', 'snoozed'] as const;

/**
 * A resolved ticket stays the conversation's own, because the visitor's next message reopens it. A hand-back ends that:
 * the assistant speaks again, and what needs a person later is a new ticket that follows this one.
 */
export const TRANSITIONS: readonly Transition[] = [
  {
    action: 'open',
    from: ['none'],
    to: 'new',
    by: ['assistant', 'visitor', 'agent'],
    responder: 'waiting-agent',
    open: true,
  },
  { action: 'start-analysis', from: ['new'], to: 'analyzing', by: ['system'] },
  { action: 'finish-analysis', from: ['analyzing'], to: 'needs-review', by: ['system'] },
  // From a taken state it is a colleague's take-over.
  { action: 'claim', from: [...UNTOUCHED, ...TAKEN], to: 'in-progress', by: ['agent'], responder: 'agent' },
  { action: 'assign', from: [...UNTOUCHED, ...TAKEN], to: 'same', by: ['agent'] },
  { action: 'reply', from: [...UNTOUCHED, ...TAKEN], to: 'waiting-visitor', by: ['agent'], responder: 'agent' },
  { action: 'snooze', from: ['in-progress', 'waiting-visitor'], to: 'snoozed', by: ['agent'] },
  { action: 'wake', from: ['waiting-visitor', 'snoozed'], to: 'in-progress', by: ['visitor', 'system', 'agent'] },
  {
    action: 'hand-back',
    from: [...UNTOUCHED, ...TAKEN],
    to: 'resolved',
    by: ['agent'],
    responder: 'assistant',
    open: false,
  },
  { action: 'resolve', from: ['needs-review', ...TAKEN], to: 'resolved', by: ['agent'], responder: 'agent' },
  { action: 'resolve', from: ['waiting-visitor'], to: 'resolved', by: ['system'] },
  {
    action: 'reopen',
    from: ['resolved'],
    to: 'in-progress',
    by: ['visitor', 'agent'],
    responder: 'agent',
    open: true,
  },
  { action: 'close', from: ['resolved'], to: 'closed', by: ['system'], responder: 'closed', open: false },
  {
    action: 'mark-spam',
    from: [...UNTOUCHED, ...TAKEN, 'resolved'],
    to: 'spam',
    by: ['agent'],
    responder: 'closed',
    open: false,
  },
  {
    action: 'merge',
    from: [...UNTOUCHED, ...TAKEN, 'resolved'],
    to: 'merged',
    by: ['agent'],
    responder: 'closed',
    open: false,
  },
  { action: 'restore', from: ['spam', 'merged'], to: 'before', by: ['agent'], responder: 'before', open: true },
];

/** Over for good, or for as long as nobody undoes it: nothing waits for a person. */
export const DONE_STATES: readonly TicketState[] = ['resolved', 'closed', 'merged', 'spam'];
/** Read-only: an analysis that comes in late is kept and changes nothing else. */
export const ENDED_STATES: readonly TicketState[] = ['closed', 'merged', 'spam'];
export const OPEN_STATES: readonly TicketState[] = TICKET_STATES.filter((state) => !DONE_STATES.includes(state));

/** The row for this move, or the reason why there is none, in words for the person who tried. */
export function findTransition(
  action: TicketAction,
  from: TicketState | 'none',
  by: ActorKind,
): Transition | { readonly why: string } {
  const rows = TRANSITIONS.filter((row) => row.action === action && row.from.includes(from));
  const row = rows.find((candidate) => candidate.by.includes(by));
  if (row !== undefined) return row;
  if (rows.length > 0)
    return { why: `"${action}" is not for ${by === 'agent' ? 'an agent' : `the ${by}`} to do here.` };
  return { why: `"${action}" does not fit a ticket that is ${from.replace('_', ' ')}.` };
}
