/** The filters of the conversation list, as the page's URL and the REST API write them. Pure. */
import type { ConversationSummary } from '@firstword/shared/conversation-records';
import { keysOf } from '@firstword/shared/keys-of';

export type ResponderFilter = ConversationSummary['responder'];

export interface ConversationFilter {
  /** Words of messages, or a part of a name, an e-mail address or an id. */
  readonly q?: string;
  readonly site?: string;
  readonly responder?: ResponderFilter;
  readonly ticket?: 'with' | 'without';
  readonly rated?: 'up' | 'down';
  /** First and last day of the last message, in UTC. */
  readonly from?: string;
  readonly to?: string;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const oneOf =
  (...values: string[]) =>
  (value: string) =>
    values.includes(value);
const isDay = (value: string) => DAY.test(value) && !Number.isNaN(Date.parse(value));

/** What the server accepts. Anything else in an old or edited link is left out. */
const CHECKS: Readonly<Record<keyof ConversationFilter, (value: string) => boolean>> = {
  q: (value) => value.trim() !== '' && value.trim().length <= 200,
  site: (value) => /^[a-z0-9][a-z0-9-]{0,47}$/.test(value),
  responder: oneOf('assistant', 'waiting-agent', 'agent', 'closed'),
  ticket: oneOf('with', 'without'),
  rated: oneOf('up', 'down'),
  from: isDay,
  to: isDay,
};

export function readFilter(query: string): ConversationFilter {
  const given = new URLSearchParams(query);
  const entries = keysOf(CHECKS).flatMap((name) => {
    const value = given.get(name);
    return value !== null && CHECKS[name](value) ? [[name, value.trim()]] : [];
  });
  return Object.fromEntries(entries);
}

/** Empty values are left out. `limit` and `cursor` are the list's, not the page's. */
export function filterQuery(
  filter: { readonly [Name in keyof ConversationFilter | 'limit' | 'cursor']?: string | undefined },
): string {
  const entries = [...keysOf(CHECKS), 'limit' as const, 'cursor' as const].flatMap((name) => {
    const value = filter[name]?.trim() ?? '';
    return value === '' ? [] : [[name, value]];
  });
  return new URLSearchParams(entries).toString();
}

/** How many filters are set, the search aside. */
export function filterCount({ q: _, ...filters }: ConversationFilter): number {
  return Object.keys(filters).length;
}
