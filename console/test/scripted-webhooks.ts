/** The scripted server's webhooks and what they were sent. */
import {
  newWebhookSchema,
  type WebhookDelivery,
  type WebhookList,
  webhookChangeSchema,
} from '@firstword/shared/webhook';

const DAY_MS = 24 * 60 * 60 * 1000;
const SITES = [
  { id: 'shop', name: 'Wendleby' },
  { id: 'help', name: 'Help centre' },
];
const PATH = /^(\w+) \/webhooks\/([\w-]+)(?:\/([a-z-]+))?$/;

export interface ScriptedWebhooks {
  answer(route: string, body: unknown): readonly [status: number, body: object] | undefined;
  /** What the endpoint answers next. */
  next: Pick<WebhookDelivery, 'state'> & Partial<WebhookDelivery>;
}

export function createScriptedWebhooks(now: number): ScriptedWebhooks {
  let webhooks: WebhookList['webhooks'] = [
    {
      ...{ id: 'crm', siteId: 'shop', url: 'https://crm.wendleby.example/hooks/chat', createdAt: now - 30 * DAY_MS },
      types: ['ticket.created', 'ticket.resolved'],
    },
    {
      ...{
        id: 'old',
        url: 'https://old.wendleby.example/hooks',
        types: ['audit.recorded'],
        createdAt: now - 9 * DAY_MS,
      },
      ...{
        disabledAt: now - DAY_MS,
        disabledWhy: 'No delivery succeeded for three days.',
        disabledPhrase: { wording: 'No delivery succeeded for three days.', values: [] },
        failingSince: now - 4 * DAY_MS,
      },
    },
  ];
  const failed: WebhookDelivery = {
    ...{ id: 'msg_1', webhookId: 'crm', type: 'ticket.created', at: now - 60_000, state: 'waiting', attempts: 2 },
    ...{ nextAt: now + 240_000, attemptedAt: now - 50_000, status: 500, error: 'the receiver answered 500' },
    response: '<html><body>Internal error: no such queue</body></html>',
    body: JSON.stringify({ type: 'ticket.created', data: { siteId: 'shop', ticketId: 't-1042' } }),
  };
  let deliveries: WebhookDelivery[] = [failed];
  const secretOf = (webhook: WebhookList['webhooks'][number]) => ({
    webhook,
    secret: `whsec_new-secret-of-${webhook.id}`,
  });

  const scripted: ScriptedWebhooks = {
    next: { state: 'delivered', status: 200, response: 'ok' },
    answer(route, body) {
      if (route === 'GET /webhooks') return [200, { webhooks, sites: SITES }];
      if (route === 'POST /webhooks') {
        const { site, ...given } = newWebhookSchema.parse(body);
        if (given.url.includes('10.0.0.1'))
          return [409, { code: 'not-allowed', message: '10.0.0.1 is a private address.' }];
        const webhook = { ...given, id: 'new', createdAt: now, ...(site === undefined ? {} : { siteId: site }) };
        webhooks = [...webhooks, webhook];
        return [201, secretOf(webhook)];
      }
      if (route === 'POST /webhook-deliveries/msg_1/send') {
        const { error: _error, nextAt: _nextAt, ...sent } = failed;
        const again: WebhookDelivery = { ...sent, attempts: 1, ...scripted.next };
        deliveries = deliveries.map((delivery) => (delivery.id === 'msg_1' ? again : delivery));
        return [200, again];
      }
      const [, method, id = '', action] = PATH.exec(route) ?? [];
      const webhook = webhooks.find((each) => each.id === id);
      if (webhook === undefined) return undefined;
      if (method === 'GET') return [200, { deliveries: deliveries.filter(({ webhookId }) => webhookId === id) }];
      if (method === 'DELETE') {
        webhooks = webhooks.filter((each) => each.id !== id);
        return [200, {}];
      }
      if (action === 'rotate-secret') return [200, secretOf(webhook)];
      if (action === 'test') {
        const test = {
          ...failed,
          id: 'msg_test',
          webhookId: id,
          type: 'webhook.test',
          attempts: 0,
          state: 'waiting',
        } as const;
        const { error: _error, status: _status, response: _response, ...waiting } = test;
        const { nextAt: _nextAt, ...ended } = waiting;
        deliveries = [{ ...ended, attempts: 1, ...scripted.next }, ...deliveries];
        return [200, waiting];
      }
      const { enabled, ...change } = webhookChangeSchema.parse(body);
      const { disabledAt: _at, disabledWhy: _why, disabledPhrase: _phrase, failingSince: _since, ...working } = webhook;
      const off = { disabledAt: now, disabledWhy: 'Turned off by an administrator.' };
      const changed = { ...(enabled === undefined ? webhook : working), ...change, ...(enabled === false ? off : {}) };
      webhooks = webhooks.map((each) => (each.id === id ? changed : each));
      return [200, changed];
    },
  };
  return scripted;
}
