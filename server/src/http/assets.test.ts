import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type IncomingMessage, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import express from 'express';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createAssets } from './assets.ts';

const LOADER = `/* loader */\n${'const launcher = 1;\n'.repeat(200)}`;
const PANEL = `/* panel */\n${'const panel = 1;\n'.repeat(200)}`;
const BROWSER = 'gzip, deflate, br, zstd';

let folder: string;
let server: Server;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'firstword-assets-'));
  const [widget, console] = [join(folder, 'widget'), join(folder, 'console')];
  for (const each of [widget, console]) await mkdir(join(each, 'assets'), { recursive: true });
  await writeFile(join(folder, 'secret.js'), PANEL);
  await writeFile(join(widget, 'widget.js'), LOADER);
  await writeFile(join(widget, 'assets', 'panel-1.js'), PANEL);
  await writeFile(join(widget, 'assets', 'texts-1.js'), 'export const small = 1;');
  await writeFile(join(console, 'index.html'), `<!doctype html>${'<p>Sign in</p>'.repeat(200)}`);
  await writeFile(join(console, 'assets', 'index-1.css'), 'p { color: red }\n'.repeat(200));
  const app = express();
  app.use(createAssets({ widget, console }));
  server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(async () => {
  server.close();
  await rm(folder, { recursive: true, force: true });
});

/** `fetch` would unpack what it gets. */
async function ask(path: string, headers: Record<string, string> = {}, method = 'GET') {
  const { port } = server.address() as AddressInfo;
  const asked = request({ host: '127.0.0.1', port, path, headers, method }).end();
  const [answer] = (await once(asked, 'response')) as [IncomingMessage];
  return { status: answer.statusCode, headers: answer.headers, body: await buffer(answer) };
}

test('a browser gets the loader packed by brotli, for five minutes and for any page', async () => {
  const { status, headers, body } = await ask('/widget.js', { 'accept-encoding': BROWSER });
  expect(status).toBe(200);
  expect(headers).toMatchObject({
    'content-encoding': 'br',
    'content-type': 'text/javascript; charset=utf-8',
    'content-length': String(body.length),
    'cache-control': 'public, max-age=300',
    'access-control-allow-origin': '*',
    vary: 'accept-encoding',
  });
  expect(brotliDecompressSync(body).toString()).toBe(LOADER);
});

test('who takes gzip alone gets gzip, and who takes neither gets the file as it is; both are told apart by caches', async () => {
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

test('each encoding has its own tag, and who holds it gets nothing a second time', async () => {
  const br = await ask('/assets/panel-1.js', { 'accept-encoding': 'br' });
  const gzip = await ask('/assets/panel-1.js', { 'accept-encoding': 'gzip' });
  expect(br.headers.etag).not.toBe(gzip.headers.etag);
  const again = await ask('/assets/panel-1.js', { 'accept-encoding': 'br', 'if-none-match': br.headers.etag ?? '' });
  expect(again.status).toBe(304);
  expect(again.body).toHaveLength(0);
  const other = await ask('/assets/panel-1.js', { 'accept-encoding': 'br', 'if-none-match': gzip.headers.etag ?? '' });
  expect(other.status).toBe(200);
});

test('HEAD says what GET would send, without sending it', async () => {
  const got = await ask('/widget.js', { 'accept-encoding': 'br' });
  const head = await ask('/widget.js', { 'accept-encoding': 'br' }, 'HEAD');
  for (const name of ['content-length', 'content-encoding', 'etag', 'vary'])
    expect(head.headers[name]).toBe(got.headers[name]);
  expect(head.body).toHaveLength(0);
});

test('a file of less than a kilobyte and a part of a file are sent as they are', async () => {
  const small = await ask('/assets/texts-1.js', { 'accept-encoding': BROWSER });
  expect([small.status, small.headers['content-encoding']]).toEqual([200, undefined]);
  const part = await ask('/assets/panel-1.js', { 'accept-encoding': BROWSER, range: 'bytes=3-7' });
  expect([part.status, part.headers['content-encoding'], part.body.toString()]).toEqual([206, undefined, 'panel']);
});

test('the console is packed too; its page is asked for anew each time', async () => {
  const page = await ask('/console/tickets/4', { 'accept-encoding': 'br' });
  expect(page.headers).toMatchObject({ 'content-encoding': 'br', 'cache-control': 'no-cache' });
  const style = await ask('/console/assets/index-1.css', { 'accept-encoding': 'br' });
  expect(style.headers).toMatchObject({ 'content-encoding': 'br', 'content-type': 'text/css; charset=utf-8' });
  expect(style.headers['access-control-allow-origin']).toBeUndefined();
});

test.each([
  '/assets/gone.js',
  '/assets/..%2f..%2fsecret.js',
  '/assets/%2e%2e/%2e%2e/secret.js',
  '/assets/.vite/manifest.json',
])('nothing is at %s', async (path) => {
  const { status } = await ask(path, { 'accept-encoding': 'br' });
  expect(status).toBeGreaterThanOrEqual(400);
});

test('a file that changes is packed anew', async () => {
  const path = join(folder, 'widget', 'widget.js');
  await writeFile(path, `${LOADER}// more`);
  const { body } = await ask('/widget.js', { 'accept-encoding': 'br' });
  expect(brotliDecompressSync(body).toString()).toContain('// more');
});
