import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { siteSchema } from '@firstword/shared/site';
import { erasureReportSchema, visitorExportSchema } from '@firstword/shared/visitor-data';
import { createLatch } from '@firstword/testing/latch';
import { addSecurityRow } from '@firstword/testing/security-row';
import { silentLog } from '@firstword/testing/silent-log';
import { createTestDatabase, type TestDatabase } from '@firstword/testing/test-database';
import { SITE_ORIGIN, startTestServer, type TestServer } from '@firstword/testing/test-server';
import { connectWidget, type WidgetClient } from '@firstword/testing/widget-client';
import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { createApiTokens } from '../../src/agents/api-tokens.ts';
import { createTokenHash } from '../../src/lib/tokens.ts';
import { openRecords, type Records } from '../../src/records/records.ts';

const APP_SECRET = 'a secret of this test alone, long enough';
/** In every kind of text that a visitor leaves. */
const CANARY = 'quetzalfeather';
const EMAIL = `${CANARY}@mail.example`;

let database: TestDatabase;
let records: Records;
let dataDir: string;
let server: TestServer;
let token: string;
const clients: WidgetClient[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  records = await openRecords({ url: database.url, localeOf: () => 'en', log: silentLog });
  dataDir = await mkdtemp(join(tmpdir(), 'firstword-erasure-'));
  const site = {
    allowedOrigins: [SITE_ORIGIN],
    uploads: { types: ['txt'] },
    preChat: { name: 'optional', email: 'optional' },
  };
  server = await startTestServer({
    records,
    dataDir,
    appSecret: APP_SECRET,
    trustProxy: 'loopback',
    sites: [
      ...['acme', 'bank'].map((id) => siteSchema.parse({ id, name: id, ...site })),
      siteSchema.parse({ id: 'closed', name: 'Closed', ...site, dataRequests: false }),
    ],
  });
  token = (await createApiTokens(records.apiTokens, createTokenHash(APP_SECRET)).add('Requests', 'write')).token;
});
afterEach(() => {
  server.endpoint.reset();
  for (const client of clients.splice(0)) client.close();
});
afterAll(async () => {
  await server.stop();
  await records.close();
  await database.drop();
  await rm(dataDir, { recursive: true, force: true });
});

async function connect(siteId = 'acme', more: object = {}, address?: string) {
  const client = await connectWidget(server.port, { site: siteId, ...more }, SITE_ORIGIN, address);
  clients.push(client);
  return client;
}
async function request(path: string, body: object) {
  const response = await fetch(`http://127.0.0.1:${server.port}/api/v1${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { status: response.status, text: await response.text() };
}
const eraseBy = async (ref: object) =>
  erasureReportSchema.parse(JSON.parse((await request('/visitors/erase', ref)).text));

/** Leaves the word in every kind of text. */
async function leaveTraces(client: WidgetClient, word: string, address = '127.0.0.1') {
  expect(await client.ask('pre-chat-set', { name: word, email: `${word}@mail.example` })).toEqual({ ok: true });
  server.endpoint.script({ answer: `About ${word} nothing is known.` });
  const sent = await client.send(`Where is the ${word} lamp?`);
  const turnId = sent.ok ? sent.turnId : '';
  await client.received((event) => event.type === 'turn-end' && event.turnId === turnId);
  const answer = client.messages.at(-1)?.id;
  expect(await client.ask('rating-set', { messageId: answer, value: 'down', reason: `${word} is wrong` })).toEqual({
    ok: true,
  });
  expect(await client.ask('conversation-rate', { score: 2, comment: `Bad ${word}` })).toEqual({ ok: true });
  const query = new URLSearchParams({ site: 'acme', id: randomUUID(), name: `${word}.txt` });
  const { status } = await fetch(`http://127.0.0.1:${server.port}/files?${query}`, {
    method: 'POST',
    headers: {
      ...{ origin: SITE_ORIGIN, authorization: `Bearer ${client.start.session}` },
      'x-forwarded-for': address,
    },
    body: `The file of ${word}`,
  });
  expect(status).toBe(201);
  const handOff = await client.ask<{ ticketId: string }>('person-request', {});
  const ticketId = handOff.ok ? handOff.ticketId : '';
  await expect.poll(() => records.tickets.find(ticketId)).toBeDefined();
  const noted = await request(`/tickets/${ticketId}/note`, {
    text: `${word} called`,
    idempotencyKey: randomUUID(),
    expectedVersion: 1,
  });
  expect(noted.status).toBe(200);
  const { conversationId } = client.start;
  await expect
    .poll(async () => (await records.archive.find(conversationId, ['acme'], { limit: 9 }))?.messages.length)
    .toBeGreaterThan(3);
  await expect.poll(async () => (await records.usage.callsOf(conversationId, 9)).length).toBeGreaterThan(0);
}

/** Where the word stands: in Redis' files after a rewrite, in any column of the database, in files and their names. */
async function tracesOf(word: string) {
  const redis = await server.redis.connect();
  await redis.bgrewriteaof();
  await expect.poll(async () => (await redis.info('persistence')).includes('aof_rewrite_in_progress:0')).toBe(true);
  const found: string[] = [];
  let scanned = 0;
  const scan = (place: string, text: string) => {
    scanned += 1;
    if (text.includes(word)) found.push(place);
  };
  for (const folder of [join(server.redis.folder, 'appendonlydir'), join(dataDir, 'files')])
    for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
      scan(`name ${entry.name}`, entry.name);
      if (entry.isFile()) scan(entry.name, await readFile(join(entry.parentPath, entry.name), 'utf8'));
    }
  const client = new Client({ connectionString: database.url });
  await client.connect();
  const { rows: tables } = await client.query(`SELECT tablename FROM pg_tables WHERE schemaname = 'public'`);
  for (const { tablename } of tables) {
    const { rows } = await client.query(`SELECT t::text AS row FROM "${tablename}" t`);
    for (const { row } of rows) scan(`table ${tablename}`, row);
  }
  await client.end();
  return { found, scanned };
}

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
