/** Texts of views, and of the filters of both lists. */
import type { TraitFilter } from '@firstword/shared/list-filter';
import { type Texts, translated } from './translated.ts';

const english = {
  filters: (count: number) => (count === 0 ? 'Filters' : `Filters (${count})`),
  clear: 'Clear filters',
  any: 'Any',
  names: {
    site: 'Site',
    text: 'Text',
    urgency: 'Urgency',
    tag: 'Tag',
    reason: 'Reason',
    topic: 'Topic',
    language: 'Language',
    tier: 'Model tier',
    rated: 'Rating',
    marks: 'Only',
  },
  tiers: { instant: 'Instant', fast: 'Fast', quality: 'Quality' } satisfies Record<
    NonNullable<TraitFilter['tier']>,
    string
  >,
  ratings: { up: 'Rated helpful', down: 'Rated not helpful' },
  topicHint: 'Such as delivery',
  marks: {
    unsupported: 'Unsupported answers',
    slow: 'Slow answers',
    verified: 'Verified visitors',
  },
  live: 'Live now',

  views: 'Views',
  allViews: 'All views',
  ofTickets: 'Tickets',
  ofConversations: 'Conversations',
  own: 'Saved by you',
  all: 'All conversations',
  save: 'Save view',
  saveHint: 'Saves this view with its filters. Only you see it.',
  name: 'Name',
  cancel: 'Cancel',
  remove: (name: string) => `Delete view “${name}”`,
  removed: (name: string) => `View “${name}” deleted.`,
  undo: 'Undo',
} as const;
export type FilterTexts = Texts<typeof english>;
export const filterTexts = translated<FilterTexts>('filter', english);

const tierNames: Readonly<Record<string, string>> = filterTexts.tiers;
/** Of another version, a tier may have no name here. */
export const tierName = (tier: string): string => tierNames[tier] ?? tier;
