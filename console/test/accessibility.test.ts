import { violationsInBothSchemes } from '@firstword/testing/axe';
import { closeContexts, sharedBrowser } from '@firstword/testing/browser';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { showPath, signIn } from './browser.ts';
import { setAsideEvent } from './scripted-feed.ts';
import { type ScriptedServer, startScriptedServer } from './scripted-server.ts';
import { shopAlerts } from './shop-alerts.ts';
import { shopTickets } from './shop-tickets.ts';
import { otherAgent } from './ticket-builders.ts';

/** axe checks every element of every page, which is slow on a busy machine. */
const CHECK_MS = 120_000;
const REPORTS = [
  ['response-time', /Visit completion/],
  ['cost', /Model call cost/],
  ['quality', /Conversations and tickets/],
  ['knowledge', /Test cases/],
] as const;
let browser: Browser;
let server: ScriptedServer;

beforeAll(async () => {
  browser = await sharedBrowser();
  server = await startScriptedServer(shopTickets(Date.now()));
  server.alerts = shopAlerts(Date.now());
  server.feed.setAside = [setAsideEvent('archive.1.1-0', Date.now())];
});
afterAll(async () => {
  await closeContexts(browser);
  await server?.close();
});

test.each([
  [1440, 'light'],
  [1024, 'dark'],
  [375, 'dark'],
] as const)(
  'axe finds no violations, %d px wide, first in the %s color scheme',
  async (width, colorScheme) => {
    // The content security policy would block axe itself.
    const context = await browser.newContext({ viewport: { width, height: 800 }, colorScheme, bypassCSP: true });
    const page = await context.newPage();
    await page.goto(`${server.url}/console`);
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    expect(await violationsInBothSchemes(page)).toEqual([]);
    await signIn(page, server);
    await page.getByRole('link', { name: /My lawyer/ }).waitFor();
    server.emit('presence', [{ ticketId: 't-1042', agents: [otherAgent] }]);
    expect(await violationsInBothSchemes(page)).toEqual([]);
    await page.getByRole('button', { name: 'Filters' }).click();
    await page.getByRole('button', { name: 'Save view' }).click();
    await page.getByRole('button', { name: 'Views' }).click();
    expect(await violationsInBothSchemes(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Filters' }).click();
    await page.keyboard.press('/');
    await page.keyboard.type('desk');
    await page.getByRole('option').first().waitFor();
    expect(await violationsInBothSchemes(page)).toEqual([]);
    await page.keyboard.press('Escape');
    for (const words of [/charged me twice/, /linseed oil/, /cracked shade/]) {
      await page.getByRole('link', { name: words }).click();
      await page.getByRole('heading', { level: 1, name: words }).waitFor();
      const isLong = words.test('charged me twice');
      if (isLong) await page.locator('.message--assistant .calls summary').click();
      expect(await violationsInBothSchemes(page)).toEqual([]);
      if (isLong) {
        await page.keyboard.press('v');
        await page.getByRole('dialog').waitFor();
        expect(await violationsInBothSchemes(page)).toEqual([]);
        await page.keyboard.press('Escape');
      }
      if (width === 375) {
        await page.getByRole('button', { name: 'Analysis' }).click();
        expect(await violationsInBothSchemes(page)).toEqual([]);
        await page.getByRole('button', { name: 'Back to the list' }).click();
      }
    }
    for (const key of ['?', 'Control+k']) {
      await page.keyboard.press(key);
      await page.getByRole('dialog').waitFor();
      expect(await violationsInBothSchemes(page)).toEqual([]);
      await page.keyboard.press('Escape');
    }
    await showPath(page, '/console/conversations?rated=up');
    await page.getByRole('link', { name: /linseed oil on the oak desk/ }).click();
    await page.getByRole('heading', { level: 1, name: 'Ada Example' }).waitFor();
    await page.getByText('TTFT 184 ms').first().waitFor();
    expect(await violationsInBothSchemes(page)).toEqual([]);
    await page.getByRole('button', { name: 'Replay, message 1' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Replay' }).click();
    await page.getByText('1 model has answered.').waitFor({ state: 'attached' });
    expect(await violationsInBothSchemes(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await showPath(page, '/console/conversations?q=nothing');
    await page.getByRole('button', { name: 'Clear search and filters' }).waitFor();
    expect(await violationsInBothSchemes(page)).toEqual([]);
    // The reports have no separate layout for medium widths.
    const reports = width === 1024 ? [] : REPORTS;
    for (const [name, part] of reports) {
      await showPath(page, `/console/${name}`);
      await page.getByRole('region', { name: part }).waitFor();
      expect(await violationsInBothSchemes(page)).toEqual([]);
    }
    if (width !== 1024) {
      await showPath(page, '/console/webhooks');
      await page.getByRole('button', { name: 'Add an endpoint' }).click();
      await page.getByRole('button', { name: /^Deliveries, .*crm/ }).click();
      await page.getByText('Request and response').click();
      expect(await violationsInBothSchemes(page)).toEqual([]);
      await showPath(page, '/console/team');
      await page.getByRole('button', { name: /^Change access/ }).click();
      await page.getByText('What each role may do').click();
      expect(await violationsInBothSchemes(page)).toEqual([]);
    }
    await context.close();
  },
  CHECK_MS,
);
