/** A web process with everything that stores a visitor's data, what one visitor leaves in it, and a search for traces. */
import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { siteSchema } from '@firstword/shared/site';
import { erasureReportSchema } from '@firstword/shared/visitor-data';
import { silentLog } from '@firstword/testing/silent-log';
import { createTestDatabase, type TestDatabase } from '@firstword/testing/test-database';
import { SITE_ORIGIN, startTestServer, type TestServer } from '@firstword/testing/test-server';
import { connectWidget, type WidgetClient } from '@firstword/testing/widget-client';
import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { createApiTokens } from '../../src/agents/api-tokens.ts';
import { createTokenHash } from '../../src/lib/tokens.ts';
import { openRecords, type Records } from '../../src/records/records.ts';

const APP_SECRET = 'a secret of this test alone, long enough';

let database: TestDatabase;
export let records: Records;
let dataDir: string;
export let server: TestServer;
let token: string;
const clients: WidgetClient[] = [];

/** Call it once. Visitors are disconnected after each test. */
export function erasureInstallation(): void {
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
}

export async function connect(siteId = 'acme', more: object = {}, address?: string) {
  const client = await connectWidget(server.port, { site: siteId, ...more }, SITE_ORIGIN, address);
  clients.push(client);
  return client;
}
export async function request(path: string, body: object) {
  const response = await fetch(`http://127.0.0.1:${server.port}/api/v1${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { status: response.status, text: await response.text() };
}
export const eraseBy = async (ref: object) =>
  erasureReportSchema.parse(JSON.parse((await request('/visitors/erase', ref)).text));

/** Leaves the word in every kind of text. */
export async function leaveTraces(client: WidgetClient, word: string, address = '127.0.0.1') {
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
export async function tracesOf(word: string) {
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
