/** Canned replies over REST: every agent reads those of their sites, administrators change them. */
import { randomUUID } from 'node:crypto';
import {
  CANNED_REPLIES_MAX,
  type CannedReply,
  type CannedReplyBody,
  type CannedReplyList,
  cannedReplyBodySchema,
  cannedReplyListSchema,
  cannedReplySchema,
} from '@firstword/shared/canned-reply';
import { mayEverywhere } from '@firstword/shared/permissions';
import { phrase } from '../lib/phrase.ts';
import type { CannedReplyStore } from '../records/canned-reply-store.ts';
import { ApiRefusal } from './api-refusal.ts';
import { type ApiRequest, type ApiRoute, type Caller, routeForAgents } from './api-route.ts';
import { checkSite, namesOf, refusalAt } from './api-sites.ts';

export interface CannedReplyRouteParts {
  readonly cannedReplies: CannedReplyStore;
}

export function createCannedReplyRoutes({ cannedReplies }: CannedReplyRouteParts): ApiRoute[] {
  /** @throws ApiRefusal for a reply that the caller can't change */
  const find = async (id: string, caller: Caller): Promise<CannedReply> => {
    const reply = await cannedReplies.find(id);
    if (reply === undefined || (reply.siteId !== undefined && !caller.sites.has(reply.siteId)))
      throw refusalAt(caller.sites, reply?.siteId, 'This canned reply does not exist.');
    checkReach(reply, caller);
    return reply;
  };
  const save = async (
    id: string,
    { body, audit }: Pick<ApiRequest<CannedReplyBody, unknown>, 'body' | 'audit'>,
    caller: Caller,
    before?: CannedReply,
  ): Promise<CannedReply> => {
    checkReach(body, caller);
    const reply = { ...body, id, changedAt: Date.now(), changedBy: caller.agent.name };
    if ((await cannedReplies.save(reply)) === 'taken')
      throw new ApiRefusal(
        'not-allowed',
        phrase`Another canned reply has the shortcut "${body.shortcut}". Choose another one.`,
      );
    await audit({ ...changeOf(reply), ...(before && { before: valuesOf(before) }), after: valuesOf(reply) });
    return reply;
  };

  return [
    routeForAgents(
      {
        method: 'get',
        path: '/canned-replies',
        summary: 'Lists the canned replies for all sites, and those of the sites whose tickets the caller may read.',
        answer: { status: 200, schema: cannedReplyListSchema },
      },
      async (_request, { sites }): Promise<CannedReplyList> => ({
        replies: await cannedReplies.list([...sites.keys()]),
        sites: namesOf(sites),
      }),
    ),
    routeForAgents(
      {
        method: 'post',
        path: '/canned-replies',
        summary: 'Adds a canned reply.',
        body: cannedReplyBodySchema,
        answer: { status: 201, schema: cannedReplySchema },
        refusals: ['not-found', 'not-allowed'],
      },
      async (request, caller) => {
        if ((await cannedReplies.list([...caller.sites.keys()])).length >= CANNED_REPLIES_MAX)
          throw new ApiRefusal(
            'not-allowed',
            phrase`There are ${CANNED_REPLIES_MAX} canned replies, which is the limit. Delete one first.`,
          );
        return save(randomUUID(), request, caller);
      },
    ),
    routeForAgents(
      {
        method: 'post',
        path: '/canned-replies/{id}',
        summary: 'Changes a canned reply.',
        body: cannedReplyBodySchema,
        answer: { status: 200, schema: cannedReplySchema },
        refusals: ['not-found', 'not-allowed'],
      },
      async (request, caller) => save(request.id, request, caller, await find(request.id, caller)),
    ),
    routeForAgents(
      {
        method: 'delete',
        path: '/canned-replies/{id}',
        summary: 'Deletes a canned reply.',
        answer: { status: 204 },
        refusals: ['not-found', 'not-allowed'],
      },
      async ({ id, audit }, caller) => {
        const reply = await find(id, caller);
        await cannedReplies.remove(id);
        await audit({ ...changeOf(reply), before: valuesOf(reply), after: { removed: true } });
      },
    ),
  ];
}

/** @throws ApiRefusal when an administrator of some sites changes what applies to all */
function checkReach({ siteId }: Pick<CannedReply, 'siteId'>, { agent, sites }: Caller): void {
  if (siteId !== undefined) checkSite(sites, siteId);
  else if (!mayEverywhere(agent, 'replies:manage'))
    throw new ApiRefusal(
      'not-allowed',
      phrase`Only an administrator of all sites changes replies for all sites. Choose a site.`,
    );
}

const changeOf = ({ id, shortcut, siteId }: CannedReply) => ({
  action: 'setting-changed' as const,
  target: { kind: 'canned-reply', id, name: shortcut },
  ...(siteId === undefined ? {} : { siteId }),
});
const valuesOf = ({ shortcut, text, macro }: CannedReply) => ({
  ...{ shortcut, text },
  ...(macro === undefined ? {} : { macro: JSON.stringify(macro) }),
});
