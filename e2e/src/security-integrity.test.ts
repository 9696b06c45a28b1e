/** The loader with `integrity`, in Chromium on a page of another origin: the right one runs, an altered one does not. */
import { createServer } from 'node:http';
import { join } from 'node:path';
import { readWidgetLoader } from '@firstword/server/http/widget-loader';
import { siteSchema } from '@firstword/shared/site';
import { sharedBrowser } from '@firstword/testing/browser';
import { listenLocally } from '@firstword/testing/listen-locally';
import { addSecurityRow } from '@firstword/testing/security-row';
import { startTestServer } from '@firstword/testing/test-server';
import { expect, onTestFinished, test } from 'vitest';

const dist = (workspace: string) => join(import.meta.dirname, '../..', workspace, 'dist');

test('a page runs the loader whose hash it names, and refuses it when one byte differs', async ({ task }) => {
  const loader = await readWidgetLoader(dist('widget'));
  if (loader === undefined) throw new Error('the widget is not built');
  const page = await (await sharedBrowser()).newPage();
  onTestFinished(() => page.close());
  const errors: string[] = [];
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  const requests: string[] = [];
  page.on('request', (request) => requests.push(new URL(request.url()).host));

  let tag = '';
  const host = createServer((_request, response) =>
    response.setHeader('content-type', 'text/html').end(`<!doctype html><title>A page</title>${tag}`),
  );
  const origin = `http://127.0.0.1:${await listenLocally(host)}`;
  onTestFinished(() => void host.close());
  const server = await startTestServer({
    folders: { widget: dist('widget'), console: dist('console') },
    sites: [siteSchema.parse({ id: 'acme', name: 'Acme', allowedOrigins: [origin] })],
  });
  onTestFinished(() => server.stop());
  const address = `http://127.0.0.1:${server.port}`;
  const tagWith = (integrity: string) =>
    `<script async src="${address}${loader.path}" integrity="${integrity}" crossorigin="anonymous" data-site="acme" data-open></script>`;

  const served = await fetch(`${address}${loader.path}`);
  expect(served.headers.get('cache-control')).toContain('immutable');
  expect((await fetch(`${address}/widget-0000000000000000.js`)).status).toBe(404);

  tag = tagWith(loader.integrity);
  await page.goto(origin);
  await page.getByRole('textbox').waitFor();
  expect(errors).toEqual([]);
  const others = requests.filter((each) => ![new URL(origin).host, new URL(address).host].includes(each));
  expect(others).toEqual([]);

  await page.route(`**${loader.path}`, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `${await response.text()} ` });
  });
  await page.goto(origin, { waitUntil: 'load' });
  await expect.poll(() => errors.join(' ')).toContain('integrity');
  expect(await page.getByRole('textbox').count()).toBe(0);
  addSecurityRow(task, {
    id: 'S35',
    tried: 'the versioned loader with its sha384 on a page of another origin, then with one byte more',
    result: `1 ran, 1 refused; ${others.length} requests to third parties`,
  });
});
