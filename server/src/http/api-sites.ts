/** The sites where a caller may do what a request asks for, and those that it is about. */
import { type Access, may } from '@firstword/shared/permissions';
import type { Ticket } from '@firstword/shared/ticket';
import { phrase } from '../lib/phrase.ts';
import type { Tickets } from '../tickets/ticket-types.ts';
import { ApiRefusal } from './api-refusal.ts';

interface NamedSite {
  readonly name: string;
}
/** Those of this server. */
export type ServerSites = ReadonlyMap<string, NamedSite>;

/** Those where the caller's role has the permission of the route. */
export interface ApiSites extends ServerSites {
  /** Those where the caller has any role. That there are others, a caller must not learn. */
  readonly visible: ServerSites;
  /** Whether the caller may know which tickets there are. */
  isReadable(siteId: string): boolean;
}

export class CallerSites extends Map<string, NamedSite> implements ApiSites {
  readonly visible: ServerSites;
  readonly isReadable: (siteId: string) => boolean;
  constructor(agent: Access, visible: ServerSites, isAllowed: (siteId: string) => boolean) {
    super([...visible].filter(([id]) => isAllowed(id)));
    this.visible = visible;
    this.isReadable = (siteId) => visible.has(siteId) && may(agent, 'tickets:read', siteId);
  }
}

export const ROLE_REFUSAL = phrase`Your role does not allow this. Ask an administrator.`;
const SITE_ROLE_REFUSAL = phrase`Your role on this site does not allow this. Ask an administrator.`;

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
  if (sites.has(site)) return;
  if (sites.visible.has(site)) throw new ApiRefusal('forbidden', SITE_ROLE_REFUSAL);
  throw new ApiRefusal('not-found', `There is no site "${site}".`);
}

/** Why the caller doesn't get what belongs to a site: `notFound`, unless the caller may read what is there. */
export function refusalAt(sites: ApiSites, siteId: string | undefined, notFound: string): ApiRefusal {
  return siteId !== undefined && sites.isReadable(siteId)
    ? new ApiRefusal('forbidden', SITE_ROLE_REFUSAL)
    : new ApiRefusal('not-found', notFound);
}

/** Finds a ticket of the caller's sites. The function that is returned @throws ApiRefusal where there is none. */
export function createTicketFinder(tickets: Pick<Tickets, 'get'>) {
  return async (id: string, sites: ApiSites): Promise<Ticket> => {
    const ticket = await tickets.get(id);
    if (ticket === undefined || !sites.has(ticket.siteId))
      throw refusalAt(sites, ticket?.siteId, 'This ticket does not exist.');
    return ticket;
  };
}

export function namesOf(sites: ServerSites): { id: string; name: string }[] {
  return [...sites].map(([id, { name }]) => ({ id, name }));
}
