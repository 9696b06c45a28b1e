import { createFeedConsumer } from '@firstword/server/feed/feed-consumer';
import { FEED_EVENT_VERSION } from '@firstword/shared/feed-event';
import { setAsideListSchema } from '@firstword/shared/feed-status';
import type { Page } from '@firstword/testing/console-page';
import { consoleServerForAllTests, consoleServer as server } from '@firstword/testing/console-server-hooks';
import { beforeAll, beforeEach, expect, test } from 'vitest';

let fault: Error | undefined;
const delivered: string[] = [];
const consumer = createFeedConsumer({
  group: 'archive',
  types: ['message'],
  async handle(events) {
    if (fault !== undefined) throw fault;
    delivered.push(...events.map(({ message }) => message.text));
  },
  isOutage: (error) => String(error).includes('away'),
});
let admin: Page;
consoleServerForAllTests({ feedConsumers: [consumer] });
beforeAll(async () => {
  admin = await server.signIn('owner@shop.example', 'admin');
});

const [PARTITION, EVENT] = [17, '1764403200000-0'];
const ID = `archive.${PARTITION}.${EVENT}`;
const PATH = `/feed/set-aside/${ID}`;
beforeEach(async () => {
  fault = undefined;
  delivered.length = 0;
  const message = JSON.stringify({ id: 'm1', from: 'visitor', text: 'a secret', at: 1 });
  const fields = ['v', FEED_EVENT_VERSION, 'type', 'message', 'conversationId', 'c1', 'siteId', 'acme'].map(String);
  const event = {
    ...{ group: 'archive', eventId: EVENT, tries: 5, reason: 'TypeError: cannot store this', at: 1764403260000 },
    fields: [...fields, 'seq', '1', 'message', message],
  };
  await server.redis.hset(server.keys.feedSetAside(PARTITION), `archive:${EVENT}`, JSON.stringify(event));
});
const listed = async () =>
  setAsideListSchema.parse((await admin.request('GET', '/feed/set-aside')).body).events.map(({ id }) => id);

test('an event that was set aside is listed without what was written', async () => {
  const { body } = await admin.request('GET', '/feed/set-aside');
  expect(body).toEqual({
    events: [
      {
        ...{ id: ID, group: 'archive', type: 'message', conversationId: 'c1', tries: 5 },
        ...{ at: 1764403200000, setAsideAt: 1764403260000, reason: 'TypeError: cannot store this' },
      },
    ],
  });
});

test('it is redelivered, and stays on the list as long as its consumer fails', async () => {
  fault = new TypeError('still not');
  expect((await admin.request('POST', `${PATH}/redeliver`, {})).body).toEqual({
    delivered: false,
    reason: 'TypeError: still not',
  });
  fault = new Error('the store is away');
  expect(await admin.request('POST', `${PATH}/redeliver`, {})).toMatchObject({
    status: 503,
    body: { code: 'unavailable', retryAfterMs: 5000 },
  });
  expect(await listed()).toEqual([ID]);
  fault = undefined;
  expect((await admin.request('POST', `${PATH}/redeliver`, {})).body).toEqual({ delivered: true });
  expect([delivered, await listed()]).toEqual([['a secret'], []]);
  expect((await admin.request('POST', `${PATH}/redeliver`, {})).status).toBe(404);
});

test('it is deleted once', async () => {
  expect((await admin.request('DELETE', PATH)).status).toBe(204);
  expect([delivered, await listed()]).toEqual([[], []]);
  expect((await admin.request('DELETE', PATH)).status).toBe(404);
});

test('an event of a consumer that this release does not have is refused with what to do', async () => {
  const fields = { group: 'translation', eventId: EVENT, fields: [], tries: 5, reason: 'unknown', at: 1 };
  await server.redis.hset(server.keys.feedSetAside(PARTITION), `translation:${EVENT}`, JSON.stringify(fields));
  const answer = await admin.request('POST', `/feed/set-aside/translation.${PARTITION}.${EVENT}/redeliver`, {});
  expect(answer).toMatchObject({
    status: 409,
    body: { message: expect.stringContaining('no consumer "translation"') },
  });
  expect((await admin.request('DELETE', `/feed/set-aside/translation.${PARTITION}.${EVENT}`)).status).toBe(204);
});

test('only administrators see and change the feed', async () => {
  const agent = await server.signIn();
  for (const path of ['/feed', '/feed/set-aside']) expect((await agent.request('GET', path)).status).toBe(403);
  expect((await agent.request('POST', `${PATH}/redeliver`, {})).status).toBe(403);
  expect((await agent.request('DELETE', PATH)).status).toBe(403);
});
