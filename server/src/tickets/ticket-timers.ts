/** When a ticket changes by itself. Pure. */
import type { Ticket } from '@firstword/shared/ticket';

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

/** When the ticket's timer expires, in milliseconds since the epoch; undefined when it has none. */
export function dueAt(ticket: Ticket, { idleMs, closeMs }: TicketTimers): number | undefined {
  if (ticket.state === 'waiting-visitor') return ticket.changedAt + idleMs;
  if (ticket.state === 'resolved') return ticket.changedAt + closeMs;
  return ticket.state === 'snoozed' ? ticket.snoozedUntil : undefined;
}
