/** The filters of the conversation list. Pure. */
import type { ConversationSummary } from '@firstword/shared/conversation-records';
import { keysOf } from '@firstword/shared/keys-of';
import {
  checkedFilter,
  type FilterChecks,
  isOneOf,
  queryOf,
  SEARCH_CHECKS,
  TRAIT_CHECKS,
  type TraitChoice,
} from './list-filter.ts';

export type ResponderFilter = ConversationSummary['responder'];

export interface ConversationFilter extends TraitChoice {
  /** Words of messages, or a part of a name, an e-mail address or an id. */
  readonly q?: string;
  readonly site?: string;
  readonly responder?: ResponderFilter;
  readonly ticket?: 'with' | 'without';
  /** With a message in the last minutes. */
  readonly live?: 'yes';
  /** First and last day of the last message, in UTC. */
  readonly from?: string;
  readonly to?: string;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const isDay = (value: string) => DAY.test(value) && !Number.isNaN(Date.parse(value));

const CHECKS: FilterChecks<keyof ConversationFilter> = {
  ...SEARCH_CHECKS,
  responder: isOneOf('assistant', 'waiting-agent', 'agent', 'closed'),
  ticket: isOneOf('with', 'without'),
  live: isOneOf('yes'),
  from: isDay,
  to: isDay,
  ...TRAIT_CHECKS,
};

export function readFilter(query: string): ConversationFilter {
  const filter: object = checkedFilter(CHECKS, new URLSearchParams(query));
  return filter;
}

/** `limit` and `cursor` are the list's, not the page's. */
export function filterQuery(
  filter: { readonly [Name in keyof ConversationFilter | 'limit' | 'cursor']?: string | undefined },
): string {
  const { limit, cursor } = filter;
  const inOrder = keysOf(CHECKS).map((name) => [name, filter[name]] as const);
  return queryOf({ ...Object.fromEntries(inOrder), limit, cursor });
}

/** How many filters are set, the search aside. */
export function filterCount({ q: _, ...filters }: ConversationFilter): number {
  return Object.keys(filters).length;
}
