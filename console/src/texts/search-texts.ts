/** Texts of the search over everything. */

export const searchTexts = {
  title: 'Search',
  hint: 'Words, a name, an e-mail address, an ID or #number',
  results: 'Results',
  groups: { tickets: 'Tickets', conversations: 'Conversations', analyses: 'Analyses', articles: 'Articles' },
  none: (q: string) => `Nothing found for “${q}”.`,
  noneHint:
    'Search finds whole words in messages, analyses and articles, and parts of names, e-mail addresses and IDs.',
  failed: 'The search didn’t work. Check your connection and try again.',
  count: (count: number) => (count === 1 ? '1 result' : `${count} results`),
} as const;
