/** Times that differ by site: how long records are kept, and so before when they expire. Pure. */
import { type RawBuilder, sql } from 'kysely';

/** Undefined: for ever. */
export interface BySite<Value> {
  readonly sites: Readonly<Record<string, Value | undefined>>;
  /** Of all other sites, and of what belongs to none. */
  readonly others: Value | undefined;
}
/** Milliseconds since 1970: what is older expires. */
export type SiteExpiry = BySite<number>;

/** @param keepMs how long records are kept */
export function expiryAt(now: number, { sites, others }: BySite<number>): SiteExpiry {
  const before = (keepMs: number | undefined) => (keepMs === undefined ? undefined : now - keepMs);
  return {
    sites: Object.fromEntries(Object.entries(sites).map(([siteId, keepMs]) => [siteId, before(keepMs)])),
    others: before(others),
  };
}

export function expiryOf({ sites, others }: SiteExpiry, siteId: string | undefined): number | undefined {
  return siteId !== undefined && Object.hasOwn(sites, siteId) ? sites[siteId] : others;
}

export interface ExpiryPart {
  readonly before: Date;
  /** Whether a row, by its column `site_id`, expires at this time. */
  readonly isOfPart: RawBuilder<boolean>;
}

/** One part for each site with a time of its own, and one for the rest. */
export function expiryParts({ sites, others }: SiteExpiry): ExpiryPart[] {
  const own = Object.entries(sites).flatMap(([siteId, before]) =>
    before === undefined ? [] : [{ before: new Date(before), isOfPart: sql<boolean>`site_id = ${siteId}` }],
  );
  if (others === undefined) return own;
  const isOther = sql<boolean>`(site_id IS NULL OR site_id <> ALL(${Object.keys(sites)}::text[]))`;
  return [...own, { before: new Date(others), isOfPart: isOther }];
}
