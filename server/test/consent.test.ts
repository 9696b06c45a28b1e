import { randomUUID } from 'node:crypto';
import { siteSchema } from '@firstword/shared/site';
import { recordsBeside } from '@firstword/testing/test-records';
import { SITE_ORIGIN, startTestServer, type TestServer } from '@firstword/testing/test-server';
import { connectWidget, type WidgetClient } from '@firstword/testing/widget-client';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';

const consent = { version: '2026-05', text: 'We store what you write.' };
const site = (version: string) =>
  siteSchema.parse({
    ...{ id: 'acme', name: 'Acme', allowedOrigins: [SITE_ORIGIN], answerWhileTyping: 'answer' },
    ...{ consent: { ...consent, version }, preChat: { name: 'optional' }, uploads: { types: ['txt'] } },
  });

let server: TestServer;
const clients: WidgetClient[] = [];
beforeAll(async () => {
  server = await startTestServer({ sites: [site(consent.version)] });
});
afterEach(() => {
  for (const client of clients.splice(0)) client.close();
});
afterAll(() => server.stop());

async function connect(session?: string, port = server.port) {
  const client = await connectWidget(port, { site: 'acme', ...(session && { session }) });
  clients.push(client);
  return client;
}
async function upload({ start }: WidgetClient) {
  const query = new URLSearchParams({ site: 'acme', id: randomUUID(), name: 'a.txt' });
  const headers = { origin: SITE_ORIGIN, authorization: `Bearer ${start.session}` };
  return (await fetch(`http://127.0.0.1:${server.port}/files?${query}`, { method: 'POST', headers, body: 'A' })).status;
}
const needed = { ok: false, code: 'bad-message', message: expect.stringContaining('consent') };

test('nothing that a visitor writes is accepted before they agree', async () => {
  const client = await connect();
  expect(client.start.site.preChat).toEqual({ name: 'optional', consent });
  expect(await client.send('Where is my lamp?')).toMatchObject(needed);
  expect(await client.ask('person-request', {})).toMatchObject(needed);
  expect(await client.ask('draft', { text: 'Where is it?' })).toMatchObject({ ok: false });
  expect(await client.ask('pre-chat-set', { name: 'Ada' })).toMatchObject(needed);
  expect(await client.ask('pre-chat-set', { consent: '2025-01' })).toMatchObject(needed);
  expect(await upload(client)).toBe(400);
  expect((await connect(client.start.session)).start.lastSeq).toBe(0);
  expect(server.endpoint.requests).toEqual([]);
});

test('what they agreed to is kept with its version and time, and holds in every tab', async () => {
  const [client, before] = [await connect(), Date.now()];
  const other = await connect(client.start.session);
  expect(await client.ask('pre-chat-set', { name: 'Ada', consent: consent.version })).toEqual({ ok: true });
  for (const tab of [client, other]) expect(await tab.send('Where is my lamp?')).toMatchObject({ ok: true });
  expect(await upload(client)).toBe(201);
  const again = await connect(client.start.session);
  expect(again.start.site).not.toHaveProperty('preChat');
  const { archive } = recordsBeside(server.redis.url);
  await expect
    .poll(async () => (await archive.find(client.start.conversationId, ['acme'], { limit: 1 }))?.preChat)
    .toEqual({ name: 'Ada', consent: { version: consent.version, at: expect.any(Number) } });
  const stored = (await archive.find(client.start.conversationId, ['acme'], { limit: 1 }))?.preChat?.consent?.at;
  expect(stored).toBeGreaterThanOrEqual(before);
});

test('after a change of the text, visitors are asked again, and their name stays', async () => {
  const client = await connect();
  await client.ask('pre-chat-set', { name: 'Ada', consent: consent.version });
  await client.send('Where is my lamp?');
  const { redis, endpoint } = server;
  const next = await startTestServer({ redis, endpointServer: endpoint, sites: [site('2026-06')] });
  const returned = await connect(client.start.session, next.port);
  expect(returned.start.site.preChat).toEqual({ consent: { ...consent, version: '2026-06' } });
  expect(await returned.send('And now?')).toMatchObject(needed);
  expect(await returned.ask('pre-chat-set', { consent: '2026-06' })).toEqual({ ok: true });
  expect(await returned.send('And now?')).toMatchObject({ ok: true });
  await expect
    .poll(async () => {
      const found = await next.records.archive.find(client.start.conversationId, ['acme'], { limit: 1 });
      return [found?.preChat?.name, found?.preChat?.consent?.version];
    })
    .toEqual(['Ada', '2026-06']);
  returned.close();
  await next.stop();
});
