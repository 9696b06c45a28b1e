/** Which endpoint serves which region, and which may serve a site at all. Pure. */
import { REGIONS, type Region } from '@firstword/shared/catalog';
import type { Endpoint } from './route.ts';
import { RoutingError } from './routing-error.ts';

export interface Endpoints {
  /** Serves every region that has none of its own, and stands in for those that have. */
  readonly main: Endpoint;
  /** Where the main endpoint stands, as far as residency is concerned. */
  readonly mainRegion: Region;
  readonly regional: Readonly<Partial<Record<Region, Endpoint>>>;
}

/** As configuration writes them. */
export type RegionalEndpoints = Readonly<Partial<Record<Region, Omit<Endpoint, 'id'>>>>;

export function regionalEndpoints(named: RegionalEndpoints = {}): Endpoints['regional'] {
  return Object.fromEntries(
    Object.entries(named).map(([region, found]) => [region, { ...found, id: `region-${region}` }]),
  );
}

export interface ServedFrom {
  /** The region whose chain and figures count. */
  readonly region: Region;
  /** Nearest first; every one stands in an allowed region. */
  readonly endpoints: readonly Endpoint[];
}

/**
 * @param allowed a site's regions; undefined allows all
 * @throws RoutingError `no-allowed-region`
 */
export function servedFrom(endpoints: Endpoints, visitor: Region, allowed: readonly Region[] | undefined): ServedFrom {
  const isAllowed = (region: Region) => allowed === undefined || allowed.includes(region);
  const { main, mainRegion, regional } = endpoints;
  for (const region of [visitor, ...REGIONS].filter(isAllowed)) {
    const near = regional[region];
    const found = [...(near === undefined ? [] : [near]), ...(isAllowed(mainRegion) ? [main] : [])];
    if (found.length > 0) return { region, endpoints: found };
  }
  throw new RoutingError(
    'no-allowed-region',
    `no model endpoint stands in ${allowed?.join(' or ')}; name one under endpoints`,
  );
}
