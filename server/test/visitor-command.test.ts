import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { siteSchema } from '@firstword/shared/site';
import { silentLog } from '@firstword/testing/silent-log';
import { SITE_ORIGIN, startTestServer, type TestServer } from '@firstword/testing/test-server';
import { connectWidget } from '@firstword/testing/widget-client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createCommandAudit } from '../src/cli/command-audit.ts';
import { readRecordsCommand, runRecordsCommand } from '../src/cli/records/records-command.ts';
import { createTokenHash } from '../src/lib/tokens.ts';
import { createRedisKeys } from '../src/store/keys.ts';
import { createVisitorData } from '../src/visitor-data.ts';
import { createWebFileStore } from '../src/web/web-files.ts';

const APP_SECRET = 'a secret of this test alone, long enough';
let folder: string;
let server: TestServer;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'firstword-visitor-command-'));
  const sites = [
    siteSchema.parse({ id: 'acme', name: 'Acme', allowedOrigins: [SITE_ORIGIN], uploads: { types: ['txt'] } }),
  ];
  server = await startTestServer({ dataDir: folder, appSecret: APP_SECRET, sites });
});
afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

async function run(...args: string[]): Promise<string[]> {
  const redis = await server.redis.connect();
  const keys = createRedisKeys('test');
  const files = createWebFileStore(redis, keys, { filesDir: join(folder, 'files'), clamdUrl: undefined }, new Map());
  const lines: string[] = [];
  const { records } = server;
  const data = createVisitorData({
    redis,
    keys,
    records,
    files,
    tokenHash: createTokenHash(APP_SECRET),
    log: silentLog,
  });
  await runRecordsCommand(readRecordsCommand(args), {
    ...{ redis, keys, families: [], log: silentLog },
    visitors: () => ({ data, files, siteIds: ['acme'], audit: createCommandAudit(records.audit) }),
    say: (line) => void lines.push(line),
  });
  return lines;
}

test('a request for data is answered with one command, and one for erasure with another', async () => {
  const client = await connectWidget(server.port);
  const { session, conversationId } = client.start;
  await client.send('Where is my lamp?');
  const query = new URLSearchParams({ site: 'acme', id: randomUUID(), name: 'lamp.txt' });
  const headers = { origin: SITE_ORIGIN, authorization: `Bearer ${session}` };
  await fetch(`http://127.0.0.1:${server.port}/files?${query}`, { method: 'POST', headers, body: 'A lamp' });
  const archived = () => server.records.archive.find(conversationId, ['acme'], { limit: 9 });
  await expect.poll(async () => (await archived())?.messages.length).toBeGreaterThan(2);

  const out = join(folder, 'request');
  expect(await run('export', `--session=${session}`, '--out', out)).toEqual([
    `${out}: 1 conversations of 1 visitors, 1 files`,
  ]);
  expect((await readdir(out)).toSorted()).toEqual(['files', 'visitor.html', 'visitor.json']);
  expect(await readFile(join(out, 'visitor.json'), 'utf8')).toContain('Where is my lamp?');
  const [sent = ''] = await readdir(join(out, 'files'));
  expect(await readFile(join(out, 'files', sent), 'utf8')).toBe('A lamp');

  expect(await run('erase', `--session=${session}`)).toEqual(
    expect.arrayContaining(['visitors: 1 found', 'conversations: 1 erased', 'files: 1 erased', 'sessions: 1 erased']),
  );
  const { entries } = await server.records.audit.list({ limit: 10 });
  const visitor = { kind: 'visitor', id: expect.any(String) };
  const actor = { kind: 'operator', name: 'Command line' };
  const told = entries.filter((entry) => entry.actor.kind === 'operator');
  expect(told.map(({ action }) => action)).toEqual(['erased', 'exported']);
  for (const entry of told) expect(entry).toMatchObject({ actor, target: visitor });
  expect(await archived()).toBeUndefined();
  expect(await readdir(join(folder, 'files'))).toEqual([]);
  client.close();
});

test.each([
  [['erase'], 'Give exactly one of visitorId, email and session'],
  [['erase', '--email', 'a@mail.example', '--visitor', 'v'], 'Give exactly one of visitorId, email and session'],
  [['erase', '--email', 'not-an-address'], 'is not an e-mail address'],
  [['erase', 'a@mail.example'], 'names a visitor by an option'],
  [['export', '--visitor', 'v'], 'needs a folder to write to'],
])('%j is refused', (args, message) => {
  expect(() => readRecordsCommand(args)).toThrow(message);
});

test('a site that does not exist is refused before anything is erased', async () => {
  await expect(run('erase', '--visitor', 'v', '--site', 'amce')).rejects.toThrow('there is no site "amce". Use acme.');
});
