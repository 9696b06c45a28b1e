/** When a ticket changes by itself. Pure. */
import type { Ticket } from '@firstword/shared/ticket';
import { warningAt } from '@firstword/shared/waiting-target';

export interface TicketTimers {
  /** Resolves a ticket whose visitor has not replied for this long. */
  readonly idleMs: number;
  /** Closes a ticket that has been resolved for this long. */
  readonly closeMs: number;
  /** How long spam and merged tickets can be restored. */
  readonly undoMs: number;
}

const HOUR_MS = 3_600_000;
export const TICKET_TIMERS: TicketTimers = { idleMs: 72 * HOUR_MS, closeMs: 96 * HOUR_MS, undoMs: HOUR_MS };

/** When something is to be done: the ticket changes by itself, or agents are warned. Undefined when nothing is. */
export function dueAt(ticket: Ticket, timers: TicketTimers): number | undefined {
  const times = [changeAt(ticket, timers), warningAt(ticket)].filter((at) => at !== undefined);
  return times.length === 0 ? undefined : Math.min(...times);
}

/** When the ticket changes by itself, in milliseconds since the epoch; undefined when it does not. */
export function changeAt(ticket: Ticket, { idleMs, closeMs }: TicketTimers): number | undefined {
  if (ticket.state === 'waiting-visitor') return ticket.changedAt + idleMs;
  if (ticket.state === 'resolved') return ticket.changedAt + closeMs;
  return ticket.state === 'snoozed' ? ticket.snoozedUntil : undefined;
}
