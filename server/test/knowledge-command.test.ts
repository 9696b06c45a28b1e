/** Imports articles from a folder, a file and an address into Redis, where a running server finds them. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { readKnowledgeCommand, runKnowledgeCommand } from '../src/cli/knowledge-command.ts';
import { readArticleSource } from '../src/knowledge/article-source.ts';
import { type ArticleStore, createArticleStore } from '../src/knowledge/article-store.ts';
import { createLog } from '../src/lib/log.ts';
import { portOf } from '../src/lib/port-of.ts';
import { connectRedis, type Redis } from '../src/lib/redis.ts';
import { createPrivateRedis } from '../src/local/private-redis.ts';
import { createRedisKeys } from '../src/store/keys.ts';

const folder = mkdtempSync(join(tmpdir(), 'firstword-knowledge-'));
const log = createLog('silent');
const server = createPrivateRedis({ dataDir: join(folder, 'data'), log });
let redis: Redis;
let store: ArticleStore;
const closing: (() => unknown)[] = [];

beforeAll(async () => {
  await server.ready;
  redis = await connectRedis(`unix://${server.path}`, 'commands', log);
});
beforeEach(() => {
  store = createArticleStore(redis, createRedisKeys(`test-${Math.random()}`));
});
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});
afterAll(async () => {
  redis.disconnect();
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function run(...args: string[]): Promise<string> {
  const lines: string[] = [];
  await runKnowledgeCommand(readKnowledgeCommand(args), {
    store,
    readSource: readArticleSource,
    say: (line) => lines.push(line),
  });
  return lines.join('\n');
}

function file(name: string, text: string): string {
  const path = join(folder, name);
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
  return `http://127.0.0.1:${portOf(http)}/articles.jsonl`;
}

const row = (id: string, body = 'Text.') => JSON.stringify({ id, title: `About ${id}`, body });

test('a folder of Markdown is imported, listed and removed', async () => {
  const articles = join(folder, 'articles');
  mkdirSync(articles, { recursive: true });
  writeFileSync(join(articles, 'README.md'), 'Not an article.');
  writeFileSync(join(articles, 'a.md'), '---\nid: a\ntitle: Returns\n---\n# One\nText.\n\n# Two\nMore.');
  expect(await run('import', articles, '--site', 'shop')).toMatch(
    /^Skipped README\.md: is about the folder\..*\nImported 1 article \(2 passages\) for shop, version [\w-]{12}\. Skipped 1\.$/,
  );
  expect(await run('list', '--site', 'shop')).toBe('a\tReturns');
  expect(await run('remove', '--site', 'shop')).toBe('Deleted the articles of shop.');
  await expect(run('list', '--site', 'shop')).rejects.toThrow('shop has no articles of its own.');
});

test('a second import replaces the first and changes the version', async () => {
  await run('import', file('first.jsonl', `${row('a')}\n${row('b')}`), '--site', 'shop');
  const version = await store.version('shop');
  await run('import', file('second.jsonl', row('c')), '--site', 'shop');
  expect((await store.load('shop'))?.map(({ id }) => id)).toEqual(['c']);
  expect(await store.version('shop')).not.toBe(version);
});

test('sites do not see each other’s articles', async () => {
  await run('import', file('a.jsonl', row('a')), '--site', 'one');
  expect(await store.load('two')).toBeUndefined();
  expect(await store.version('two')).toBeUndefined();
});

test('an invalid row and a duplicate id are reported and left out', async () => {
  const twice = `${row('x')}\n{}\n${row('x')}\n${row('y')}`;
  expect(await run('import', file('bad.jsonl', twice), '--site', 'shop')).toMatch(
    /^Skipped bad\.jsonl:2: has no text\nSkipped "About x": the id "x" is already taken\nImported 2 articles/,
  );
});

test('a source without any article changes nothing', async () => {
  await run('import', file('good.jsonl', row('kept')), '--site', 'shop');
  await expect(run('import', file('bad.jsonl', '{}'), '--site', 'shop')).rejects.toThrow('bad.jsonl:1: has no text');
  await expect(run('import', join(folder, 'nowhere'), '--site', 'shop')).rejects.toThrow('no such file or folder');
  expect((await store.load('shop'))?.map(({ id }) => id)).toEqual(['kept']);
});

test('an address on the same machine is allowed', async () => {
  const address = await serve((_, response) => response.end(row('far')));
  await run('import', address, '--site', 'shop');
  expect((await store.load('shop'))?.map(({ id }) => id)).toEqual(['far']);
});

test('redirects, large responses and private addresses are refused', async () => {
  let followed = false;
  const target = await serve((_, response) => {
    followed = true;
    response.end(row('x'));
  });
  const redirecting = await serve((_, response) => response.writeHead(302, { location: target }).end());
  await expect(run('import', redirecting, '--site', 'shop')).rejects.toThrow('answered with status 302');
  const large = await serve((_, response) => response.end('x'.repeat(1024 * 1024 + 1)));
  await expect(run('import', large, '--site', 'shop')).rejects.toThrow('the response is larger than 1 MB');
  await expect(run('import', 'https://169.254.169.254/', '--site', 'shop')).rejects.toThrow(
    'is not a public internet address',
  );
  expect(followed).toBe(false);
});

test.each([
  [['import', '--site', 'shop'], '`import` needs one argument: a folder, file or address'],
  [['list', 'x', '--site', 'shop'], '`list` needs no argument'],
  [['list'], '--site: is required. Use the id of a site'],
  [['list', '--site', 'No Site'], '--site: "No Site" is not a site id.'],
  [['fetch', '--site', 'shop'], '"fetch" is not a command.'],
  [['list', '--colour'], 'Unknown option'],
])('%j is refused with the reason', (args, message) => {
  expect(() => readKnowledgeCommand(args)).toThrow(message);
});
