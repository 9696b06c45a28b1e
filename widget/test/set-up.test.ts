import { closeContexts, sharedBrowser } from '@firstword/testing/browser';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { visit } from './browser.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await sharedBrowser();
});
afterAll(() => closeContexts(browser));

const INLINE = `<script>fetch('/widget.js').then((response) => response.text()).then((text) => {
  const script = document.createElement('script');
  script.dataset.site = 'acme';
  script.textContent = text;
  document.head.append(script);
})</script>`;

test.each([
  ['a module', '<script type="module" src="/widget.js" data-site="acme"></script>', 'Remove type="module"'],
  ['without data-site', '<script async src="/widget.js"></script>', 'The attribute data-site is missing'],
  ['inline', INLINE, 'Load it by its address'],
  ['of a site id with a capital', '<script async src="/widget.js" data-site="Acme"></script>', 'is not a site id'],
])('a script %s logs the fix once to the browser console, and renders nothing', async (_, tag, fix) => {
  await using shown = await visit(browser);
  const { page, complaints, server } = shown;
  await page.route('**/wrong', (route) =>
    route.fulfill({
      contentType: 'text/html',
      body: `<!doctype html><html lang="en"><head></head><body>${tag}</body></html>`,
    }),
  );
  const [line] = await Promise.all([page.waitForEvent('console'), page.goto(`${server.url}/wrong`)]);
  expect(line.text()).toMatch(/^Firstword: /);
  expect(line.text()).toContain(fix);
  await page.waitForLoadState('networkidle');
  expect(complaints).toHaveLength(1);
  expect(await page.locator('[data-firstword]').count()).toBe(0);
});

test.each([
  ['unknown-site', 'Unknown site "acme". Set data-site to the id of a site.'],
  ['origin-refused', 'The site "acme" does not allow pages of this origin.'],
  ['bad-identity', 'The identity token is not valid.'],
])('a refusal with %s logs the reason of the server once to the browser console', async (code, message) => {
  await using shown = await visit(browser, { script: { refuseConnection: { code, message } } });
  const { page, complaints } = shown;
  await page.click('.launcher');
  await page.locator('.banner').waitFor();
  await page.getByRole('button', { name: 'Reconnect' }).click();
  await page.locator('.banner').waitFor();
  await page.waitForLoadState('networkidle');
  expect(complaints).toEqual([`Firstword: ${message}`]);
});

test('a temporary refusal logs nothing to the browser console', async () => {
  await using shown = await visit(browser, {
    script: { refuseConnection: { code: 'rate-limited', retryAfterMs: 60_000 } },
  });
  const { page, complaints } = shown;
  await page.click('.launcher');
  await page.locator('.banner').waitFor();
  expect(complaints).toEqual([]);
});
