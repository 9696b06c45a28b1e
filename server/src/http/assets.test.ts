import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type IncomingMessage, request, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, brotliDecompressSync, gunzipSync } from 'node:zlib';
import { MARKS_PLACE, siteMark } from '@firstword/shared/site-mark';
import express from 'express';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { portOf } from '../lib/port-of.ts';
import { createAssets } from './assets.ts';
import { proactiveMarks } from './proactive-sites.ts';

const LOADER = `/* loader */\nconst marks = '${MARKS_PLACE}';\n${'const launcher = 1;\n'.repeat(200)}`;
const PANEL = `/* panel */\n${'const panel = 1;\n'.repeat(200)}`;
const BROWSER = 'gzip, deflate, br, zstd';

let folder: string;
const archived = new Map([['widget panel-0.js', brotliCompressSync('export const old = 1;')]]);
let server: Server;
/** Of the sites that have proactive messages. */
let marks = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'firstword-assets-'));
  const [widget, console] = [join(folder, 'widget'), join(folder, 'console')];
  for (const each of [widget, console]) await mkdir(join(each, 'assets'), { recursive: true });
  await writeFile(join(folder, 'secret.js'), PANEL);
  await writeFile(join(widget, 'widget.js'), LOADER);
  await writeFile(join(widget, 'assets', 'panel-1.js'), PANEL);
  await writeFile(join(widget, 'assets', 'texts-1.js'), 'export const small = 1;');
  await writeFile(join(console, 'index.html'), '<!doctype html><script src="./assets/index-1.js"></script>');
  await writeFile(join(console, 'assets', 'index-1.css'), 'p { color: red }\n'.repeat(200));
  for (const each of [widget, console]) compress(each);
  const app = express();
  const archive = { find: async (part: string, name: string) => archived.get(`${part} ${name}`) };
  app.use(createAssets({ widget, console }, archive, () => marks));
  server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(async () => {
  server.close();
  await rm(folder, { recursive: true, force: true });
});

/** As the builds do. */
function compress(built: string): void {
  execFileSync(process.execPath, [fileURLToPath(new URL('../../../scripts/compress.mjs', import.meta.url)), built]);
}

/** `fetch` would decompress the body. */
async function ask(path: string, headers: Record<string, string> = {}, method = 'GET') {
  const port = portOf(server);
  const asked = request({ host: '127.0.0.1', port, path, headers, method }).end();
  const [answer] = (await once(asked, 'response')) as [IncomingMessage];
  return { status: answer.statusCode, headers: answer.headers, body: await buffer(answer) };
}

test('the loader is served with brotli, cached without ever delaying a page, and usable by any page', async () => {
  const { status, headers, body } = await ask('/widget.js', { 'accept-encoding': BROWSER });
  expect(status).toBe(200);
  expect(headers).toMatchObject({
    'content-encoding': 'br',
    'content-type': 'text/javascript; charset=utf-8',
    'content-length': String(body.length),
    'cache-control': 'public, max-age=60, stale-while-revalidate=240',
    'access-control-allow-origin': '*',
    vary: 'Accept-Encoding',
  });
  expect(brotliDecompressSync(body).toString()).toBe(LOADER);
});

test('gzip is served where brotli is refused, the plain file where both are, and caches keep them apart', async () => {
  const gzip = await ask('/assets/panel-1.js', { 'accept-encoding': 'gzip, br;q=0' });
  const plain = await ask('/assets/panel-1.js');
  expect(gzip.headers['content-encoding']).toBe('gzip');
  expect(gunzipSync(gzip.body).toString()).toBe(PANEL);
  expect(plain.headers['content-encoding']).toBeUndefined();
  expect(plain.body.toString()).toBe(PANEL);
  for (const { headers } of [gzip, plain]) {
    expect(headers.vary?.toLowerCase()).toBe('accept-encoding');
    expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
  }
  expect(gzip.headers.etag).not.toBe(plain.headers.etag);
});

test('each encoding has its own ETag, and a request with that ETag is answered with 304', async () => {
  const br = await ask('/assets/panel-1.js', { 'accept-encoding': 'br' });
  const gzip = await ask('/assets/panel-1.js', { 'accept-encoding': 'gzip' });
  expect(br.headers.etag).not.toBe(gzip.headers.etag);
  const again = await ask('/assets/panel-1.js', { 'accept-encoding': 'br', 'if-none-match': br.headers.etag ?? '' });
  expect(again.status).toBe(304);
  expect(again.body).toHaveLength(0);
  const other = await ask('/assets/panel-1.js', { 'accept-encoding': 'br', 'if-none-match': gzip.headers.etag ?? '' });
  expect(other.status).toBe(200);
});

test('HEAD answers with the headers of GET and no body', async () => {
  const got = await ask('/widget.js', { 'accept-encoding': 'br' });
  const head = await ask('/widget.js', { 'accept-encoding': 'br' }, 'HEAD');
  for (const name of ['content-length', 'content-encoding', 'etag', 'vary'])
    expect(head.headers[name]).toBe(got.headers[name]);
  expect(head.body).toHaveLength(0);
});

test('a file of less than a kilobyte is not compressed', async () => {
  const small = await ask('/assets/texts-1.js', { 'accept-encoding': BROWSER });
  expect([small.status, small.headers['content-encoding']]).toEqual([200, undefined]);
});

test.each(['bytes=3-7', 'bytes=-5', 'bytes=7-3', 'bytes=99999-', 'words'])(
  'a range (%s) is answered with the whole file',
  async (range) => {
    const { status, headers, body } = await ask('/assets/panel-1.js', { range });
    expect([status, headers['content-range'], body.toString()]).toEqual([200, undefined, PANEL]);
  },
);

test('the console is compressed, too, and browsers revalidate its page each time', async () => {
  const page = await ask('/console/tickets/4', { 'accept-encoding': 'br' });
  expect(page.headers).toMatchObject({ 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-cache' });
  const style = await ask('/console/assets/index-1.css', { 'accept-encoding': 'br' });
  expect(style.headers).toMatchObject({ 'content-encoding': 'br', 'content-type': 'text/css; charset=utf-8' });
  expect(style.headers['access-control-allow-origin']).toBeUndefined();
});

test.each(['/console', '/console/', '/console/cost', '/console/tickets/4', '/console/tickets/4/'])(
  'the page %s names its files relative to itself, so that it works below any path',
  async (path) => {
    const { body } = await ask(path);
    const [, file = ''] = /src="([^"]+)"/.exec(body.toString()) ?? [];
    expect(new URL(file, `https://shop.example/support${path}`).pathname).toBe('/support/console/assets/index-1.js');
  },
);

test.each([
  '/assets/gone.js',
  '/assets/..%2f..%2fsecret.js',
  '/assets/%2e%2e/%2e%2e/secret.js',
  '/assets/.vite/manifest.json',
  '/console/assets/gone.js',
])('nothing is at %s', async (path) => {
  const { status } = await ask(path, { 'accept-encoding': 'br' });
  expect(status).toBeGreaterThanOrEqual(400);
});

test('a file of an earlier build is served from the archive, compressed or not, and only to the part it belongs to', async () => {
  const packed = await ask('/assets/panel-0.js', { 'accept-encoding': 'gzip, br' });
  expect(packed.headers).toMatchObject({
    'content-encoding': 'br',
    'content-type': 'text/javascript; charset=utf-8',
    'cache-control': 'public, max-age=31536000, immutable',
    'access-control-allow-origin': '*',
  });
  expect(brotliDecompressSync(packed.body).toString()).toBe('export const old = 1;');
  const plain = await ask('/assets/panel-0.js', { 'accept-encoding': 'gzip' });
  expect([plain.headers['content-encoding'], plain.body.toString()]).toEqual([undefined, 'export const old = 1;']);
  const other = await ask('/console/assets/panel-0.js');
  expect([other.status, other.headers['cache-control']]).toEqual([404, 'no-store']);
});

test('the loader names the sites that have proactive messages, in every encoding and from the next request on', async () => {
  const before = await ask('/widget.js', { 'accept-encoding': 'br' });
  marks = proactiveMarks(
    new Map([
      ['shop', { proactiveMessages: [{ id: 'hello' }] }],
      ['quiet', { proactiveMessages: [] }],
    ]),
  );
  const named = LOADER.replace(MARKS_PLACE, ` ${siteMark('shop')}`);
  expect(named).not.toContain(siteMark('quiet'));
  const br = await ask('/widget.js', { 'accept-encoding': BROWSER });
  const gzip = await ask('/widget.js', { 'accept-encoding': 'gzip' });
  const plain = await ask('/widget.js');
  expect(brotliDecompressSync(br.body).toString()).toBe(named);
  expect(gunzipSync(gzip.body).toString()).toBe(named);
  expect(plain.body.toString()).toBe(named);
  expect(br.headers).toMatchObject({
    'content-encoding': 'br',
    'content-type': 'text/javascript; charset=utf-8',
    'cache-control': 'public, max-age=60, stale-while-revalidate=240',
    'access-control-allow-origin': '*',
    vary: 'Accept-Encoding',
  });
  expect(new Set([before, br, gzip, plain].map(({ headers }) => headers.etag)).size).toBe(4);
  const again = await ask('/widget.js', { 'accept-encoding': 'br', 'if-none-match': br.headers.etag ?? '' });
  expect([again.status, again.body.length]).toEqual([304, 0]);
  marks = '';
  const after = await ask('/widget.js', { 'accept-encoding': 'br' });
  expect(after.headers.etag).toBe(before.headers.etag);
});

test('a server of very many sites with messages does not list them: every page asks', () => {
  const site = { proactiveMessages: [{ id: 'hello' }] };
  const many = new Map(Array.from({ length: 101 }, (_, at) => [`site-${at}`, site]));
  expect(proactiveMarks(many)).toBe('*');
});

test('a new build is served without a restart', async () => {
  await writeFile(join(folder, 'widget', 'widget.js'), `${LOADER}// more`);
  compress(join(folder, 'widget'));
  const { body } = await ask('/widget.js', { 'accept-encoding': 'br' });
  expect(brotliDecompressSync(body).toString()).toContain('// more');
});
