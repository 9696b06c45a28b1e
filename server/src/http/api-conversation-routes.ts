/** Archived conversations over REST: list, filter and search them, and read one. */
import {
  type ConversationCalls,
  type ConversationDetail,
  type ConversationList,
  conversationCallsSchema,
  conversationDetailSchema,
  conversationListQuerySchema,
  conversationListSchema,
  conversationQuerySchema,
  type MessageSearch,
  messageSearchQuerySchema,
  messageSearchSchema,
} from '@firstword/shared/conversation-records';
import type { ConversationArchive } from '../records/conversation-archive.ts';
import { ApiRefusal } from './api-refusal.ts';
import { type ApiRequest, type ApiRoute, type Caller, routeForAgents } from './api-route.ts';
import { namesOf, siteIdsOf } from './api-sites.ts';
import { type CallReports, readConversationCalls } from './api-ticket-calls.ts';
import { conversationRead, searched } from './audit-events.ts';
import { conversationFilterOf } from './list-filters.ts';

export interface ConversationRouteParts {
  readonly archive: Pick<ConversationArchive, 'list' | 'find' | 'searchMessages'>;
  readonly reports: Pick<CallReports, 'conversationCalls' | 'conversationCost'>;
}

export function createConversationRoutes({ archive, reports }: ConversationRouteParts): ApiRoute[] {
  const find = async (
    { id, audit }: Pick<ApiRequest<unknown, unknown>, 'id' | 'audit'>,
    { agent, sites }: Caller,
    page: { before?: number | undefined; limit: number },
  ): Promise<ConversationDetail> => {
    const found = await archive.find(id, siteIdsOf(sites), page);
    if (found === undefined) throw new ApiRefusal('not-found', 'This conversation does not exist.');
    await audit(conversationRead(agent.id, found.conversation));
    return found;
  };
  return [
    routeForAgents(
      {
        method: 'get',
        path: '/conversations',
        summary:
          'Lists conversations, the newest message first. `q` searches messages, names, e-mail addresses and ids.',
        query: conversationListQuerySchema,
        answer: { status: 200, schema: conversationListSchema },
        refusals: ['not-found'],
      },
      async ({ query, audit }, { agent, sites }): Promise<ConversationList> => {
        const { site, q, visitor, limit, cursor } = query;
        const filter = conversationFilterOf(query, { siteIds: siteIdsOf(sites, site), now: Date.now() });
        const found = await archive.list({ ...filter, limit, cursor });
        const text = [q, visitor].filter((part) => part !== undefined).join(' ');
        if (text !== '') await audit(searched(agent.id, 'conversations', { text, siteId: site }));
        return { ...found, sites: namesOf(sites) };
      },
    ),
    routeForAgents(
      {
        method: 'get',
        path: '/conversations/{id}',
        summary:
          'Returns one conversation with its ratings and a page of its messages, the newest unless `before` is set.',
        query: conversationQuerySchema,
        answer: { status: 200, schema: conversationDetailSchema },
        refusals: ['not-found'],
      },
      async (request, caller) => find(request, caller, request.query),
    ),
    routeForAgents(
      {
        method: 'get',
        path: '/conversations/{id}/calls',
        summary: 'Lists the model calls of one conversation: model, reason, TTFT and cost.',
        answer: { status: 200, schema: conversationCallsSchema },
        refusals: ['not-found'],
      },
      async (request, caller): Promise<ConversationCalls> => {
        await find(request, caller, { limit: 1 });
        return readConversationCalls(reports, request.id);
      },
    ),
    routeForAgents(
      {
        method: 'get',
        path: '/messages/search',
        summary: 'Searches the messages of all conversations, the newest first.',
        query: messageSearchQuerySchema,
        answer: { status: 200, schema: messageSearchSchema },
        refusals: ['not-found'],
      },
      async ({ query: { site, ...query }, audit }, { agent, sites }): Promise<MessageSearch> => {
        const found = await archive.searchMessages({ ...query, siteIds: siteIdsOf(sites, site) });
        await audit(searched(agent.id, 'messages', { text: query.q, siteId: site }));
        return found;
      },
    ),
  ];
}
