/** The one table of ticket transitions: from which state, by whom, to which state, and who answers afterwards. Pure. */
import type { Actor, TicketAction, TicketState } from './ticket.ts';
import type { Responder } from './wire.ts';

export type ActorKind = Actor['kind'];

export interface Transition {
  readonly action: TicketAction;
  /** `none`: there is no ticket yet. */
  readonly from: readonly (TicketState | 'none')[];
  /** `before`: the state before the action that is undone; `same`: the state does not change. */
  readonly to: TicketState | 'before' | 'same';
  readonly by: readonly ActorKind[];
  /** The conversation's responder afterwards; unchanged when absent. */
  readonly responder?: Responder | 'before';
  /** Whether this is the conversation's open ticket afterwards; unchanged when absent. */
  readonly open?: boolean;
}

/** No agent has claimed the ticket yet. */
export const REVIEW_STATES: readonly TicketState[] = ['new', 'analyzing', 'needs-review'];
const CLAIMED_STATES: readonly TicketState[] = ['in-progress', 'waiting-visitor', 'snoozed'];
const OPEN_STATES: readonly TicketState[] = [...REVIEW_STATES, ...CLAIMED_STATES];
/** No agent needs to do anything; some of these can be reopened or restored. */
export const DONE_STATES: readonly TicketState[] = ['resolved', 'closed', 'merged', 'spam'];
/** Kept out of the views of open work; the view `done` lists them. */
export const AWAY_STATES: readonly TicketState[] = [...DONE_STATES, 'snoozed'];
/** Read-only. The result of an analysis that ends later is stored and changes nothing else. */
export const ENDED_STATES: readonly TicketState[] = ['closed', 'merged', 'spam'];

/**
 * After `resolve` and `hand-back` the assistant answers again. A resolved ticket stays the conversation's open ticket, so
 * that the next hand-off reopens it; after a hand-back the next hand-off opens a new ticket that follows this one.
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
  // From a claimed state, one agent takes the ticket from another.
  { action: 'claim', from: OPEN_STATES, to: 'in-progress', by: ['agent'], responder: 'agent' },
  { action: 'assign', from: OPEN_STATES, to: 'same', by: ['agent', 'system'] },
  { action: 'reply', from: OPEN_STATES, to: 'waiting-visitor', by: ['agent'], responder: 'agent' },
  { action: 'snooze', from: ['in-progress', 'waiting-visitor'], to: 'snoozed', by: ['agent'] },
  { action: 'wake', from: ['waiting-visitor', 'snoozed'], to: 'in-progress', by: ['visitor', 'system', 'agent'] },
  {
    action: 'hand-back',
    from: OPEN_STATES,
    to: 'resolved',
    by: ['agent'],
    responder: 'assistant',
    open: false,
  },
  // The agent is away or has not replied for a while; their next reply mutes the assistant again.
  {
    action: 'resume-assistant',
    from: CLAIMED_STATES,
    to: 'same',
    by: ['visitor'],
    responder: 'waiting-agent',
  },
  {
    action: 'resolve',
    from: ['needs-review', ...CLAIMED_STATES],
    to: 'resolved',
    by: ['agent'],
    responder: 'assistant',
  },
  { action: 'resolve', from: ['waiting-visitor'], to: 'resolved', by: ['system'], responder: 'assistant' },
  // "Never mind": no agent has been involved, so the next hand-off opens a new ticket.
  { action: 'resolve', from: REVIEW_STATES, to: 'resolved', by: ['visitor'], responder: 'assistant', open: false },
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
    from: [...OPEN_STATES, 'resolved'],
    to: 'spam',
    by: ['agent'],
    responder: 'closed',
    open: false,
  },
  {
    action: 'merge',
    from: [...OPEN_STATES, 'resolved'],
    to: 'merged',
    by: ['agent', 'system'],
    responder: 'closed',
    open: false,
  },
  { action: 'restore', from: ['spam', 'merged'], to: 'before', by: ['agent'], responder: 'before', open: true },
];

/** The row for this transition; undefined where there is none. */
export function findTransition(
  action: TicketAction,
  from: TicketState | 'none',
  by: ActorKind,
): Transition | undefined {
  return TRANSITIONS.find((row) => row.action === action && row.from.includes(from) && row.by.includes(by));
}

export function isAllowed(action: TicketAction, from: TicketState, by: ActorKind): boolean {
  return TRANSITIONS.some((row) => row.action === action && row.from.includes(from) && row.by.includes(by));
}
