/** One search over tickets, conversations, analyses and articles. */
import { type SearchResults, searchQuerySchema, searchResultsSchema } from '@firstword/shared/search';
import type { Knowledge } from '../knowledge/knowledge.ts';
import type { ConversationArchive } from '../records/conversation-archive.ts';
import type { Tickets } from '../tickets/ticket-types.ts';
import { type ApiRoute, routeForAgents } from './api-route.ts';
import { namesOf } from './api-sites.ts';
import { searched } from './audit-events.ts';

export interface SearchRouteParts {
  readonly tickets: Pick<Tickets, 'list' | 'searchAnalyses'>;
  readonly archive: Pick<ConversationArchive, 'list'>;
  readonly knowledgeOf: (siteId: string) => Pick<Knowledge, 'search'>;
}

const OF_EACH_KIND = 5;

export function createSearchRoutes({ tickets, archive, knowledgeOf }: SearchRouteParts): ApiRoute[] {
  const searchArticles = (siteIds: readonly string[], q: string) =>
    siteIds
      .flatMap((siteId) =>
        knowledgeOf(siteId)
          .search(q, OF_EACH_KIND)
          .map((found) => ({ siteId, ...found })),
      )
      .sort((one, other) => other.score - one.score)
      .slice(0, OF_EACH_KIND)
      .map(({ siteId, articleId: id, title, url }) => ({ id, siteId, title, url }));
  return [
    routeForAgents(
      {
        method: 'get',
        path: '/search',
        summary: `Searches tickets, conversations, analyses and articles; up to ${OF_EACH_KIND} of each.`,
        query: searchQuerySchema,
        answer: { status: 200, schema: searchResultsSchema },
      },
      async ({ query: { q }, audit }, { agent, sites }): Promise<SearchResults> => {
        const siteIds = [...sites.keys()];
        const page = { siteIds, q, limit: OF_EACH_KIND };
        const [ofTickets, ofConversations, analyses] = await Promise.all([
          tickets.list({ ...page, view: 'all', agentId: agent.id }),
          archive.list(page),
          tickets.searchAnalyses(siteIds, q, OF_EACH_KIND),
        ]);
        await audit(searched(agent.id, 'everything', { text: q }));
        return {
          tickets: ofTickets.tickets,
          conversations: ofConversations.conversations,
          analyses,
          articles: searchArticles(siteIds, q),
          sites: namesOf(sites),
        };
      },
    ),
  ];
}
