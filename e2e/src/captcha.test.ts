/** The captcha of a provider in the widget, on a page with a strict Content Security Policy. */
import { createServer } from 'node:http';
import { join } from 'node:path';
import { defaultConfig } from '@firstword/server/config/config';
import { siteSchema } from '@firstword/shared/site';
import { sharedBrowser } from '@firstword/testing/browser';
import { type CaptchaProvider, startCaptchaProvider } from '@firstword/testing/captcha-provider';
import { listenLocally } from '@firstword/testing/listen-locally';
import { startTestServer } from '@firstword/testing/test-server';
import type { Locator, Page } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';

const dist = (workspace: string) => join(import.meta.dirname, '../..', workspace, 'dist');

interface Visit {
  readonly page: Page;
  readonly provider: CaptchaProvider;
  readonly errors: readonly string[];
  /** Addresses that the page has requested. */
  readonly requested: readonly string[];
}

/** A visitor whose address is beyond its first limit of messages. */
async function visit(locale = 'en'): Promise<Visit> {
  const provider = await startCaptchaProvider();
  onTestFinished(provider.stop);
  const page = await (await sharedBrowser()).newPage({ viewport: { width: 820, height: 900 } });
  onTestFinished(() => page.close());
  const errors: string[] = [];
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  const requested: string[] = [];
  page.on('request', (request) => requested.push(request.url()));
  let policy = '';
  let body = '';
  const host = createServer((_request, response) =>
    response.setHeader('content-type', 'text/html').setHeader('content-security-policy', policy).end(body),
  );
  const origin = `http://127.0.0.1:${await listenLocally(host)}`;
  onTestFinished(() => void host.close());
  const { perMinute } = defaultConfig().limits;
  const server = await startTestServer({
    folders: { widget: dist('widget'), console: dist('console') },
    sites: [siteSchema.parse({ id: 'acme', name: 'Acme', allowedOrigins: [origin] })],
    captcha: provider.settings,
    limits: {
      perMinute: {
        ...perMinute,
        address: { ...perMinute.address, messages: { ...perMinute.address.messages, challengeAbove: 0 } },
      },
    },
  });
  onTestFinished(() => server.stop());
  server.endpoint.script({ answer: 'You have 30 days.' });
  const product = `http://127.0.0.1:${server.port}`;
  const [captcha] = provider.settings.hosts;
  policy = `default-src 'none'; script-src ${product} ${captcha}; frame-src ${captcha}; connect-src ${product} ${product.replace('http', 'ws')}; img-src data:`;
  body = `<!doctype html><html lang="${locale}"><title>A page</title><script async src="${product}/widget.js" data-site="acme" data-open data-locale="${locale}"></script>`;
  await page.goto(origin);
  await page.getByRole('textbox').waitFor();
  return { page, provider, errors, requested };
}

async function send(page: Page) {
  await page.getByRole('textbox').fill('How long may I return an item?');
  await page.keyboard.press('Enter');
}
const boxOf = (part: Locator) => part.evaluate((element) => element.getBoundingClientRect().toJSON());
const answered = (page: Page) => page.getByRole('log').getByText('You have 30 days.').waitFor();

test('a browser that the provider does not doubt is checked unseen, with a script that is loaded only then', async () => {
  const { page, provider, errors, requested } = await visit();
  const { scriptUrl } = provider.settings;
  expect(requested).not.toContain(scriptUrl);
  await send(page);
  await answered(page);
  expect(requested.filter((url) => url === scriptUrl)).toHaveLength(1);
  expect(provider.asked).toHaveLength(1);
  expect(await page.getByText('confirm that you’re human').count()).toBe(0);
  expect(errors).toEqual([]);
  // The script stays, and each message has a token of its own.
  await send(page);
  await expect.poll(() => provider.asked.length).toBe(2);
  expect(requested.filter((url) => url === scriptUrl)).toHaveLength(1);
});

test('a visitor who must act sees why, in the panel, and the message follows by itself', async () => {
  const { page, provider, errors } = await visit('de');
  provider.browser('click');
  await send(page);
  await page.getByText('Bitte bestätigen Sie, dass Sie ein Mensch sind').waitFor();
  const boxes = await Promise.all([page.getByRole('dialog'), page.getByRole('button', { name: 'Verify' })].map(boxOf));
  const [panel, button] = boxes;
  expect(button?.width).toBeGreaterThan(300);
  expect(button?.left).toBeGreaterThan(panel?.left ?? Number.POSITIVE_INFINITY);
  expect(button?.bottom).toBeLessThan(panel?.bottom ?? 0);
  await page.getByRole('button', { name: 'Verify' }).press('Enter');
  await answered(page);
  expect(await page.getByText('Bitte bestätigen Sie').count()).toBe(0);
  expect(await page.getByRole('button', { name: 'Verify' }).count()).toBe(0);
  expect(errors).toEqual([]);
});

test('a visitor whose browser blocks the provider reads that they must wait', async () => {
  const { page, provider } = await visit();
  provider.browser('missing');
  await send(page);
  await page.getByText('You’re sending messages too quickly', { exact: false }).first().waitFor();
  expect(provider.asked).toEqual([]);
});
