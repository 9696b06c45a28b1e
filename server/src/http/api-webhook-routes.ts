/** Webhooks over REST: add, change, test and remove endpoints, and what was sent to each. For administrators of all sites. */
import {
  newWebhookSchema,
  type WebhookList,
  webhookChangeSchema,
  webhookDeliveryListSchema,
  webhookDeliveryQuerySchema,
  webhookDeliverySchema,
  webhookListSchema,
  webhookSchema,
  webhookSecretSchema,
} from '@firstword/shared/webhook';
import { WebhookError } from '../webhooks/webhook-error.ts';
import type { Webhooks } from '../webhooks/webhooks.ts';
import { ApiRefusal } from './api-refusal.ts';
import { type ApiRoute, routeForAgents } from './api-route.ts';
import { checkSite, namesOf } from './api-sites.ts';

export interface WebhookRouteParts {
  readonly webhooks: Webhooks;
}

export function createWebhookRoutes({ webhooks }: WebhookRouteParts): ApiRoute[] {
  const target = (id: string, name?: string) => ({
    target: { kind: 'webhook', id, ...(name === undefined ? {} : { name }) },
  });
  return [
    routeForAgents(
      {
        method: 'get',
        path: '/webhooks',
        summary: 'Lists the endpoints that are sent events.',
        answer: { status: 200, schema: webhookListSchema },
      },
      async (_request, { sites }): Promise<WebhookList> => ({
        webhooks: await webhooks.list(),
        sites: namesOf(sites),
      }),
    ),
    routeForAgents(
      {
        method: 'post',
        path: '/webhooks',
        summary: 'Adds an endpoint and returns its secret, which is not shown again.',
        body: newWebhookSchema,
        answer: { status: 201, schema: webhookSecretSchema },
        refusals: ['not-found', 'not-allowed'],
      },
      async ({ body, audit }, { sites }) => {
        if (body.site !== undefined) checkSite(sites, body.site);
        const added = await webhooks.add(body).catch(refuse);
        const { id, url, types, siteId } = added.webhook;
        await audit({
          action: 'setting-changed',
          ...target(id, url),
          ...(siteId === undefined ? {} : { siteId }),
          after: { url, types },
        });
        return added;
      },
    ),
    routeForAgents(
      {
        method: 'post',
        path: '/webhooks/{id}',
        summary: 'Changes the URL or the event types of an endpoint, or switches it off or on.',
        body: webhookChangeSchema,
        answer: { status: 200, schema: webhookSchema },
        refusals: ['not-found', 'not-allowed'],
      },
      async ({ id, body, audit }) => {
        const before = (await webhooks.list()).find((webhook) => webhook.id === id);
        const changed = await webhooks.change(id, body).catch(refuse);
        const values = ({ url, types, disabledAt }: typeof changed) => ({
          url,
          types,
          enabled: disabledAt === undefined,
        });
        await audit({
          action: 'setting-changed',
          ...target(id, changed.url),
          ...(before === undefined ? {} : { before: values(before) }),
          after: values(changed),
        });
        return changed;
      },
    ),
    routeForAgents(
      {
        method: 'post',
        path: '/webhooks/{id}/rotate-secret',
        summary: 'Returns a new secret. The one before still signs for 24 hours.',
        answer: { status: 200, schema: webhookSecretSchema },
        refusals: ['not-found'],
      },
      async ({ id, audit }) => {
        const rotated = await webhooks.rotate(id).catch(refuse);
        await audit({ action: 'setting-changed', ...target(id, rotated.webhook.url), after: { secret: 'rotated' } });
        return rotated;
      },
    ),
    routeForAgents(
      {
        method: 'delete',
        path: '/webhooks/{id}',
        summary: 'Removes an endpoint with its deliveries.',
        answer: { status: 204 },
        refusals: ['not-found'],
      },
      async ({ id, audit }) => {
        if (!(await webhooks.remove(id))) throw new ApiRefusal('not-found', 'This webhook does not exist.');
        await audit({ action: 'setting-changed', ...target(id), after: { removed: true } });
      },
    ),
    routeForAgents(
      {
        method: 'post',
        path: '/webhooks/{id}/test',
        summary: 'Sends a test event to the endpoint.',
        answer: { status: 200, schema: webhookDeliverySchema },
        refusals: ['not-found'],
      },
      async ({ id }) => webhooks.test(id).catch(refuse),
    ),
    routeForAgents(
      {
        method: 'get',
        path: '/webhooks/{id}/deliveries',
        summary: 'Lists what was and is to be sent to the endpoint, the newest first.',
        query: webhookDeliveryQuerySchema,
        answer: { status: 200, schema: webhookDeliveryListSchema },
      },
      async ({ id, query, audit }, { agent }) => {
        const found = await webhooks.deliveries(id, query);
        // Their bodies have messages of conversations.
        await audit({ action: 'conversation-read', ...target(id), oncePerHour: `${agent.id} webhook ${id}` });
        return found;
      },
    ),
    routeForAgents(
      {
        method: 'post',
        path: '/webhook-deliveries/{id}/send',
        summary: 'Sends a delivery again, with its former id and body.',
        answer: { status: 200, schema: webhookDeliverySchema },
        refusals: ['not-found'],
      },
      async ({ id, audit }) => {
        const delivery = await webhooks.resend(id).catch(refuse);
        await audit({ action: 'exported', target: { kind: 'webhook-delivery', id, name: delivery.type } });
        return delivery;
      },
    ),
  ];
}

function refuse(error: unknown): never {
  if (!(error instanceof WebhookError)) throw error;
  throw new ApiRefusal(error.code === 'bad-address' ? 'not-allowed' : 'not-found', error.phrase);
}
