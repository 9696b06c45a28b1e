/** The sites that a caller has access to, and those that a request is about. */
import type { Ticket } from '@firstword/shared/ticket';
import type { Tickets } from '../tickets/ticket-types.ts';
import { ApiRefusal } from './api-refusal.ts';

export type ApiSites = ReadonlyMap<string, { readonly name: string }>;

/**
 * Every read is limited to these, so a site of others, and what belongs to it, is like one that doesn't exist.
 * @throws ApiRefusal
 */
export function siteIdsOf(sites: ApiSites, site?: string): string[] {
  if (site === undefined) return [...sites.keys()];
  checkSite(sites, site);
  return [site];
}

/** @throws ApiRefusal */
export function checkSite(sites: ApiSites, site: string): void {
  if (!sites.has(site)) throw new ApiRefusal('not-found', `There is no site "${site}".`);
}

/** Finds a ticket of the caller's sites. The function that is returned @throws ApiRefusal where there is none. */
export function createTicketFinder(tickets: Pick<Tickets, 'get'>) {
  return async (id: string, sites: ApiSites): Promise<Ticket> => {
    const ticket = await tickets.get(id);
    if (ticket === undefined || !sites.has(ticket.siteId))
      throw new ApiRefusal('not-found', 'This ticket does not exist.');
    return ticket;
  };
}

export function namesOf(sites: ApiSites): { id: string; name: string }[] {
  return [...sites].map(([id, { name }]) => ({ id, name }));
}
