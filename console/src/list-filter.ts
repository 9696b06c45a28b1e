/** The filters of a list, as the page's URL and the REST API write them. Pure. */
import { keysOf } from '@firstword/shared/keys-of';
import type { TraitFilter } from '@firstword/shared/list-filter';
import { filterTexts } from './texts/filter-texts.ts';
import { ticketTexts } from './texts/ticket-texts.ts';

/** What both lists are filtered by. */
export type TraitChoice = { readonly [Name in keyof TraitFilter]?: NonNullable<TraitFilter[Name]> };

export type FilterChecks<Name extends string> = Readonly<Record<Name, (value: string) => boolean>>;

export const isOneOf =
  (...values: readonly string[]) =>
  (value: string) =>
    values.includes(value);
const isYes = isOneOf('yes');

/** What the server accepts. */
export const SEARCH_CHECKS: FilterChecks<'q' | 'site'> = {
  q: (value) => value.trim() !== '' && value.trim().length <= 200,
  site: (value) => /^[a-z0-9][a-z0-9-]{0,47}$/.test(value),
};
export const TRAIT_CHECKS: FilterChecks<keyof TraitFilter> = {
  reason: isOneOf(...keysOf(ticketTexts.reasons)),
  topic: (value) => value.trim() !== '' && value.trim().length <= 80,
  language: (value) => /^[a-z]{2,3}$/.test(value),
  tier: isOneOf(...keysOf(filterTexts.tiers)),
  rated: isOneOf('up', 'down'),
  unsupported: isYes,
  slow: isYes,
  verified: isYes,
};

/** Without what the server would refuse, which may be in an old or edited link. */
export function checkedFilter<Name extends string>(
  checks: FilterChecks<Name>,
  given: URLSearchParams,
): { [Key in Name]?: string } {
  const entries = keysOf(checks).flatMap((name) => {
    const value = given.get(name);
    return value !== null && checks[name](value) ? [[name, value.trim()]] : [];
  });
  return Object.fromEntries(entries);
}

/** A query string. Empty values are left out. */
export function queryOf(filter: Readonly<Record<string, string | undefined>>): string {
  const entries = Object.entries(filter).flatMap(([name, value = '']) =>
    value.trim() === '' ? [] : [[name, value.trim()]],
  );
  return new URLSearchParams(entries).toString();
}
