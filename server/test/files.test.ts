import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FILE_TYPES, fileTypeOf, plainName } from '@firstword/shared/files';
import { siteSchema } from '@firstword/shared/site';
import { EMAIL, PASSWORD } from '@firstword/testing/console-agents';
import { SITE_ORIGIN, startTestServer, type TestServer } from '@firstword/testing/test-server';
import { connectWidget, type WidgetClient } from '@firstword/testing/widget-client';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createFileStore } from '../src/store/file-store.ts';
import { createRedisKeys } from '../src/store/keys.ts';

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, 1, 2, 3]);
const PDF = Buffer.from('%PDF-1.7\n% and so on\n%%EOF');
const site = { id: 'acme', name: 'Acme', allowedOrigins: [SITE_ORIGIN] };

let server: TestServer;
let dataDir: string;
const clients: WidgetClient[] = [];
const connect = async (auth?: unknown) => {
  const client = await connectWidget(server.port, auth);
  clients.push(client);
  return client;
};
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'firstword-files-'));
  server = await startTestServer({
    dataDir,
    sites: [
      siteSchema.parse({ ...site, uploads: { maxMb: 0.1, types: Object.keys(FILE_TYPES) } }),
      siteSchema.parse({ ...site, id: 'pictures', uploads: { types: ['png'] } }),
      siteSchema.parse({ ...site, id: 'none' }),
    ],
  });
});
afterEach(() => {
  server.endpoint.reset();
  for (const client of clients.splice(0)) client.close();
});
afterAll(async () => {
  await server.stop();
  await rm(dataDir, { recursive: true, force: true });
});

interface Sent {
  site?: string;
  id?: string;
  token?: string;
  origin?: string;
}
async function send(client: WidgetClient, name: string, bytes: Buffer | string, sent: Sent = {}) {
  const { id = randomUUID(), token = client.start.session, origin = SITE_ORIGIN } = sent;
  const query = new URLSearchParams({ site: sent.site ?? 'acme', id, name });
  const response = await fetch(`http://127.0.0.1:${server.port}/files?${query}`, {
    method: 'POST',
    headers: { origin, authorization: `Bearer ${token}`, 'content-type': 'application/octet-stream' },
    body: new Uint8Array(Buffer.from(bytes)),
  });
  return {
    status: response.status,
    body: (await response.json()) as Record<string, unknown>,
    headers: response.headers,
  };
}
async function sentFile(client: WidgetClient, name = 'photo.png', bytes: Buffer | string = PNG) {
  expect(await send(client, name, bytes)).toMatchObject({ status: 201, body: { ok: true } });
  await expect.poll(() => client.messages.at(-1)?.file?.name).toBe(name);
  const file = client.messages.at(-1)?.file;
  return `/files/${client.start.conversationId}/${file?.id}`;
}
const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(`http://127.0.0.1:${server.port}${path}`, { headers });
const asVisitor = ({ start }: WidgetClient) => ({ authorization: `Bearer ${start.session}` });

test('an uploaded file becomes a message with its name, and its visitor can download it', async () => {
  const client = await connect();
  const path = await sentFile(client);
  expect(client.messages.at(-1)).toMatchObject({
    seq: 1,
    from: 'visitor',
    text: '[file: photo.png, image/png, 1 KB]',
    file: { name: 'photo.png', type: 'image/png', size: PNG.length },
  });
  const response = await get(`${path}?site=acme`, asVisitor(client));
  expect(Buffer.from(await response.arrayBuffer())).toEqual(PNG);
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'content-type': 'image/png',
    'content-disposition': "inline; filename*=UTF-8''photo.png",
    'content-security-policy': "default-src 'none'; sandbox",
    'x-content-type-options': 'nosniff',
    'cache-control': 'private, no-store',
  });
  const text = await get(`${await sentFile(client, 'a note.txt', 'Grüße')}?site=acme`, asVisitor(client));
  expect(text.headers.get('content-disposition')).toBe("attachment; filename*=UTF-8''a%20note.txt");
});

test('models receive only a file’s name, type and size', async () => {
  server.endpoint.script({ answer: 'You have 30 days [1].' });
  const client = await connect();
  await sentFile(client, 'invoice.pdf', PDF);
  await client.send('May I return it?');
  await client.received(({ type }) => type === 'turn-end');
  const asked = JSON.stringify(server.endpoint.requests.findLast(({ isTriage }) => !isTriage)?.body.messages);
  expect(asked).toContain('[file: invoice.pdf, application/pdf, 1 KB]');
  expect(asked).not.toContain('%PDF');
});

test.each([
  ['page.html', '<!doctype html>', 415, 'type'],
  ['drawing.svg', '<svg xmlns="http://www.w3.org/2000/svg"/>', 415, 'type'],
  ['run.exe', 'MZ', 415, 'type'],
  ['no-ending', PNG, 415, 'type'],
  ['photo.png.html', PNG, 415, 'type'],
  ['photo.png', '<svg onload=alert(1)>', 415, 'content'],
  ['photo.jpg', PNG, 415, 'content'],
  ['photo.webp', 'RIFF0000WAVE0000', 415, 'content'],
  ['paper.pdf', ' %PDF-1.7', 415, 'content'],
  ['letter.docx', Buffer.concat([Buffer.from('PK\x03\x04'), Buffer.alloc(400)]), 415, 'content'],
  ['table.xlsx', Buffer.concat([Buffer.from('PK\x03\x04'), Buffer.from('word/document.xml, padded')]), 415, 'content'],
  ['note.txt', '\n <html><script>', 415, 'content'],
  ['note.txt', Buffer.from([0x61, 0xff, 0xfe]), 415, 'content'],
  ['note.txt', 'a\0b', 415, 'content'],
  ['empty.txt', '', 415, 'content'],
  ['large.txt', 'x'.repeat(110_000), 413, 'too-large'],
])('%s is refused', async (name, bytes, status, code) => {
  const client = await connect();
  expect(await send(client, name, bytes)).toMatchObject({ status, body: { ok: false, code } });
  expect(client.messages).toEqual([]);
  const left = await readdir(join(dataDir, 'files', client.start.conversationId)).catch(() => []);
  expect(left).toEqual([]);
});

test('a body without Content-Length is rejected at the size limit', async () => {
  const client = await connect();
  const query = new URLSearchParams({ site: 'acme', id: randomUUID(), name: 'long.txt' });
  const body = new ReadableStream({
    start(controller) {
      for (let piece = 0; piece < 4; piece++) controller.enqueue(new TextEncoder().encode('x'.repeat(40_000)));
      controller.close();
    },
  });
  const response = await fetch(`http://127.0.0.1:${server.port}/files?${query}`, {
    method: 'POST',
    headers: { origin: SITE_ORIGIN, ...asVisitor(client) },
    body,
    duplex: 'half',
  } as RequestInit);
  expect(response.status).toBe(413);
});

test('a file of another conversation is not found, for any kind of request', async () => {
  const [owner, other] = [await connect(), await connect()];
  const path = await sentFile(owner);
  const fileId = path.split('/').at(-1);
  expect((await get(`${path}?site=acme`, asVisitor(other))).status).toBe(404);
  expect((await get(`${path}?site=acme`)).status).toBe(404);
  expect((await get(`${path}?site=pictures`, asVisitor(owner))).status).toBe(404);
  expect((await get(path, { cookie: `firstword-agent=${'a'.repeat(43)}` })).status).toBe(404);
  const own = `/files/${other.start.conversationId}`;
  for (const trick of [
    `${own}/${fileId}`,
    `${own}/..%2F${owner.start.conversationId}%2F${fileId}`,
    `${own}/..%2f..%2f..%2fetc%2fpasswd`,
    `${own}/%2e%2e`,
    `/files/..%2f../${fileId}`,
  ])
    expect((await get(`${trick}?site=acme`, asVisitor(other))).status, trick).toBe(404);
});

test('only signed-in agents can download it', async () => {
  const path = await sentFile(await connect());
  const link = await server.firstRun();
  const origin = `http://127.0.0.1:${server.port}`;
  const made = await fetch(`${origin}/api/v1/first-run`, {
    method: 'POST',
    headers: { origin, 'content-type': 'application/json' },
    body: JSON.stringify({ token: link, email: EMAIL, name: 'An agent', password: PASSWORD }),
  });
  const cookie = made.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  expect((await get(path, { cookie })).status).toBe(200);
  expect((await get(path)).status).toBe(404);
  const { entries } = await server.records.audit.list({ limit: 9, action: 'conversation-read' });
  expect(entries.map(({ actor, target }) => [actor.name, target?.id])).toEqual([['An agent', path.split('/')[2]]]);
});

test('an upload needs a valid session, an allowed origin and a site that accepts files', async () => {
  const client = await connect();
  expect(await send(client, 'a.png', PNG, { token: 'x'.repeat(43) })).toMatchObject({ status: 401 });
  expect(await send(client, 'a.png', PNG, { origin: 'https://evil.example' })).toMatchObject({ status: 403 });
  expect(await send(client, 'a.png', PNG, { site: 'pictures' })).toMatchObject({ status: 401 });
  expect(await send(client, 'a.png', PNG, { id: '../1' })).toMatchObject({ status: 400 });
  expect(await send(await connect({ site: 'none' }), 'a.png', PNG, { site: 'none' })).toMatchObject({ status: 404 });
  const pictures = await connect({ site: 'pictures' });
  expect(await send(pictures, 'a.pdf', PDF, { site: 'pictures' })).toMatchObject({ status: 415 });
  const { headers } = await send(pictures, 'a.png', PNG, { site: 'pictures' });
  expect(headers.get('access-control-allow-origin')).toBe(SITE_ORIGIN);
});

test.each([
  [SITE_ORIGIN, SITE_ORIGIN],
  ['https://evil.example', null],
])('a preflight request from %s gets CORS headers only if its origin is allowed', async (origin, allowed) => {
  const { status, headers } = await fetch(`http://127.0.0.1:${server.port}/files?site=acme`, {
    method: 'OPTIONS',
    headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization' },
  });
  expect(status).toBe(204);
  expect(headers.get('access-control-allow-origin')).toBe(allowed);
  expect(headers.get('access-control-allow-headers') !== null).toBe(allowed !== null);
  expect(headers.get('vary')).toContain('origin');
});

test('a repeated upload has one effect', async () => {
  const client = await connect();
  const id = randomUUID();
  const twice = await Promise.all([send(client, 'a.png', PNG, { id }), send(client, 'a.png', PNG, { id })]);
  expect(await send(client, 'a.png', PNG, { id })).toMatchObject({ body: { ok: true, seq: 1 } });
  expect(twice.map(({ body }) => body['seq'])).toEqual([1, 1]);
  expect(client.messages).toHaveLength(1);
  expect(await readdir(join(dataDir, 'files', client.start.conversationId))).toHaveLength(1);
});

test('a visitor who sends too many files is rate-limited', async () => {
  const client = await connect();
  const codes: unknown[] = [];
  for (let file = 0; file < 11; file++) codes.push((await send(client, `${file}.png`, PNG)).status);
  expect(codes).toEqual([...Array(10).fill(201), 429]);
});

describe('the store', () => {
  const bytes = async function* () {
    yield PNG;
  };
  const wanted = { name: 'a.png', types: ['png' as const], maxBytes: 1000 };

  test('stores a limited number of files for each conversation', async () => {
    const folder = join(dataDir, randomUUID());
    const keys = createRedisKeys('limit');
    const store = createFileStore(await server.redis.connect(), keys, { folder, filesMax: 2, graceMs: 0 });
    const conversationId = randomUUID();
    const kinds = await Promise.all([1, 2, 3].map(() => store.save(conversationId, wanted, bytes())));
    expect(kinds.map(({ kind }) => kind).toSorted()).toEqual(['stored', 'stored', 'too-many']);
    expect(await readdir(join(folder, conversationId))).toHaveLength(2);
  });

  test('shows a held file to its agent alone until a reply carries it', async () => {
    const keys = createRedisKeys('held');
    const folder = join(dataDir, randomUUID());
    const store = createFileStore(await server.redis.connect(), keys, { folder, filesMax: 2, graceMs: 0 });
    const conversationId = randomUUID();
    const saved = await store.save(conversationId, { ...wanted, heldBy: 'agent' }, bytes());
    const id = saved.kind === 'stored' ? saved.file.id : '';
    const found = async (agentId?: string) => (await store.find(conversationId, id, agentId)) !== undefined;
    expect([await found(), await found('other'), await found('agent')]).toEqual([false, false, true]);
    expect([await store.list(conversationId), await store.read(conversationId, id)]).toEqual([[], undefined]);
    const into = { agentId: 'agent', replyId: 'reply' };
    expect(await store.release(conversationId, [id, randomUUID()], into)).toBeUndefined();
    expect(await store.release(conversationId, [id], { ...into, agentId: 'other' })).toBeUndefined();
    expect(await store.release(conversationId, [id], into)).toMatchObject([{ id, name: 'a.png' }]);
    expect(await store.release(conversationId, [id], into)).toMatchObject([{ id }]);
    expect(await store.areHeld(conversationId, [id], { ...into, replyId: 'another' })).toBe(false);
    expect([await found(), await store.read(conversationId, id)]).toEqual([true, PNG]);
  });

  test('deletes the files of a deleted conversation, and no others', async () => {
    const folder = join(dataDir, randomUUID());
    const keys = createRedisKeys('sweep');
    const redis = await server.redis.connect();
    const store = createFileStore(redis, keys, { folder, filesMax: 2, graceMs: 60_000 });
    const [kept, deleted, fresh] = [randomUUID(), randomUUID(), randomUUID()];
    for (const id of [kept, deleted, fresh]) await store.save(id, wanted, bytes());
    await redis.hset(keys.head(kept), 'seq', 1);
    const before = new Date(Date.now() - 120_000);
    for (const id of [kept, deleted]) await utimes(join(folder, id), before, before);
    await store.sweep();
    expect((await readdir(folder)).toSorted()).toEqual([kept, fresh].toSorted());
  });

  test('deletes files after the time of their site, and leaves the conversation and those of other sites', async () => {
    const folder = join(dataDir, randomUUID());
    const keys = createRedisKeys('old-files');
    const redis = await server.redis.connect();
    let now = Date.now();
    const dayMs = 24 * 3_600_000;
    const keepMs = (siteId: string) => (siteId === 'short' ? 7 * dayMs : undefined);
    const store = createFileStore(redis, keys, { folder, filesMax: 2, graceMs: dayMs, keepMs, now: () => now });
    const [short, long] = [randomUUID(), randomUUID()];
    await redis.hset(keys.head(short), 'site', 'short');
    await redis.hset(keys.head(long), 'site', 'long');
    for (const id of [short, long]) expect(await store.save(id, wanted, bytes())).toMatchObject({ kind: 'stored' });
    now += 6 * dayMs;
    await store.sweep();
    expect([(await store.list(short)).length, (await store.list(long)).length]).toEqual([1, 1]);
    now += 2 * dayMs;
    await store.sweep();
    expect([await store.list(short), await readdir(join(folder, short))]).toEqual([[], []]);
    expect([(await store.list(long)).length, await redis.exists(keys.head(short))]).toEqual([1, 1]);
  });
});

test.each([
  ['../../etc/passwd.png', 'passwd.png'],
  ['C:\\Windows\\photo.png', 'photo.png'],
  ['..', 'file'],
  ['.htaccess.txt', 'htaccess.txt'],
  ['photo\u202egnp.exe', 'photo gnp.exe'],
  ['a\r\nset-cookie: b.txt', 'a set-cookie b.txt'],
  ['[file] "x".pdf', 'file x .pdf'],
  [`${'ü'.repeat(300)}.png`, `${'ü'.repeat(96)}.png`],
])('the name %j is kept as %j', (given, kept) => {
  expect(plainName(given)).toBe(kept);
});

test('the file type is the part after the last dot', () => {
  expect(fileTypeOf('a.PNG', ['png'])).toBe('png');
  expect(fileTypeOf('a.png.html', ['png'])).toBeUndefined();
  expect(fileTypeOf('png', ['png'])).toBeUndefined();
});

test.each([
  [{ types: ['svg'] }, 'Invalid option: expected one of "png"|"jpeg"'],
  [{ types: [] }, 'Too small'],
  [{ maxMb: 500 }, 'Too big: expected number to be <=25'],
  [{ folder: '/' }, 'Unrecognized key: "folder"'],
])('the setting %j is refused with an explanation', (uploads, words) => {
  const { error } = siteSchema.safeParse({ ...site, uploads });
  expect(error?.issues.map(({ message }) => message).join()).toContain(words);
});
