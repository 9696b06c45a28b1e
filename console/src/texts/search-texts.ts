/** Texts of the search over everything. */
import { countOf } from './common-texts.ts';
import { type Texts, translated } from './translated.ts';

const english = {
  title: 'Search',
  hint: 'Words, a name, an e-mail address, an ID or #number',
  results: 'Results',
  groups: { tickets: 'Tickets', conversations: 'Conversations', analyses: 'Analyses', articles: 'Articles' },
  none: (q: string) => `Nothing found for “${q}”.`,
  noneHint:
    'Search finds whole words in messages, analyses and articles, and parts of names, e-mail addresses and IDs.',
  failed: 'The search didn’t work. Check your connection and try again.',
  count: (count: number) => countOf(count, 'result', 'results'),
} as const;
export type SearchTexts = Texts<typeof english>;
export const searchTexts = translated<SearchTexts>('search', english);
