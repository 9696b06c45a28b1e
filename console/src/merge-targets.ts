/** The tickets that a ticket can be merged into, the most likely first. Pure. */
import type { Ticket } from '@firstword/shared/ticket';

/** Open tickets of the same site. Those with the same e-mail address come first; otherwise the order is kept. */
export function mergeTargets(own: Ticket, open: readonly Ticket[]): Ticket[] {
  const rank = (ticket: Ticket) => (own.email !== undefined && ticket.email === own.email ? 0 : 1);
  return open
    .filter(({ id, siteId }) => id !== own.id && siteId === own.siteId)
    .toSorted((one, other) => rank(one) - rank(other));
}
