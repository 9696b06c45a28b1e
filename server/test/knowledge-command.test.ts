/** Imports sources by the command into PostgreSQL, from where they are published to Redis for running servers. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { AuditEntry } from '@firstword/shared/audit';
import { type RedisServer, startRedisServer } from '@firstword/testing/redis-server';
import { silentLog } from '@firstword/testing/silent-log';
import { createTestDatabase, type TestDatabase } from '@firstword/testing/test-database';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { createCommandAudit } from '../src/cli/command-audit.ts';
import { readKnowledgeCommand } from '../src/cli/knowledge/read-arguments.ts';
import { type KnowledgeCommandParts, runKnowledgeCommand } from '../src/cli/knowledge/run-knowledge-command.ts';
import { type ArticleStore, createArticleStore } from '../src/knowledge/article-store.ts';
import { readArticleFile } from '../src/knowledge/read-articles.ts';
import { portOf } from '../src/lib/port-of.ts';
import { createDatabase, type Database } from '../src/records/database.ts';
import { createPostgresKnowledgeStore } from '../src/records/postgres-knowledge-store.ts';
import { openSources } from '../src/sources/open-sources.ts';
import { createRedisKeys } from '../src/store/keys.ts';

let folder: string;
let redis: RedisServer;
let given: TestDatabase;
let database: Database;
let articles: ArticleStore;
let parts: Omit<KnowledgeCommandParts, 'say'>;
let privateHosts: string[];
let audited: AuditEntry[] = [];
const closing: (() => unknown)[] = [];

beforeAll(async () => {
  redis = await startRedisServer();
});
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'firstword-knowledge-'));
  given = await createTestDatabase();
  database = createDatabase(given.url, silentLog);
  privateHosts = [];
  const store = createPostgresKnowledgeStore(database);
  articles = createArticleStore(await redis.connect(), createRedisKeys(`test-${Math.random()}`));
  const siteIds = ['shop', 'other'];
  const sources = openSources({ store, articles, siteIds: () => siteIds, privateHosts, log: silentLog });
  const readFile = (path: string) => readArticleFile(readFileSync(path), basename(path));
  audited = [];
  const audit = createCommandAudit({ add: async (entries) => void audited.push(...entries) });
  parts = { store, sources, siteIds, readFile, audit };
});
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
  await database.close();
  await given.drop();
  rmSync(folder, { recursive: true, force: true });
});
afterAll(() => redis.stop());

async function run(...args: string[]): Promise<string> {
  const lines: string[] = [];
  await runKnowledgeCommand(readKnowledgeCommand(args), { ...parts, say: (line) => lines.push(line) });
  return lines.join('\n');
}

function file(name: string, text: string): string {
  const path = join(folder, name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, text);
  return path;
}

async function serve(answer: RequestListener): Promise<string> {
  const http = createServer(answer);
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  closing.push(() => {
    http.closeAllConnections();
    http.close();
  });
  privateHosts.push(`127.0.0.1:${portOf(http)}`);
  return `http://127.0.0.1:${portOf(http)}/articles.jsonl`;
}

const row = (id: string, body = 'Text.') => JSON.stringify({ id, title: `About ${id}`, body });
const published = async (siteId = 'shop') => (await articles.load(siteId))?.map(({ id }) => id);

test('a folder of Markdown is imported, listed, published and removed', async () => {
  file('help/README.md', 'Not an article.');
  file('help/a.md', '---\nid: a\ntitle: Returns\n---\n# One\nText.\n\n# Two\nMore.');
  expect(await run('import', join(folder, 'help'), '--site', 'shop')).toMatch(
    /^Skipped README\.md: is about the folder\..*\nImported 1 article, version 1: 1 added, 0 changed, 0 removed\. Skipped 1\. Source \S+ of shop\.$/,
  );
  expect(await run('list', '--site', 'shop')).toBe('a\tReturns');
  expect(await run('sources', '--site', 'shop')).toMatch(/\tfolder\thelp\t1 article, version 1\tdone$/);
  expect(await published()).toEqual(['a']);
  expect(await run('remove', '--site', 'shop')).toBe('Deleted "help" of shop.');
  expect(await published()).toBeUndefined();
  await expect(run('list', '--site', 'shop')).rejects.toThrow('shop has no articles of its own.');
});

test('the languages of a folder stay articles of their own that know one another, also where they have one id', async () => {
  file('help/en/refund.md', '---\nid: refund\n---\n# Refunds\n\nA refund to your card takes nine days.');
  file('help/de/refund.md', '---\nid: refund\n---\n# Erstattung\n\nDie Erstattung auf Ihre Karte dauert neun Tage.');
  file('help/en/card.md', '# Cards\n\nThis is about your card.');
  expect(await run('import', join(folder, 'help'), '--site', 'shop')).toMatch(/^Imported 3 articles/);
  const found = (await articles.load('shop')) ?? [];
  expect(found.map(({ id, translation }) => [id, translation?.language])).toEqual([
    ['refund', 'de'],
    ['en/card', undefined],
    ['refund-en', 'en'],
  ]);
  const groups = new Set(found.flatMap(({ translation }) => translation?.group ?? []));
  expect([...groups]).toEqual([expect.stringMatching(/^\S+ refund$/)]);
  expect(await run('import', join(folder, 'help'), '--site', 'shop')).toContain('Nothing has changed');
});

test('the same place again replaces what it held, another place is another source, and neither reaches other sites', async () => {
  const path = file('faq.jsonl', `${row('a')}\n${row('b')}`);
  await run('import', path, '--site', 'shop');
  const version = await articles.version('shop');
  file('faq.jsonl', `${row('b', 'New.')}\n${row('c')}`);
  expect(await run('import', path, '--site', 'shop')).toContain('version 2: 1 added, 1 changed, 1 removed');
  expect(await articles.version('shop')).not.toBe(version);
  await run('import', file('more.jsonl', row('a')), '--site', 'shop');
  expect(await published()).toEqual(['b', 'c', 'a']);
  expect(await published('other')).toBeUndefined();
});

test('an import that changes nothing says so', async () => {
  const path = file('faq.jsonl', row('a'));
  await run('import', path, '--site', 'shop');
  expect(await run('import', path, '--site', 'shop')).toContain('Nothing has changed: 1 article, version 1.');
});

test('an invalid row and a duplicate id are reported and left out', async () => {
  const twice = `${row('x')}\n{}\n${row('x')}\n${row('y')}`;
  expect(await run('import', file('bad.jsonl', twice), '--site', 'shop')).toMatch(
    /^Skipped "About x": the id "x" is already taken\nSkipped bad\.jsonl:2: has no text\nImported 2 articles/,
  );
});

test('a source without any article fails and changes nothing', async () => {
  const path = file('faq.jsonl', row('kept'));
  await run('import', path, '--site', 'shop');
  file('faq.jsonl', '{}');
  await expect(run('import', path, '--site', 'shop')).rejects.toThrow('faq.jsonl:1: has no text');
  await expect(run('import', join(folder, 'nowhere'), '--site', 'shop')).rejects.toThrow('no such file or folder');
  expect(await published()).toEqual(['kept']);
});

test('a dry run says what would change and stores nothing', async () => {
  const path = file('faq.jsonl', row('a'));
  expect(await run('import', path, '--site', 'shop', '--dry-run')).toBe(
    'Would import 1 article for shop: 1 added, 0 changed, 0 removed. Nothing was stored.',
  );
  expect(await run('sources', '--site', 'shop')).toBe('shop has no sources.');
});

test('what a command changes is in the audit log, as done by the command line', async () => {
  const path = file('faq.jsonl', row('a'));
  await run('import', path, '--site', 'shop');
  file('faq.jsonl', [row('a'), row('b')].join('\n'));
  await run('import', path, '--site', 'shop', '--every', '24');
  await run('rollback', 'faq.jsonl', '1', '--site', 'shop');
  await run('add', file('own.md', '---\nid: own\ntitle: Ours\n---\nBy hand.'), '--site', 'shop');
  await run('remove-article', 'a', '--site', 'shop');
  await run('restore-article', 'a', '--site', 'shop');
  await run('remove', 'faq.jsonl', '--site', 'shop');
  await run('import', file('other.jsonl', row('c')), '--site', 'shop', '--dry-run');
  await run('list', '--site', 'shop').catch(() => '');
  expect(audited.map(({ after, target }) => `${after?.['change']}: ${target?.name ?? target?.id}`)).toEqual([
    'source added: faq.jsonl',
    'import started: faq.jsonl',
    'source changed: faq.jsonl',
    'import started: faq.jsonl',
    'rolled back: faq.jsonl',
    'article written: Ours',
    'article removed: a',
    'article restored: a',
    'source deleted: faq.jsonl',
  ]);
  for (const entry of audited)
    expect(entry).toMatchObject({ action: 'knowledge-changed', siteId: 'shop', actor: { name: 'Command line' } });
});

test('versions are listed and compared, and a roll-back makes an earlier one current', async () => {
  const path = file('faq.jsonl', row('a'));
  await run('import', path, '--site', 'shop');
  file('faq.jsonl', row('b'));
  await run('import', path, '--site', 'shop');
  expect(await run('diff', 'faq.jsonl', '1', '2', '--site', 'shop')).toBe('added\tb\tAbout b\nremoved\ta\tAbout a');
  expect(await run('rollback', 'faq.jsonl', '1', '--site', 'shop')).toBe(
    'Rolled back to version 1, as version 3: 1 added, 0 changed, 1 removed.',
  );
  expect(await published()).toEqual(['a']);
  expect(await run('versions', 'faq.jsonl', '--site', 'shop')).toMatch(
    /^3\t.*Rolled back to version 1\n2\t.*\n1\t.*1 added, 0 changed, 0 removed\tCommand line$/,
  );
  await expect(run('rollback', 'faq.jsonl', '9', '--site', 'shop')).rejects.toThrow('There is no version 9');
});

test('an article written or removed by hand stays so after the next import, until it is restored', async () => {
  const path = file('faq.jsonl', `${row('a', 'Imported.')}\n${row('b')}`);
  await run('import', path, '--site', 'shop');
  await run('add', file('own.md', '---\nid: a\ntitle: Ours\n---\nBy hand.'), '--site', 'shop');
  await run('remove-article', 'b', '--site', 'shop');
  await run('import', path, '--site', 'shop');
  expect((await articles.load('shop'))?.map(({ id, body }) => [id, body])).toEqual([['a', 'By hand.']]);
  expect(await run('list', '--site', 'shop')).toBe('a\tOurs\nb\tAbout b\tremoved by hand');
  await run('restore-article', 'a', '--site', 'shop');
  await run('restore-article', 'b', '--site', 'shop');
  expect((await articles.load('shop'))?.map(({ id, body }) => [id, body])).toEqual([
    ['a', 'Imported.'],
    ['b', 'Text.'],
  ]);
  await expect(run('remove-article', 'c', '--site', 'shop')).rejects.toThrow('shop has no article "c"');
});

test('what an earlier release has stored in Redis becomes a source, once', async () => {
  const stored = await redis.connect();
  const keys = createRedisKeys('test-earlier');
  articles = createArticleStore(stored, keys);
  const sources = openSources({ store: parts.store, articles, siteIds: () => ['shop'], privateHosts, log: silentLog });
  const old = [{ id: 'a', title: 'A', category: '', keywords: '', url: '', body: 'Old.' }];
  await stored.hset(keys.articles('shop'), { version: 'v1', articles: JSON.stringify(old) });
  await Promise.all([sources.publisher.sync(), sources.publisher.sync()]);
  await sources.publisher.sync();
  expect((await parts.store.listSources('shop')).map(({ name, articles: count }) => [name, count])).toEqual([
    ['Imported articles', 1],
  ]);
  expect(await articles.publication('shop')).toMatchObject({ isPublished: true });
  expect((await articles.load('shop'))?.[0]?.body).toBe('Old.');
  // An earlier release that still runs imports again.
  await stored.hset(keys.articles('shop'), {
    version: 'v2',
    articles: JSON.stringify([{ ...old[0], body: 'Newer.' }]),
  });
  await sources.publisher.sync();
  expect((await articles.load('shop'))?.[0]?.body).toBe('Newer.');
});

test('what is published survives the loss of either store', async () => {
  await run('import', file('faq.jsonl', row('a')), '--site', 'shop');
  await articles.remove('shop');
  await parts.sources.publisher.sync();
  expect(await published()).toEqual(['a']);
  const fresh = await createTestDatabase();
  const empty = createDatabase(fresh.url, silentLog);
  closing.push(async () => {
    await empty.close();
    await fresh.drop();
  });
  const store = createPostgresKnowledgeStore(empty);
  await openSources({ store, articles, siteIds: () => ['shop'], privateHosts, log: silentLog }).publisher.sync();
  expect(await published()).toEqual(['a']);
  expect(await store.listSources('shop')).toHaveLength(1);
});

test('an address is imported where its host is allowed, and refused otherwise', async () => {
  const address = await serve((_, response) => response.end(row('far')));
  await run('import', address, '--site', 'shop');
  expect(await published()).toEqual(['far']);
  privateHosts.length = 0;
  await expect(run('import', address, '--site', 'shop')).rejects.toThrow('the URL must begin with https://');
  await expect(run('import', 'https://169.254.169.254/', '--site', 'shop')).rejects.toThrow(
    'is not a public internet address',
  );
  expect(await published()).toEqual(['far']);
});

test('an unknown site is refused with the known ones', async () => {
  await expect(run('import', folder, '--site', 'others')).rejects.toThrow(
    'there is no site "others". The sites are: shop, other. Did you mean "other"?',
  );
});

test.each([
  [['import', '--site', 'shop'], '`import` has 0 arguments, and needs 1'],
  [['list', 'x', '--site', 'shop'], '`list` has 1 arguments, and needs none'],
  [['list'], '--site: is required. Use the id of a site'],
  [['list', '--site', 'No Site'], '--site: "No Site" is not a site id.'],
  [['fetch', '--site', 'shop'], '"fetch" is not a command.'],
  [['list', '--colour'], 'Unknown option'],
  [['list', '--site', 'shop', '--crawl'], '--crawl: belongs to `import`'],
  [['import', './help', '--site', 'shop', '--crawl'], '"./help" is not a URL'],
  [['import', 'https://shop.example', '--site', 'shop', '--pages', '9'], '--pages: needs --crawl or --sitemap'],
  [['import', 'https://shop.example', '--site', 'shop', '--crawl', '--include', 'docs'], 'must begin with / or *'],
  [['import', 'ftp://shop.example', '--site', 'shop'], 'must be an http(s) URL'],
])('%j is refused with the reason', (args, message) => {
  expect(() => readKnowledgeCommand(args)).toThrow(message);
});
