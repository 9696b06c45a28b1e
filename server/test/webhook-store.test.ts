import { randomUUID } from 'node:crypto';
import { createMemoryWebhookStore } from '@firstword/server/records/memory-webhook-store';
import { createPostgresWebhookStore } from '@firstword/server/records/postgres-webhook-store';
import type { StoredWebhook, WebhookStore } from '@firstword/server/records/webhook-store';
import type { WebhookDelivery } from '@firstword/shared/webhook';
import { describe, expect, test } from 'vitest';
import { openTestDatabase } from './open-test-database.ts';

const STORES: Readonly<Record<string, () => Promise<WebhookStore>>> = {
  'in memory': async () => createMemoryWebhookStore(),
  'in PostgreSQL': async () => createPostgresWebhookStore(await openTestDatabase()),
};
const webhook = (more: Partial<StoredWebhook> = {}): StoredWebhook => ({
  id: randomUUID(),
  siteId: 'acme',
  url: 'https://hooks.example/',
  types: ['message.created'],
  createdAt: 1,
  secrets: [{ sealed: 'x' }],
  ...more,
});
const delivery = (
  { id: webhookId }: StoredWebhook,
  at: number,
  more: Partial<WebhookDelivery> = {},
): WebhookDelivery => ({
  id: randomUUID(),
  webhookId,
  type: 'message.created',
  conversationId: `c${at}`,
  at,
  state: 'waiting',
  attempts: 0,
  nextAt: at,
  body: '{}',
  ...more,
});

describe.each(Object.entries(STORES))('webhooks %s', (_name, open) => {
  test('are stored, changed, listed from the oldest, and removed with their deliveries', async () => {
    const store = await open();
    const [one, other] = [webhook({ createdAt: 1 }), webhook({ createdAt: 2 })];
    for (const each of [other, one, { ...one, failingSince: 5 }]) await store.save(each);
    expect(await store.list()).toEqual([{ ...one, failingSince: 5 }, other]);
    const sent = delivery(one, 1);
    await store.enqueue([sent]);
    expect([await store.remove(one.id), await store.remove(one.id)]).toEqual([true, false]);
    expect([await store.find(sent.id), await store.list()]).toEqual([undefined, [other]]);
    await store.enqueue([sent]); // its webhook is gone
    expect(await store.find(sent.id)).toBeUndefined();
  });

  test('hand each due delivery to one caller until its lease ends, and none of a webhook that is switched off', async () => {
    const store = await open();
    const [on, off] = [webhook(), webhook({ disabledAt: 1 })];
    await Promise.all([store.save(on), store.save(off)]);
    const due = Array.from({ length: 20 }, (_, at) => delivery(on, at));
    await store.enqueue([...due, ...due, delivery(on, 500), delivery(off, 1)]);
    const claimed = (await Promise.all([1, 2, 3, 4].map(() => store.claim(100, 50, 10)))).flat();
    expect(claimed.map(({ id }) => id).toSorted()).toEqual(due.map(({ id }) => id).toSorted());
    expect(await store.claim(149, 50, 10)).toEqual([]);
    expect(await store.claim(150, 50, 10)).toHaveLength(10);
  });

  test('keep the outcome of a delivery, list the newest first, and expire', async () => {
    const store = await open();
    const hook = webhook();
    await store.save(hook);
    const [first, second, third] = [delivery(hook, 1), delivery(hook, 2), delivery(hook, 3)];
    await store.enqueue([first, second, third]);
    const { nextAt: _nextAt, ...ended } = first;
    await store.settle({ ...ended, state: 'delivered', attempts: 1, status: 204, response: 'Not\0 text \ud800' });
    expect(await store.find(first.id)).toMatchObject({ state: 'delivered', status: 204 });
    const page = await store.listDeliveries(hook.id, { limit: 2 });
    expect(page.deliveries.map(({ at }) => at)).toEqual([3, 2]);
    expect(
      (await store.listDeliveries(hook.id, { limit: 2, cursor: page.next })).deliveries.map(({ at }) => at),
    ).toEqual([1]);
    expect(await store.expire(3)).toBe(2);
    expect((await store.listDeliveries(hook.id, { limit: 9 })).deliveries.map(({ at }) => at)).toEqual([3]);
  });

  test('forget what is sent about erased conversations', async () => {
    const store = await open();
    const hook = webhook();
    await store.save(hook);
    await store.enqueue([delivery(hook, 1), delivery(hook, 2)]);
    await store.erase(['c1']);
    expect((await store.listDeliveries(hook.id, { limit: 9 })).deliveries.map(({ at }) => at)).toEqual([2]);
  });
});
