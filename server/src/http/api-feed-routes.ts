/** The conversation feed over REST: how far its consumers are behind, and the events that they could not handle. */
import {
  type FeedStatusView,
  feedStatusSchema,
  type Redelivery,
  redeliverySchema,
  type SetAsideList,
  type SetAsideView,
  setAsideListSchema,
} from '@firstword/shared/feed-status';
import { entryType, entryValue } from '../feed/feed-entry.ts';
import type { FeedStatus } from '../feed/feed-status.ts';
import type { ListedEvent, SetAsideEvents } from '../feed/set-aside-events.ts';
import type { Log } from '../lib/log.ts';
import { phrase } from '../lib/phrase.ts';
import { ApiRefusal } from './api-refusal.ts';
import { type ApiRoute, routeForAgents } from './api-route.ts';

export interface FeedRouteParts {
  readonly feed: FeedStatus & { readonly setAside: SetAsideEvents };
  readonly log: Log;
}

const SET_ASIDE_MAX = 200;
const AWAY_RETRY_MS = 5000;

export function createFeedRoutes({ feed, log }: FeedRouteParts): ApiRoute[] {
  const { setAside } = feed;
  const missing = () => new ApiRefusal('not-found', 'No event with this id is set aside.');
  return [
    routeForAgents(
      {
        method: 'get',
        path: '/feed',
        summary: 'Reports how far each consumer of the conversation feed is behind.',
        answer: { status: 200, schema: feedStatusSchema },
      },
      async (): Promise<FeedStatusView> => ({
        groups: (await feed.groups()).toSorted((one, other) => (one.group < other.group ? -1 : 1)),
      }),
    ),
    routeForAgents(
      {
        method: 'get',
        path: '/feed/set-aside',
        summary: 'Lists the events that a consumer could not handle, the last one first.',
        answer: { status: 200, schema: setAsideListSchema },
      },
      async (): Promise<SetAsideList> => ({ events: (await setAside.list(SET_ASIDE_MAX)).map(viewOf) }),
    ),
    routeForAgents(
      {
        method: 'post',
        path: '/feed/set-aside/{id}/redeliver',
        summary: 'Hands the event to its consumer again. It comes after newer events of its conversation.',
        answer: { status: 200, schema: redeliverySchema },
        refusals: ['not-found', 'not-allowed'],
      },
      async ({ id, audit }, { agent }): Promise<Redelivery> => {
        const outcome = await setAside.redeliver(id);
        const redelivered = outcome.kind === 'delivered';
        if (redelivered || outcome.kind === 'failed')
          await audit({ action: 'setting-changed', target: { kind: 'feed-event', id }, after: { redelivered } });
        log.info({ id, agentId: agent.id, outcome: outcome.kind }, 'redelivering set-aside feed event');
        switch (outcome.kind) {
          case 'delivered':
            return { delivered: true };
          case 'failed':
            return { delivered: false, reason: outcome.reason };
          case 'not-found':
            throw missing();
          case 'no-consumer':
            throw new ApiRefusal(
              'not-allowed',
              phrase`This release has no consumer "${outcome.group}". Delete the event, or redeliver it with the release that has it.`,
            );
          case 'away':
            throw new ApiRefusal(
              'unavailable',
              phrase`What the consumer needs does not answer, such as the database. Try again in a few seconds.`,
              { retryAfterMs: AWAY_RETRY_MS },
            );
        }
      },
    ),
    routeForAgents(
      {
        method: 'delete',
        path: '/feed/set-aside/{id}',
        summary: 'Deletes the event for good. Its consumer never handles it.',
        answer: { status: 204 },
        refusals: ['not-found'],
      },
      async ({ id, audit }, { agent }) => {
        if (!(await setAside.discard(id))) throw missing();
        await audit({ action: 'setting-changed', target: { kind: 'feed-event', id }, after: { removed: true } });
        log.warn({ id, agentId: agent.id }, 'deleting set-aside feed event');
      },
    ),
  ];
}

/** Without the message: who may administer the feed needs not read conversations here. */
function viewOf({ id, group, eventId, fields, tries, reason, at }: ListedEvent): SetAsideView {
  const entry = { id: eventId, fields };
  const type = entryType(entry);
  const conversationId = entryValue(entry, 'conversationId');
  return {
    ...{ id, group, tries, reason, at: Number.parseInt(eventId, 10), setAsideAt: at },
    ...(type === undefined ? {} : { type }),
    ...(conversationId === undefined ? {} : { conversationId }),
  };
}
