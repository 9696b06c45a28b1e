/** Rooms of the pages whose agents have a permission: on all sites, on some, or on all but some. */
import { type Access, ALL_SITES, may, mayEverywhere, type SitePermission } from '@firstword/shared/permissions';

export interface SiteRooms {
  /** Those of a page. */
  of(agent: Access): string[];
  /** Of the pages whose agents have the permission on all sites. */
  readonly everywhere: string;
  /** Where to send what happens on a site: to the pages of `to` that are not in `except`. Without those of `everywhere`. */
  at(siteId: string): { readonly to: string[]; readonly except: string };
}

export function createSiteRooms(name: string, permission: SitePermission): SiteRooms {
  const everywhere = `${name}:all`;
  const nearlyEverywhere = `${name}:all-but`;
  const on = (siteId: string) => `${name}:on:${siteId}`;
  const not = (siteId: string) => `${name}:not:${siteId}`;
  return {
    everywhere,
    of(agent) {
      if (mayEverywhere(agent, permission)) return [everywhere];
      const sites = Object.keys(agent.roles).filter((site) => site !== ALL_SITES);
      const allowed = sites.filter((site) => may(agent, permission, site));
      if (!may(agent, permission, ALL_SITES)) return allowed.map(on);
      return [nearlyEverywhere, ...sites.filter((site) => !allowed.includes(site)).map(not)];
    },
    at: (siteId) => ({ to: [nearlyEverywhere, on(siteId)], except: not(siteId) }),
  };
}
