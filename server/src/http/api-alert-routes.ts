/** Alerts about response time, budgets and models. */
import { type AlertList, alertKey, alertListSchema, alertQuerySchema } from '@firstword/shared/alert';
import { TIERS } from '@firstword/shared/catalog';
import { may, maySomewhere } from '@firstword/shared/permissions';
import type { AlertStore } from '../records/alert-store.ts';
import { type ApiRoute, type Caller, routeForAgents } from './api-route.ts';
import { namesOf } from './api-sites.ts';

export interface AlertRouteParts {
  readonly alerts: Pick<AlertStore, 'list'>;
}

export function createAlertRoutes({ alerts }: AlertRouteParts): ApiRoute[] {
  return [
    routeForAgents(
      {
        method: 'get',
        path: '/alerts',
        summary: 'Lists alerts about response time, budgets and models, the newest first.',
        query: alertQuerySchema,
        answer: { status: 200, schema: alertListSchema },
      },
      async ({ query }, caller): Promise<AlertList> => ({
        alerts: await alerts.list({ keys: readableKeys(caller), ...query }),
        sites: namesOf(caller.sites),
      }),
    ),
  ];
}

/** What the caller's pages Response time, Cost and Models show, too. */
function readableKeys({ agent, sites }: Pick<Caller, 'agent' | 'sites'>): string[] {
  return [
    ...[...sites.keys()].flatMap((siteId) => [
      alertKey({ kind: 'budget-near', siteId }),
      alertKey({ kind: 'budget-reached', siteId }),
      ...(may(agent, 'reports:read', siteId) ? [alertKey({ kind: 'response-time', siteId })] : []),
    ]),
    ...(maySomewhere(agent, 'reports:read') ? TIERS.map((tier) => alertKey({ kind: 'models-down', tier })) : []),
  ];
}
