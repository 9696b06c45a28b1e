/** The views of tickets, for the server and the console. Pure. */
import type { Ticket } from './ticket.ts';
import { AWAY_STATES, REVIEW_STATES } from './ticket-transitions.ts';

export const TICKET_VIEWS = [
  'review',
  'mine',
  'unassigned',
  'open',
  'waiting',
  'snoozed',
  'resolved',
  /** All that agents have nothing to do with now, the snoozed ones included. */
  'done',
] as const;
export type TicketView = (typeof TICKET_VIEWS)[number];

/** Their tickets are counted in every list. The others may have a year of them. */
export const COUNTED_VIEWS = ['review', 'mine', 'unassigned', 'open', 'waiting', 'snoozed', 'done'] as const;
export type CountedView = (typeof COUNTED_VIEWS)[number];

export function isInView(
  { state, assignee }: Pick<Ticket, 'state' | 'assignee'>,
  view: TicketView,
  agentId: string,
): boolean {
  const isWork = !AWAY_STATES.includes(state);
  switch (view) {
    case 'review':
      return REVIEW_STATES.includes(state);
    case 'mine':
      return isWork && assignee?.id === agentId;
    case 'unassigned':
      return isWork && assignee === undefined;
    case 'open':
      return isWork;
    case 'waiting':
      return state === 'waiting-visitor';
    case 'snoozed':
      return state === 'snoozed';
    case 'resolved':
      return state === 'resolved' || state === 'closed';
    case 'done':
      return !isWork;
  }
}

/** The last changed first; in the other views, by urgency and waiting time. */
export function isNewestFirst(view: TicketView | 'all'): boolean {
  return view === 'snoozed' || view === 'resolved' || view === 'done' || view === 'all';
}
