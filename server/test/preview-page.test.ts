import { startTestServer, type TestServer } from '@firstword/testing/test-server';
import { connectWidget } from '@firstword/testing/widget-client';
import { afterAll, beforeAll, expect, test } from 'vitest';

let server: TestServer;
let origin = '';
const page = async (path: string, cookie = '') => {
  const response = await fetch(origin + path, { headers: { cookie } });
  return { status: response.status, text: await response.text(), cache: response.headers.get('cache-control') };
};
async function signIn(): Promise<string> {
  const token = await server.firstRun();
  const response = await fetch(`${origin}/api/v1/first-run`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin },
    body: JSON.stringify({ token, email: 'agent@shop.example', name: 'First agent', password: 'a long enough one' }),
  });
  return response.headers.getSetCookie()[0]?.split(';')[0] ?? '';
}

beforeAll(async () => {
  server = await startTestServer();
  origin = `http://localhost:${server.port}`;
});
afterAll(() => server.stop());

test('the page at / shows no site before someone signs in', async () => {
  const { status, text } = await page('/');
  expect(status).toBe(200);
  expect(text).toContain('href="./console"');
  expect(text).not.toMatch(/acme|widget\.js/);
});

test('a signed-in administrator sees the widget of each site, with the tag for its pages', async () => {
  const cookie = await signIn();
  const first = await page('/', cookie);
  expect(first.text).toContain('<script async src="./widget.js" data-site="acme" data-open></script>');
  expect(first.text).toContain(`src="${origin}/widget.js" data-site="acme"&gt;`);
  expect(first.cache).toBe('private, no-store');
  expect((await page('/?site=other', cookie)).text).toContain('data-site="other" data-open');
  expect((await page('/?site="><img>', cookie)).text).not.toContain('<img>');
});

test("the server's own pages may open every site's chat, other pages may not", async () => {
  const client = await connectWidget(server.port, { site: 'other' }, origin);
  client.close();
  await expect(connectWidget(server.port, { site: 'other' }, 'https://elsewhere.example')).rejects.toThrow();
});
