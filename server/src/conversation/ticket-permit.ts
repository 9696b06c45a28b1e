/** Keeps the tickets of one turn within the ceilings of its visitor's address and site, and says what happens instead. */
import type { TicketCause, TicketCeilings, TicketReservation, TicketSource } from '../tickets/ticket-ceilings.ts';
import type { HandOffDecision } from '../triage/hand-off.ts';

export interface TicketPermit {
  /** The decision, or what is done instead where it would open a ticket too many. The same decision is counted once. */
  within(decision: HandOffDecision): HandOffDecision;
  /** To be called once the turn has ended: whether it has opened a ticket. */
  settle(opened: boolean): void;
  /** Minutes until the visitor can ask for an agent again. */
  minutesUntilNext(): number;
}

/** A reason of the decision, for the record. */
export const TICKET_LIMIT = 'limit:tickets';

export function createTicketPermit(ceilings: TicketCeilings, from: TicketSource): TicketPermit {
  const reservations = new Map<TicketCause, TicketReservation | undefined>();
  const mayOpen = (cause: TicketCause) => {
    if (!reservations.has(cause)) reservations.set(cause, ceilings.reserve(cause, from));
    return reservations.get(cause) !== undefined;
  };
  return {
    within(decision) {
      const { reason, reasons, handling, urgency } = decision;
      if (reason === undefined || mayOpen(causeOf(decision))) return decision;
      const limited = [...reasons, TICKET_LIMIT];
      // Who has asked for an agent learns when that is possible again; anyone else is answered, and may ask.
      if (reason === 'visitor-request' || reason === 'budget') return { handling, reasons: limited, urgency };
      return { handling: 'answer', reasons: limited, offersAgent: true, urgency: 'low' };
    },
    settle(opened) {
      for (const reservation of reservations.values()) reservation?.settle(opened);
      reservations.clear();
    },
    minutesUntilNext: () => Math.ceil(ceilings.retryAfterMs() / 60_000),
  };
}

function causeOf({ reason, urgency }: HandOffDecision): TicketCause {
  if (urgency === 'critical') return 'danger';
  return reason === 'visitor-request' ? 'wish' : 'other';
}
