/** The search of the scripted server: tickets and conversations that contain the text; an analysis and an article that always do. */
import type { SearchResults } from '@firstword/shared/search';
import type { ScriptedConversations } from './scripted-conversations.ts';
import type { ScriptedTickets } from './scripted-tickets.ts';

export interface SearchedRecords {
  readonly tickets: Pick<ScriptedTickets, 'list'>;
  readonly conversations: Pick<ScriptedConversations, 'list'>;
}

export function searchIn({ tickets, conversations }: SearchedRecords, q: string): SearchResults {
  const list = new URL('http://localhost/');
  list.searchParams.set('q', q);
  const { conversations: found, sites } = conversations.list(list);
  const { tickets: open } = tickets.list({ view: 'open', q });
  const first = open.slice(0, 1);
  return {
    tickets: open.slice(0, 5),
    conversations: found.slice(0, 5),
    analyses: first.map(({ id, number, siteId, firstLine }) => ({ ticketId: id, number, siteId, text: firstLine })),
    articles: first.map(({ siteId }) => ({ id: 'a1', siteId, title: `About ${q}`, url: '/help/a1' })),
    sites,
  };
}
