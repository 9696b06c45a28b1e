/** The sites that a caller has access to, and those that a request is about. */
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

export function namesOf(sites: ApiSites): { id: string; name: string }[] {
  return [...sites].map(([id, { name }]) => ({ id, name }));
}
