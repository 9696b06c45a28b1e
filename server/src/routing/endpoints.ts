/** Chooses the endpoints for a visitor's region within the regions a site allows. Pure. */
import type { Region } from '@firstword/shared/catalog';
import type { Endpoint } from './route.ts';
import { RoutingError } from './routing-error.ts';

export interface Endpoints {
  /** Serves regions without an endpoint of their own, and is the fallback of the others. */
  readonly main: Endpoint;
  /** Where the main endpoint processes data. */
  readonly mainRegion: Region;
  readonly regional: Readonly<Record<Region, Endpoint>>;
}

/** As written in the configuration. */
export type RegionalEndpoints = Readonly<Record<Region, Omit<Endpoint, 'id'>>>;

export function regionalEndpoints(named: RegionalEndpoints = {}): Endpoints['regional'] {
  return Object.fromEntries(
    Object.entries(named).map(([region, found]) => [region, { ...found, id: `region-${region}` }]),
  );
}

export interface ServedFrom {
  /** The region whose chain and TTFT apply. */
  readonly region: Region;
  /** Nearest first, in allowed regions only. */
  readonly endpoints: readonly Endpoint[];
}

/**
 * @param allowed the regions a site allows; undefined for all
 * @throws RoutingError `no-allowed-region`
 */
export function servedFrom(endpoints: Endpoints, visitor: Region, allowed: readonly Region[] | undefined): ServedFrom {
  const isAllowed = (region: Region) => allowed === undefined || allowed.includes(region);
  const { main, mainRegion, regional } = endpoints;
  for (const region of [visitor, mainRegion, ...Object.keys(regional)].filter(isAllowed)) {
    const near = regional[region];
    const found = [...(near === undefined ? [] : [near]), ...(isAllowed(mainRegion) ? [main] : [])];
    if (found.length > 0) return { region, endpoints: found };
  }
  throw new RoutingError(
    'no-allowed-region',
    `No model endpoint is in an allowed region (${allowed?.join(', ')}). Configure one under "endpoints".`,
  );
}
