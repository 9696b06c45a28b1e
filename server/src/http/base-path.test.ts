import { once } from 'node:events';
import { createServer } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { portOf } from '../lib/port-of.ts';
import { basePathOf, removeBasePath } from './base-path.ts';

const server = createServer((request, response) => void response.end(request.url));
let url = '';
beforeAll(async () => {
  removeBasePath(server, '/support');
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${portOf(server)}`;
});
afterAll(() => server.close());

test.each([
  [undefined, ''],
  ['https://support.example', ''],
  ['https://shop.example/support/', '/support'],
  ['https://shop.example/a/b', '/a/b'],
])('the base path of %s is "%s"', (publicUrl, path) => {
  expect(basePathOf(publicUrl)).toBe(path);
});

test.each([
  ['/support/widget.js', '/widget.js'],
  ['/support/socket.io/?EIO=4', '/socket.io/?EIO=4'],
  ['/support', '/'],
  ['/support?q=refund', '/?q=refund'],
  // A proxy that removes the path itself, and health checks that go around the proxy.
  ['/health/ready', '/health/ready'],
  ['/supporters', '/supporters'],
])('%s is served as %s', async (asked, served) => {
  expect(await (await fetch(url + asked)).text()).toBe(served);
});
