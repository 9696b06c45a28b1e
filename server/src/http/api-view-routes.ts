/** Views of the lists that the signed-in agent has saved. */
import { randomUUID } from 'node:crypto';
import {
  newViewSchema,
  type SavedView,
  type SavedViewList,
  savedViewListSchema,
  savedViewSchema,
  type ViewCounts,
  viewCountsSchema,
} from '@firstword/shared/saved-view';
import { phrase } from '../lib/phrase.ts';
import type { ViewStore } from '../records/view-store.ts';
import { ApiRefusal } from './api-refusal.ts';
import { type ApiRoute, routeForAgents } from './api-route.ts';
import { createViewCount, type ViewCountParts } from './view-counts.ts';

export interface ViewRouteParts extends ViewCountParts {
  readonly views: ViewStore;
}

const VIEWS_MAX = 50;

export function createViewRoutes({ views, ...parts }: ViewRouteParts): ApiRoute[] {
  const countOf = createViewCount(parts);
  return [
    routeForAgents(
      {
        method: 'get',
        path: '/views',
        summary: 'Lists the saved views of the signed-in agent.',
        answer: { status: 200, schema: savedViewListSchema },
      },
      async (_request, { agent }): Promise<SavedViewList> => ({ views: await views.list(agent.id) }),
    ),
    routeForAgents(
      {
        method: 'get',
        path: '/views/counts',
        summary: 'Counts what each saved view of the signed-in agent lists, up to 1,000; at most a few seconds old.',
        answer: { status: 200, schema: viewCountsSchema },
      },
      async (_request, { agent, sites }): Promise<ViewCounts> => {
        const counted = await Promise.all(
          (await views.list(agent.id)).map(
            async (view) => [view.id, await countOf(view, agent, sites.keys())] as const,
          ),
        );
        return {
          counts: Object.fromEntries(counted.flatMap(([id, count]) => (count === undefined ? [] : [[id, count]]))),
        };
      },
    ),
    routeForAgents(
      {
        method: 'post',
        path: '/views',
        summary: 'Saves a list with its filters under a name.',
        body: newViewSchema,
        answer: { status: 201, schema: savedViewSchema },
        refusals: ['not-allowed'],
      },
      async ({ body }, { agent }): Promise<SavedView> => {
        const view = { ...body, id: randomUUID() };
        if (!(await views.add(agent.id, view, VIEWS_MAX)))
          throw new ApiRefusal('not-allowed', phrase`You have ${VIEWS_MAX} saved views. Delete one first.`);
        return view;
      },
    ),
    routeForAgents(
      {
        method: 'delete',
        path: '/views/{id}',
        summary: 'Deletes a saved view.',
        answer: { status: 204 },
        refusals: ['not-found'],
      },
      async ({ id }, { agent }) => {
        if (!(await views.remove(agent.id, id))) throw new ApiRefusal('not-found', 'There is no such view.');
      },
    ),
  ];
}
