/** The console in German: chosen by the browser or by the agent, complete, and without overflow where its words are longer. */
import { violations } from '@firstword/testing/axe';
import { closeContexts, sharedBrowser } from '@firstword/testing/browser';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { showPath } from './browser.ts';
import { PASSWORD, type ScriptedServer, startScriptedServer } from './scripted-server.ts';
import { shopTickets } from './shop-tickets.ts';

const CHECK_MS = 120_000;
/** Each page with its heading. */
const PAGES = [
  ['conversations', 'Konversationen'],
  ['response-time', 'Antwortzeit'],
  ['cost', 'Kosten'],
  ['quality', 'Qualität'],
  ['knowledge', 'Wissen'],
  ['account', 'Ihr Konto'],
  ['team', 'Team'],
  ['webhooks', 'Webhooks'],
  ['audit', 'Auditprotokoll'],
] as const;

let browser: Browser;
let server: ScriptedServer;
beforeAll(async () => {
  browser = await sharedBrowser();
  server = await startScriptedServer(shopTickets(Date.now()));
});
afterAll(async () => {
  await closeContexts(browser);
  await server?.close();
});

async function openConsole(width: number, locale = 'de-DE'): Promise<Page> {
  const context = await browser.newContext({ viewport: { width, height: 800 }, locale, bypassCSP: true });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  return page;
}

async function signIn(page: Page, path = '/console') {
  await page.goto(`${server.url}${path}`);
  await page.getByLabel('E-Mail-Adresse').fill(server.tickets.session.agent.email);
  await page.getByLabel('Passwort').fill(PASSWORD);
  await page.getByRole('button', { name: 'Anmelden' }).click();
}

/** Whether the page can be scrolled sideways. */
const overflow = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

for (const width of [375, 820, 1280])
  test(
    `every page is in German and fits, ${width} px wide`,
    async () => {
      const page = await openConsole(width);
      await page.goto(`${server.url}/console`);
      await page.getByRole('heading', { name: 'Bei der Agentenkonsole anmelden' }).waitFor();
      expect(await overflow(page)).toBe(0);
      expect(await violations(page)).toEqual([]);
      await signIn(page);
      await page.getByRole('link', { name: /My lawyer/ }).waitFor();
      expect(await page.locator('html').getAttribute('lang')).toBe('de');
      expect(await page.title()).toContain('Firstword-Konsole');
      expect(await overflow(page)).toBe(0);
      await page.getByRole('link', { name: /charged me twice/ }).click();
      await page.getByRole('heading', { level: 1, name: /charged me twice/ }).waitFor();
      await page.getByRole('textbox', { name: /Antwort/ }).waitFor();
      expect(await overflow(page)).toBe(0);
      expect(await violations(page)).toEqual([]);
      await page.keyboard.press('?');
      await page.getByRole('dialog', { name: 'Tastenkürzel' }).waitFor();
      expect(await overflow(page)).toBe(0);
      await page.keyboard.press('Escape');
      for (const [path, title] of PAGES) {
        await showPath(page, `/console/${path}`);
        await page.getByRole('heading', { name: title, exact: true }).first().waitFor();
        await page.locator('[aria-busy=true]').first().waitFor({ state: 'detached' });
        if (path === 'webhooks') await page.getByText('Drei Tage lang ist keine Zustellung gelungen.').waitFor();
        expect(await overflow(page), path).toBe(0);
        // No page has a layout of its own for medium widths.
        if (width !== 820) expect(await violations(page), path).toEqual([]);
      }
      await page.context().close();
    },
    CHECK_MS,
  );

test('an agent chooses English and returns to the language of the browser', async () => {
  const page = await openConsole(1280);
  await signIn(page, '/console/account');
  await page.getByRole('heading', { name: 'Ihr Konto' }).waitFor();
  const choice = (name: string) => page.getByRole('combobox', { name });
  await choice('Sprache').selectOption({ label: 'English' });
  await page.getByRole('heading', { name: 'Your account' }).waitFor();
  expect(await page.locator('html').getAttribute('lang')).toBe('en');
  await choice('Language').selectOption({ label: 'As the browser (Deutsch)' });
  await page.getByRole('heading', { name: 'Ihr Konto' }).waitFor();
  await page.context().close();
});

test('German can be chosen on the sign-in page of an English browser, and a draft survives', async () => {
  const page = await openConsole(1280, 'en-US');
  const requests: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  await page.goto(`${server.url}/console`);
  await page.getByRole('heading', { name: 'Sign in to the agent console' }).waitFor();
  expect(requests.filter((url) => url.includes('german'))).toEqual([]);
  await page.getByRole('combobox', { name: 'Language' }).selectOption({ label: 'Deutsch' });
  await page.getByRole('heading', { name: 'Bei der Agentenkonsole anmelden' }).waitFor();
  await signIn(page);
  await page.getByRole('link', { name: /linseed oil/ }).click();
  const reply = (name: RegExp) => page.getByRole('textbox', { name });
  await reply(/Antwort/).fill('Two thin coats.');
  await page.evaluate(() => localStorage.setItem('firstword-language', 'en'));
  await page.reload();
  await page.getByRole('button', { name: 'Send reply' }).waitFor();
  expect(await reply(/reply/i).inputValue()).toBe('Two thin coats.');
  await page.context().close();
});

test('without the German texts the console is in English', async () => {
  const page = await openConsole(1280);
  await page.route(/german-.*\.js/, (route) => route.abort());
  await page.goto(`${server.url}/console`);
  await page.getByRole('heading', { name: 'Sign in to the agent console' }).waitFor();
  expect(await page.locator('html').getAttribute('lang')).toBe('en');
  await page.context().close();
});
