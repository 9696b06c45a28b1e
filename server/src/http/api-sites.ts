/** The sites of this server, and those that a request is about. */
import { ApiRefusal } from './api-refusal.ts';

export type ApiSites = ReadonlyMap<string, { readonly name: string }>;

/**
 * Every read is limited to these, so an id of a site that this server doesn't have is like one that doesn't exist.
 * @throws ApiRefusal
 */
export function siteIdsOf(sites: ApiSites, site?: string): string[] {
  if (site !== undefined && !sites.has(site)) throw new ApiRefusal('not-found', `There is no site "${site}".`);
  return site === undefined ? [...sites.keys()] : [site];
}
