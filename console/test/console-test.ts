/** `test` with fixtures: a scripted server, a watched page, and the parts of the page that most tests use. */
import { closeContexts, sharedBrowser } from '@firstword/testing/browser';
import { test as base, expect } from 'vitest';
import { openPage } from './browser.ts';
import { startScriptedServer } from './scripted-server.ts';
import { shopTickets } from './shop-tickets.ts';

export const test = base
  // biome-ignore lint/correctness/noEmptyPattern: Vitest reads the fixtures that this one depends on from the pattern.
  .extend('browser', { scope: 'file' }, async ({}, { onCleanup }) => {
    const browser = await sharedBrowser();
    onCleanup(() => closeContexts(browser));
    return browser;
  })
  // biome-ignore lint/correctness/noEmptyPattern: as above.
  .extend('server', async ({}, { onCleanup }) => {
    const server = await startScriptedServer(shopTickets(Date.now()));
    onCleanup(() => server.close());
    return server;
  })
  .extend('page', async ({ browser, server }, { onCleanup }) => {
    const { page, problems } = await openPage(browser, server.url);
    onCleanup(async () => {
      await page.context().close();
      expect(problems).toEqual([]);
    });
    return page;
  })
  .extend(
    'button',
    ({ page }) =>
      (name: string | RegExp) =>
        page.getByRole('button', { name }),
  )
  .extend(
    'reply',
    ({ page }) =>
      () =>
        page.getByRole('textbox', { name: /reply/i }),
  )
  .extend(
    'list',
    ({ page }) =>
      () =>
        page.getByRole('region', { name: 'Tickets' }),
  )
  .extend(
    'rows',
    ({ list }) =>
      () =>
        list().getByRole('link'),
  )
  .extend('openTicket', ({ page, rows }) => async (words: RegExp) => {
    await rows().filter({ hasText: words }).click();
    await page.getByRole('heading', { level: 1, name: words }).waitFor();
  });
