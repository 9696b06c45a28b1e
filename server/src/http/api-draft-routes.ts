/** Drafts of replies over REST. Each agent has their own. */
import { type ReplyDraftView, replyDraftSchema, replyDraftViewSchema } from '@firstword/shared/reply-draft';
import type { ReplyDraftStore } from '../records/reply-draft-store.ts';
import type { Tickets } from '../tickets/ticket-types.ts';
import { type ApiRoute, routeForAgents } from './api-route.ts';
import { createTicketFinder } from './api-sites.ts';

export interface DraftRouteParts {
  readonly tickets: Pick<Tickets, 'get'>;
  readonly replyDrafts: ReplyDraftStore;
}

export function createDraftRoutes({ tickets, replyDrafts }: DraftRouteParts): ApiRoute[] {
  const find = createTicketFinder(tickets);
  return [
    routeForAgents(
      {
        method: 'get',
        path: '/drafts/{id}',
        summary: "Returns the caller's draft of a reply to a ticket, if there is one.",
        answer: { status: 200, schema: replyDraftViewSchema },
        refusals: ['not-found'],
      },
      async ({ id }, { agent, sites }): Promise<ReplyDraftView> => {
        await find(id, sites);
        const draft = await replyDrafts.find(agent.id, id);
        return draft === undefined ? {} : { draft };
      },
    ),
    routeForAgents(
      {
        method: 'post',
        path: '/drafts/{id}',
        summary: "Saves the caller's draft of a reply to a ticket. It is deleted once a reply is sent.",
        body: replyDraftSchema,
        answer: { status: 204 },
        refusals: ['not-found'],
      },
      async ({ id, body }, { agent, sites }) => {
        await find(id, sites);
        await replyDrafts.save(agent.id, id, body);
      },
    ),
    routeForAgents(
      {
        method: 'delete',
        path: '/drafts/{id}',
        summary: "Deletes the caller's draft of a reply to a ticket.",
        answer: { status: 204 },
        refusals: ['not-found'],
      },
      async ({ id }, { agent, sites }) => {
        await find(id, sites);
        await replyDrafts.remove(agent.id, id);
      },
    ),
  ];
}
