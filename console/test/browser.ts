/** A browser for the tests of this folder, and a page that is already signed in. */
import type { Browser, Page } from 'playwright-core';
import { PASSWORD, type ScriptedServer, SESSION_COOKIE } from './scripted-server.ts';

export interface WatchedPage {
  readonly page: Page;
  /** The page's errors, dialogs and violations of its content policy. */
  readonly complaints: string[];
}

export async function openPage(browser: Browser, baseURL: string): Promise<WatchedPage> {
  const context = await browser.newContext({ baseURL, viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    // A refused sign-in or a conflict is an expected answer, which the browser logs all the same.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      complaints.push(message.text());
  });
  page.on('dialog', () => complaints.push('a dialog opened'));
  return { page, complaints };
}

export async function signIn(page: Page, { url, tickets }: ScriptedServer, path = '/console'): Promise<void> {
  await page.goto(`${url}${path}`);
  await page.getByLabel('E-mail address').fill(tickets.session.agent.email);
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('region', { name: 'Tickets' }).getByRole('link').first().waitFor();
}

/** With a session from before: the page opens at its list. */
export async function enter(page: Page, { url }: ScriptedServer, path = '/console'): Promise<void> {
  await page.context().addCookies([{ ...SESSION_COOKIE, url }]);
  await page.goto(`${url}${path}`);
  await page.getByRole('region', { name: 'Tickets' }).getByRole('link').first().waitFor();
}
