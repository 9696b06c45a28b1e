import { webhookListSchema, webhookSecretSchema } from '@firstword/shared/webhook';
import { type ConsoleServer, startConsoleServer } from '@firstword/testing/console-server';
import { type RedisServer, startRedisServer } from '@firstword/testing/redis-server';
import { startWebhookReceiver, type WebhookReceiver } from '@firstword/testing/webhook-receiver';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';

let redis: RedisServer;
let server: ConsoleServer;
let receiver: WebhookReceiver;

beforeAll(async () => {
  redis = await startRedisServer();
});
afterAll(() => redis.stop());
beforeEach(async () => {
  receiver = await startWebhookReceiver();
  server = await startConsoleServer(redis, { privateHosts: [receiver.host] });
  return async () => {
    await server.close();
    await receiver.close();
  };
});

test('an administrator adds a webhook, tests it, reads its deliveries, sends one again and removes it', async () => {
  const admin = await server.signIn('boss@shop.example', 'admin');
  const types = ['audit.recorded'];
  const added = webhookSecretSchema.parse(
    (await admin.request('POST', '/webhooks', { url: receiver.url, types })).body,
  );
  receiver.secret = added.secret;
  const { id } = added.webhook;
  const { webhooks } = webhookListSchema.parse((await admin.request('GET', '/webhooks')).body);
  expect(webhooks.map(({ url }) => url)).toEqual([receiver.url]);
  expect(JSON.stringify([webhooks, await server.records.webhooks.list()])).not.toContain(added.secret.slice(6));

  await admin.request('POST', `/webhooks/${id}/test`, {});
  // The entry about the webhook itself was stored before it existed for other processes, and is sent as well.
  await expect.poll(() => receiver.received.map(({ event }) => event?.type)).toContain('webhook.test');
  await admin.request('POST', '/kill-switch', { site: 'acme', stopped: true, reason: 'A test' });
  await expect.poll(() => receiver.received.at(-1)?.event?.data).toMatchObject({ action: 'model-calls-stopped' });

  const { body } = await admin.request<{ deliveries: { id: string; state: string }[] }>(
    'GET',
    `/webhooks/${id}/deliveries`,
  );
  const [latest] = body.deliveries;
  const count = receiver.received.length;
  expect((await admin.request('POST', `/webhook-deliveries/${latest?.id}/send`, {})).status).toBe(200);
  await expect
    .poll(() => receiver.received.filter(({ headers }) => headers['webhook-id'] === latest?.id).length)
    .toBe(2);
  expect(receiver.received.length).toBeGreaterThan(count);

  expect((await admin.request('DELETE', `/webhooks/${id}`)).status).toBe(204);
  expect((await admin.request('GET', '/webhooks')).body).toMatchObject({ webhooks: [] });
  const log = await server.auditLog.list({ limit: 20, action: 'setting-changed' });
  expect(log.entries.map(({ after }) => after)).toEqual([{ removed: true }, { url: receiver.url, types }]);
});

test('only an administrator may see or change webhooks', async () => {
  const agent = await server.signIn();
  const body = { url: receiver.url, types: ['message.created'] };
  expect((await agent.request('GET', '/webhooks')).status).toBe(403);
  expect((await agent.request('POST', '/webhooks', body)).status).toBe(403);
});
