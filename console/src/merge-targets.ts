/** Which tickets another may be merged into, the likeliest first. Pure. */
import type { Ticket } from '@firstword/shared/ticket';

/** Open ones of the same site; those of the same e-mail address stand first, otherwise the order stays. */
export function mergeTargets(own: Ticket, open: readonly Ticket[]): Ticket[] {
  const unlike = (ticket: Ticket) => Number(own.email === undefined || ticket.email !== own.email);
  return open
    .filter(({ id, siteId }) => id !== own.id && siteId === own.siteId)
    .toSorted((one, other) => unlike(one) - unlike(other));
}
