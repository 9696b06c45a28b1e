/** Opens pages of the console in a browser, and signs in. */
import type { Browser, Page } from 'playwright-core';
import { expect } from 'vitest';
import { PASSWORD, type ScriptedServer, SESSION_COOKIE } from './scripted-server.ts';

export interface WatchedPage {
  readonly page: Page;
  /** The page's errors, dialogs and content security policy violations. */
  readonly problems: string[];
}

export async function openPage(browser: Browser, baseURL: string): Promise<WatchedPage> {
  const context = await browser.newContext({ baseURL, viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => {
    // The browser also logs expected responses, such as a rejected sign-in or a conflict.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      problems.push(message.text());
  });
  page.on('dialog', () => problems.push('a browser dialog opened'));
  return { page, problems };
}

export async function signIn(page: Page, { url, tickets }: ScriptedServer, path = '/console'): Promise<void> {
  await page.goto(`${url}${path}`);
  await page.getByLabel('E-mail address').fill(tickets.session.agent.email);
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('region', { name: 'Tickets' }).getByRole('link').first().waitFor();
}

/** Opens the console with an existing session, and waits for the ticket list and for live changes. */
export async function enter(page: Page, { url, connections }: ScriptedServer, path = '/console'): Promise<void> {
  const before = connections();
  await page.context().addCookies([{ ...SESSION_COOKIE, url }]);
  await page.goto(`${url}${path}`);
  await page.getByRole('region', { name: 'Tickets' }).getByRole('link').first().waitFor();
  await expect.poll(connections).toBeGreaterThan(before);
}

/** Shows another page of the console in the same document, where axe is read and compiled already. */
export async function showPath(page: Page, path: string): Promise<void> {
  await page.evaluate((to) => {
    history.pushState(null, '', to);
    dispatchEvent(new PopStateEvent('popstate'));
  }, path);
}
