import { visitorExportSchema } from '@firstword/shared/visitor-data';
import { createLatch } from '@firstword/testing/latch';
import { addSecurityRow } from '@firstword/testing/security-row';
import { SITE_ORIGIN } from '@firstword/testing/test-server';
import { expect, test } from 'vitest';
import {
  connect,
  eraseBy,
  erasureInstallation,
  leaveTraces,
  records,
  request,
  server,
  tracesOf,
} from './erasure-installation.ts';

/** In every kind of text that a visitor leaves. */
const CANARY = 'quetzalfeather';
const EMAIL = `${CANARY}@mail.example`;

erasureInstallation();

test('nothing of an erased visitor is left, in Redis, the database or files, and nothing of another is gone', async ({
  task,
}) => {
  const [client, other] = [await connect(), await connect()];
  await leaveTraces(client, CANARY);
  await leaveTraces(other, 'bystander');
  const before = await tracesOf(CANARY);
  expect(before.found.length).toBeGreaterThan(8);

  const exported = visitorExportSchema.parse(JSON.parse((await request('/visitors/export', { email: EMAIL })).text));
  expect(exported).toMatchObject({
    visitors: [{ siteId: 'acme' }],
    conversations: [
      {
        preChat: { name: CANARY, email: EMAIL },
        files: [{ name: `${CANARY}.txt` }],
        tickets: [{ notes: [{ text: `${CANARY} called` }] }],
      },
    ],
  });
  expect(exported.conversations[0]?.calls[0]).toMatchObject({ modelId: expect.any(String), region: 'us-east' });
  const page = await request('/visitors/export?format=html', { email: EMAIL });
  expect(page.text).toContain(`Where is the ${CANARY} lamp?`);
  expect(page.text).not.toContain('bystander');

  const report = await eraseBy({ email: EMAIL.toUpperCase() });
  expect(report).toMatchObject({
    visitors: 1,
    removed: { conversations: 1, ratings: 2, files: 1, tickets: 1, sessions: 1 },
  });
  await expect.poll(async () => (await tracesOf(CANARY)).found).toEqual([]);
  const after = await tracesOf(CANARY);
  expect((await tracesOf('bystander')).found.length).toBeGreaterThan(8);
  expect(await eraseBy({ email: EMAIL })).toMatchObject({ visitors: 0, removed: { conversations: 0, messages: 0 } });
  addSecurityRow(task, {
    id: 'S37',
    tried: `a visitor with ${before.found.length} traces erased; ${after.scanned} keys files, rows and files scanned after a rewrite of Redis' log`,
    result: `${after.found.length} traces left; export complete`,
  });
});

test('the address of a visitor is stored nowhere', async ({ task }) => {
  const address = '203.0.113.77';
  await leaveTraces(await connect('acme', {}, address), 'wombatpouch', address);
  const redis = await server.redis.connect();
  for (const counts of ['address', 'opened', 'uploads'])
    await expect.poll(() => redis.keys(`test:{${counts}:acme:?*}:*`)).not.toEqual([]);
  const { found, scanned } = await tracesOf(address);
  expect(found).toEqual([]);
  addSecurityRow(task, {
    id: 'addresses kept',
    tried: `a message, a file, a hand-off and a rating of one address; ${scanned} keys files, rows and files scanned`,
    result: '0 of them have the address: limits of a day count keyed hashes',
  });
});

test('a page that is open starts over: its session has ended, and what it sends is not stored', async () => {
  const client = await connect();
  const resynced = createLatch();
  client.socket.on('resync', resynced.open);
  await client.send('Where is my lamp?');
  const { session, conversationId } = client.start;
  expect(await eraseBy({ session })).toMatchObject({ visitors: 1, removed: { conversations: 1, sessions: 1 } });
  await resynced.opened;
  expect(await client.send('Are you there?')).toMatchObject({ ok: false, code: 'not-found' });
  expect(await client.ask('pre-chat-set', { name: CANARY })).toMatchObject({ ok: false });
  await expect(connect('acme', { session })).rejects.toMatchObject({ refusal: { code: 'session-expired' } });
  expect(await records.archive.find(conversationId, ['acme'], { limit: 1 })).toBeUndefined();
});

test('an answer that is being written when its visitor is erased is not stored', async () => {
  const client = await connect();
  const release = server.endpoint.holdAfter(8);
  const word = 'axolotlgill';
  server.endpoint.script({ answer: `The ${word} lamp is on its way to you.` });
  await client.send(`Where is the ${word} lamp?`);
  await client.received(({ type }) => type === 'text-delta');
  await eraseBy({ session: client.start.session });
  release();
  await expect.poll(() => server.endpoint.openResponses()).toBe(0);
  await expect.poll(async () => (await tracesOf(word)).found).toEqual([]);
});

test('a visitor is erased on their own site alone, unless no site is given', async () => {
  const client = await connect();
  await client.send('Where is my lamp?');
  const { session } = client.start;
  expect(await eraseBy({ session, site: 'bank' })).toMatchObject({ visitors: 0 });
  expect((await request('/visitors/erase', { session, site: 'nowhere' })).status).toBe(404);
  expect((await request('/visitors/erase', { session, email: EMAIL })).status).toBe(400);
  expect(await eraseBy({ session, site: 'acme' })).toMatchObject({ visitors: 1 });
});

const query = ({ site, conversation }: { site: string; conversation: string | undefined }) =>
  new URLSearchParams({ site, ...(conversation !== undefined && { conversation }) });
const ownRequest = (what: string, session: string, site = 'acme', origin = SITE_ORIGIN, conversation?: string) =>
  fetch(`http://127.0.0.1:${server.port}/visitor-data/${what}?${query({ site, conversation })}`, {
    method: 'POST',
    headers: { origin, authorization: `Bearer ${session}` },
  });

test('a visitor gets and deletes their own data, and nothing of anyone else', async () => {
  const [client, other] = [await connect(), await connect()];
  await client.send('Where is my narwhal lamp?');
  await other.send('Where is my other lamp?');
  const { session, conversationId } = client.start;
  const archived = (id: string) => records.archive.find(id, ['acme'], { limit: 9 });
  await expect.poll(async () => (await archived(conversationId))?.messages.length).toBeGreaterThan(1);
  const page = await ownRequest('export', session);
  expect(page.headers.get('access-control-allow-origin')).toBe(SITE_ORIGIN);
  const text = await page.text();
  expect([text.includes('narwhal lamp'), text.includes('other lamp')]).toEqual([true, false]);
  expect(await (await ownRequest('erase', session)).json()).toMatchObject({ ok: true, removed: { conversations: 1 } });
  expect([(await ownRequest('export', session)).status, await archived(conversationId)]).toEqual([401, undefined]);
  expect((await ownRequest('export', other.start.session)).status).toBe(200);
});

test.each([
  ['without a session', 'export', 'acme', SITE_ORIGIN, 'nothing', 401],
  ['with the session of another site', 'erase', 'bank', SITE_ORIGIN, undefined, 401],
  ['from a page that the site does not allow', 'erase', 'acme', 'https://evil.example', undefined, 403],
] as const)('a request %s is refused', async (_name, what, site, origin, session, status) => {
  const client = await connect();
  const { status: given } = await ownRequest(what, session ?? client.start.session, site, origin);
  expect(given).toBe(status);
  expect(await client.send('Am I still here?')).toMatchObject({ ok: true });
});

test('a site may answer requests itself', async () => {
  const client = await connect('closed');
  expect(client.start.site).not.toHaveProperty('dataRequests');
  expect((await ownRequest('erase', client.start.session, 'closed')).status).toBe(404);
});

const eraseOwn = (session: string, conversation: string) =>
  ownRequest('erase', session, 'acme', SITE_ORIGIN, conversation);
const erasures = async () => (await records.audit.list({ action: 'erased', limit: 9 })).entries;

test('a visitor deletes one of their conversations, with its open ticket, and keeps the others', async () => {
  const client = await connect();
  await leaveTraces(client, 'okapistripe');
  const { session, conversationId } = client.start;
  const other = await connect('acme', { session, startNew: true });
  server.endpoint.reset();
  await other.send('Where is my other lamp?');
  const told = new Promise((resolve) => other.socket.once('other-erased', resolve));
  const report = await (await eraseOwn(session, conversationId)).json();
  expect(report).toMatchObject({ ok: true, removed: { conversations: 1, ratings: 2, files: 1, tickets: 1 } });
  expect(await told).toEqual({ conversationId });
  await expect.poll(async () => (await tracesOf('okapistripe')).found).toEqual([]);
  expect(await other.ask('conversations-read', {})).toMatchObject({ ok: true, conversations: [] });
  expect(await other.send('Are you there?')).toMatchObject({ ok: true });
  await expect.poll(erasures).toContainEqual(
    expect.objectContaining({
      actor: expect.objectContaining({ kind: 'visitor' }),
      target: { kind: 'conversation', id: conversationId },
    }),
  );
  // Once more: it is no longer theirs.
  expect((await eraseOwn(session, conversationId)).status).toBe(404);
});

test('the conversation that a visitor’s pages show is deleted: they continue in an empty one, in the same session', async () => {
  const client = await connect();
  const { session, conversationId } = client.start;
  await client.send('Where is my lamp?');
  const resynced = createLatch();
  client.socket.on('resync', resynced.open);
  expect((await eraseOwn(session, conversationId)).status).toBe(200);
  await resynced.opened;
  const again = await connect('acme', { session });
  expect(again.start).toMatchObject({ session, messages: [] });
  expect(again.start.conversationId).not.toBe(conversationId);
  expect(await again.send('A new question')).toMatchObject({ ok: true });
});

test('the conversation of another visitor, and a request that names none, delete nothing', async () => {
  const [client, other] = [await connect(), await connect()];
  for (const each of [client, other]) await each.send('Where is my lamp?');
  expect((await eraseOwn(client.start.session, other.start.conversationId)).status).toBe(404);
  expect((await eraseOwn(client.start.session, 'all')).status).toBe(400);
  expect((await eraseOwn(client.start.session, '')).status).toBe(400);
  for (const each of [client, other]) expect(await each.send('Am I still here?')).toMatchObject({ ok: true });
});
