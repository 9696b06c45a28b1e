/** Imports pages from a real HTTP server: robots, redirects, loops, encodings, slow and huge pages, and what has changed. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import type { SourceOrigin } from '@firstword/shared/knowledge';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createLog } from '../src/lib/log.ts';
import { portOf } from '../src/lib/port-of.ts';
import type { KnowledgeStore } from '../src/records/knowledge-store.ts';
import { createMemoryKnowledgeStore } from '../src/records/memory-knowledge-store.ts';
import { createImporter } from '../src/sources/importer.ts';
import { createSourceReader } from '../src/sources/read-source.ts';
import type { WebClientSettings } from '../src/sources/web-client.ts';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

let origin: string;
let pages: Map<string, Answer>;
let asked: { path: string; headers: IncomingMessage['headers'] }[];
let store: KnowledgeStore;
let close: () => void;

beforeEach(async () => {
  pages = new Map();
  asked = [];
  store = createMemoryKnowledgeStore();
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    asked.push({ path, headers: request.headers });
    const answer = pages.get(path);
    if (answer === undefined) response.writeHead(404).end('Nothing here.');
    else answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${portOf(server)}`;
  close = () => {
    server.closeAllConnections();
    server.close();
  };
});
afterEach(() => close());

const html = (title: string, body = '', head = '') =>
  `<!doctype html><html><head><title>${title}</title>${head}</head><body><nav><a href="/">Start</a></nav><main><h1>${title}</h1><p>All about ${title}.</p>${body}</main></body></html>`;
const link = (...paths: string[]) => paths.map((path) => `<a href="${path}">Read on</a>`).join(' ');
function page(path: string, text: string | Buffer, headers: Record<string, string> = {}) {
  pages.set(path, (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...headers }).end(text);
  });
}
const redirect = (path: string, to: string, status = 302) =>
  pages.set(path, (_request, response) => void response.writeHead(status, { location: to }).end());
const readPaths = () => asked.map(({ path }) => path).filter((path) => path !== '/robots.txt');

type CrawlOrigin = Extract<SourceOrigin, { kind: 'crawl' }>;
const crawlOf = (more: Partial<CrawlOrigin> = {}): CrawlOrigin => ({
  kind: 'crawl',
  url: `${origin}/`,
  include: [],
  exclude: [],
  maxPages: 50,
  maxDepth: 5,
  delayMs: 0,
  ...more,
});

async function read(given: SourceOrigin, web: Partial<WebClientSettings> = {}, sourceId?: string) {
  const readSource = createSourceReader(store, { privateHosts: [new URL(origin).host], ...web });
  const importer = createImporter({ store, readSource, publish: async () => {}, log: createLog('silent') });
  const id = sourceId ?? (await store.addSource({ siteId: 'shop', name: 'Web', origin: given })).id;
  const run = await importer.start(id, 'Ada');
  await importer.idle();
  if (run === undefined || run === 'busy') throw new Error('The run did not start.');
  const ended = await store.loadRun(run.id);
  const source = await store.loadSource(id);
  const entries = (await store.loadEntries(id, source?.version ?? 0)) ?? [];
  const texts = await store.loadArticles(
    id,
    entries.flatMap(({ hash }) => hash ?? []),
  );
  const articles = entries.map(({ hash }) => JSON.parse(texts.get(hash ?? '') ?? '{}'));
  return { id, ended, ids: entries.map((entry) => entry.id), articles, problems: ended?.problemList ?? [] };
}

test('a crawl follows the links of its host, also in loops, and reads each page once', async () => {
  page('/', html('Start', link('/docs/a', '/docs/b/', 'https://elsewhere.example/x', '/logo.png', 'mailto:a@b.c')));
  page('/docs/a', html('A', link('/', '/docs/b/', '/docs/a#part', '/docs/a?utm_source=mail')));
  page('/docs/b/', html('B', link('../a')));
  const { ids, articles, ended, problems } = await read(crawlOf());
  expect(ids).toEqual(['index', 'docs/a', 'docs/b']);
  expect(articles[1]).toMatchObject({
    title: 'A',
    url: `${origin}/docs/a`,
    body: expect.stringContaining('All about A.'),
  });
  expect(articles[1].body).not.toContain('Start');
  expect([ended?.state, ended?.read, ended?.total, problems]).toEqual(['done', 3, 3, []]);
  expect(readPaths()).toEqual(['/', '/docs/a', '/docs/b/']);
});

test('robots.txt, include, exclude, depth and the limit of pages bound it', async () => {
  page('/robots.txt', 'User-agent: FirstwordBot\nDisallow: /private\n\nUser-agent: *\nDisallow: /', {
    'content-type': 'text/plain',
  });
  page('/', html('Start', link('/docs/a', '/docs/old/x', '/blog', '/private/x', '/docs/c', '/docs/d')));
  page('/docs/a', html('A', link('/docs/deep')));
  for (const path of ['/docs/c', '/docs/d', '/docs/deep']) page(path, html(path));
  const bounds = { include: ['/docs/*', '/private/*'], exclude: ['/docs/old'], maxPages: 3, maxDepth: 1 };
  const { ids, problems } = await read(crawlOf(bounds));
  expect(ids).toEqual(['index', 'docs/a', 'docs/c']);
  expect(problems).toEqual([
    `${origin}/private/x: robots.txt does not allow it to be read`,
    '1 more pages: the limit of 3 pages was reached. Raise it to read them.',
  ]);
  expect(asked[0]?.headers['user-agent']).toMatch(/^FirstwordBot /);
});

test('a robots.txt that its server fails to send, or that forbids the first page, ends the import', async () => {
  page('/', html('Start'));
  pages.set('/robots.txt', (_request, response) => void response.writeHead(503).end());
  expect((await read(crawlOf())).ended).toMatchObject({
    state: 'failed',
    error: expect.stringContaining('robots.txt'),
  });
  page('/robots.txt', 'User-agent: *\nDisallow: /');
  expect((await read(crawlOf())).ended).toMatchObject({ state: 'failed' });
  expect(readPaths()).toEqual([]);
});

test('redirects are followed inside the scope only, and a loop of them ends', async () => {
  page('/', html('Start', link('/moved', '/away', '/secret', '/circle')));
  redirect('/moved', '/new', 301);
  page('/new', html('New'));
  redirect('/away', 'http://169.254.169.254/latest/meta-data');
  redirect('/secret', `http://localhost:${new URL(origin).port}/new`);
  redirect('/circle', '/circle');
  const { ids, articles, problems } = await read(crawlOf());
  expect(ids).toEqual(['index', 'new']);
  expect(articles[1].url).toBe(`${origin}/new`);
  expect(problems).toEqual([
    `${origin}/away: redirects to http://169.254.169.254/latest/meta-data, which is on another host`,
    expect.stringMatching(/\/secret: redirects to .*, which is on another host$/),
    `${origin}/circle: redirects more than 5 times`,
  ]);
});

test('private addresses are refused, also where a redirect leads to them', async () => {
  redirect('/export.json', 'http://10.0.0.1/export.json');
  const url = `${origin}/export.json`;
  expect((await read({ kind: 'url', url })).ended?.error).toContain(
    'http://10.0.0.1: the URL must begin with https://',
  );
  redirect('/export.json', 'https://10.0.0.1/export.json');
  expect((await read({ kind: 'url', url })).ended?.error).toContain('10.0.0.1 is not a public internet address');
  expect((await read({ kind: 'url', url }, { privateHosts: [] })).ended?.error).toContain('must begin with https://');
  const named = 'https://localhost:1/';
  expect((await read({ kind: 'url', url: named }, { privateHosts: [] })).ended?.error).toContain('is not a public');
});

test('pages in other encodings and compressions are read, whatever their headers say', async () => {
  page('/', html('Start', link('/latin', '/wrong', '/gzip', '/cyrillic', '/liar')));
  page('/latin', Buffer.from(html('Rückgabe'), 'latin1'), { 'content-type': 'text/html; charset=ISO-8859-1' });
  page('/wrong', Buffer.from(html('Café'), 'utf8'), { 'content-type': 'text/html; charset=no-such-charset' });
  page('/gzip', gzipSync(html('Packed')), { 'content-encoding': 'gzip' });
  const cyrillic = Buffer.concat([
    Buffer.from('<meta charset="windows-1251"><title>'),
    Buffer.from([0xc2, 0xee, 0xe7, 0xe2, 0xf0, 0xe0, 0xf2]),
    Buffer.from('</title><p>Text'),
  ]);
  page('/cyrillic', cyrillic, { 'content-type': 'text/html' });
  page('/liar', html('Plain'), { 'content-encoding': 'gzip' });
  const { articles, problems } = await read(crawlOf());
  expect(articles.map(({ title }) => title)).toEqual(['Start', 'Rückgabe', 'Café', 'Packed', 'Возврат']);
  expect(problems).toEqual([expect.stringMatching(/\/liar: incorrect header check/)]);
});

test('slow, huge, broken and empty pages are named, and the others are imported', async () => {
  page('/', html('Start', link('/slow', '/huge', '/bomb', '/reset', '/empty', '/gone', '/broken', '/good')));
  pages.set('/slow', (_request, response) => void response.writeHead(200).write('<p>'));
  page('/huge', `<p>${'x'.repeat(200_000)}`);
  page('/bomb', gzipSync(Buffer.alloc(5_000_000)), { 'content-encoding': 'gzip' });
  pages.set('/reset', (request) => void request.socket.destroy());
  page('/empty', '<html><body><script>app()</script></body></html>');
  pages.set('/broken', (_request, response) => void response.writeHead(500).end());
  page('/good', html('Good'));
  const { ids, problems } = await read(crawlOf(), { pageMs: 1000, maxBytes: 100_000 });
  expect(ids).toEqual(['index', 'good']);
  const reasons = new Map(problems.map((text) => [/:\d+\/(\w+)/.exec(text)?.[1], text.replace(/^\S+ /, '')]));
  expect(Object.fromEntries(reasons)).toEqual({
    slow: 'no complete response within 1 s',
    huge: expect.stringMatching(/^is larger than/),
    bomb: expect.stringMatching(/^is larger than/),
    reset: expect.stringMatching(/socket|closed|reset/i),
    empty: 'has no text',
    gone: 'the server answered with status 404',
    broken: 'the server answered with status 500',
  });
});

test('canonical URLs name an article once, and noindex and nofollow are respected', async () => {
  const canonical = `<link rel="canonical" href="/guide">`;
  page('/', html('Start', link('/guide?from=a', '/guide?from=b', '/hidden', '/stop')));
  page('/guide?from=a', html('Guide', '', canonical));
  page('/guide?from=b', html('Guide', '', canonical));
  page('/guide', html('Guide', '', canonical));
  page('/hidden', html('Hidden', link('/found'), '<meta name="robots" content="noindex">'));
  page('/stop', html('Stop', link('/never'), '<meta name="robots" content="nofollow">'));
  page('/found', html('Found', '', '<link rel="canonical" href="https://elsewhere.example/found">'));
  const { ids, articles, problems } = await read(crawlOf());
  expect(ids.sort()).toEqual(['found', 'guide', 'index', 'stop']);
  expect(articles.find(({ id }) => id === 'found').url).toBe(`${origin}/found`);
  expect(problems).toEqual([`${origin}/hidden: asks not to be indexed (robots meta)`]);
  expect(readPaths()).not.toContain('/never');
});

test('a later import asks only for what has changed, and says so when nothing has', async () => {
  let etag = '"1"';
  pages.set('/', (request, response) => {
    if (request.headers['if-none-match'] === etag) response.writeHead(304).end();
    else response.writeHead(200, { 'content-type': 'text/html', etag }).end(html(`Start ${etag}`, link('/a')));
  });
  const modified = 'Wed, 21 Oct 2026 07:28:00 GMT';
  pages.set('/a', (request, response) => {
    if (request.headers['if-modified-since'] === modified) response.writeHead(304).end();
    else response.writeHead(200, { 'content-type': 'text/html', 'last-modified': modified }).end(html('A'));
  });
  const first = await read(crawlOf());
  const second = await read(crawlOf(), {}, first.id);
  expect(second.ended).toMatchObject({ state: 'unchanged', read: 2, problems: 0 });
  etag = '"2"';
  const third = await read(crawlOf(), {}, first.id);
  expect(third.ended).toMatchObject({ state: 'done', added: 0, changed: 1, removed: 0 });
  expect(third.ids).toEqual(['index', 'a']);
});

test('a page that is away keeps what was read before, one that is gone is removed, a site that is away changes nothing', async () => {
  page('/', html('Start', link('/away', '/gone')));
  page('/away', html('Away', link('/below')));
  page('/below', html('Below'));
  page('/gone', html('Gone'));
  const first = await read(crawlOf());
  pages.set('/away', (_request, response) => void response.writeHead(502).end());
  pages.set('/gone', (_request, response) => void response.writeHead(410).end());
  const second = await read(crawlOf(), {}, first.id);
  expect(second.ids.sort()).toEqual(['away', 'below', 'index']);
  expect(second.problems).toEqual([
    `${origin}/away: the server answered with status 502; what the last import read is kept`,
    `${origin}/gone: the server answered with status 410`,
  ]);
  pages.clear();
  const third = await read(crawlOf(), {}, first.id);
  expect(third.ended).toMatchObject({ state: 'failed', error: `${origin}/: the server answered with status 404` });
  expect(third.ids.sort()).toEqual(['away', 'below', 'index']);
});

test('a server that asks for a pause gets it, once', async () => {
  let answers = 0;
  pages.set('/', (_request, response) => {
    answers += 1;
    if (answers === 1) response.writeHead(429, { 'retry-after': '1' }).end();
    else response.writeHead(200, { 'content-type': 'text/html' }).end(html('Start'));
  });
  expect((await read(crawlOf())).ids).toEqual(['index']);
});

test('a sitemap is read with its parts, compressed ones and lists, and a broken part is named', async () => {
  const index = `<?xml version="1.0"?><sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
    <sitemap><loc>${origin}/sitemap-a.xml.gz</loc></sitemap>
    <sitemap><loc> ${origin}/sitemap-b.txt </loc></sitemap>
    <sitemap><loc>${origin}/sitemap-c.xml</loc></sitemap>
    <sitemap><loc>${origin}/sitemap.xml</loc></sitemap></sitemapindex>`;
  page('/sitemap.xml', index, { 'content-type': 'application/xml' });
  const urls = `<urlset xmlns:image="x"><url><loc>${origin}/a?x=1&amp;y=2</loc><image:loc>${origin}/b.png</image:loc></url></urlset>`;
  page('/sitemap-a.xml.gz', gzipSync(urls), { 'content-type': 'application/gzip' });
  page('/sitemap-b.txt', `${origin}/b\nhttps://elsewhere.example/c\n`, { 'content-type': 'text/plain' });
  page('/sitemap-c.xml', '<html>Not found</html>');
  page('/a?x=1&y=2', html('A', link('/not-in-the-sitemap')));
  page('/b', html('B'));
  const { kind: _, maxDepth: __, ...scope } = crawlOf();
  const named = await read({ ...scope, kind: 'sitemap', url: `${origin}/sitemap.xml` });
  expect([named.ids, named.problems]).toEqual([
    ['a?x=1&y=2', 'b'],
    [`${origin}/sitemap-c.xml: is not a sitemap with pages`],
  ]);
  page('/robots.txt', `Sitemap: ${origin}/sitemap-b.txt`);
  const found = await read({ ...scope, kind: 'sitemap', url: `${origin}/` });
  expect([found.ids, found.ended?.total]).toEqual([['b'], 1]);
});

test('an export behind an address is read by its type', async () => {
  page('/api/articles', JSON.stringify({ articles: [{ id: 7, title: 'Refunds', body: '<p>Nine days.</p>' }] }), {
    'content-type': 'application/json; charset=utf-8',
  });
  const { articles } = await read({ kind: 'url', url: `${origin}/api/articles` });
  expect(articles).toMatchObject([{ id: '7', title: 'Refunds', body: 'Nine days.' }]);
});

test('a crawl that is stopped leaves the version before', async () => {
  page('/', html('Start', link('/slow')));
  const first = await read(crawlOf());
  let reached = () => {};
  const isReached = new Promise<void>((resolve) => {
    reached = resolve;
  });
  pages.set('/slow', () => reached());
  page('/', html('Changed', link('/slow')));
  const readSource = createSourceReader(store, { privateHosts: [new URL(origin).host] });
  const importer = createImporter({
    store,
    readSource,
    publish: async () => {},
    log: createLog('silent'),
    reportMs: 20,
  });
  const run = await importer.start(first.id, 'Ada');
  await isReached;
  expect(run !== undefined && run !== 'busy' && (await store.requestStop(run.id))).toBe(true);
  await importer.idle();
  expect(await store.loadSource(first.id)).toMatchObject({ version: 1, lastRun: { state: 'cancelled' } });
});
