/** Chromium and a page with the widget in it, for tests that look at what a visitor sees. */
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { type Script, type ScriptedServer, startScriptedServer } from './scripted-server.ts';

export interface Visit extends AsyncDisposable {
  page: Page;
  server: ScriptedServer;
  /** Errors and warnings of the page, refusals of its content policy among them. */
  complaints: string[];
  /** Addresses that the page asked for, without query. */
  requests: string[];
}

/** `attributes`: further `data-*` of the script element; `before` runs in the page before anything else. */
export async function visit(
  browser: Browser,
  options: {
    script?: Partial<Script>;
    /** Of the page; otherwise the one with the script element. */
    path?: string;
    attributes?: string;
    body?: string;
    /** What the page's content policy allows of styles; otherwise none. */
    styles?: string;
    /** Origin that the page loads the widget from, when it is not the page's own. */
    from?: string;
    context?: BrowserContextOptions;
    before?: string;
  } = {},
): Promise<Visit> {
  const { script, path = '/', attributes = '', body = '', from = '', styles, context: wanted, before } = options;
  const server = await startScriptedServer(script);
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    reducedMotion: 'reduce',
    ...wanted,
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  const requests: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => requests.push(new URL(request.url()).pathname));
  if (before) await page.addInitScript(before);
  const query = new URLSearchParams({ with: attributes, body, from, ...(styles && { styles }) });
  await page.goto(`${server.url}${path}?${query}`);
  return {
    page,
    server,
    complaints,
    requests,
    async [Symbol.asyncDispose]() {
      await context.close();
      await server.close();
    },
  };
}

/** Opens the panel and waits until the site's greeting is there. */
export async function openPanel(page: Page): Promise<void> {
  await page.click('.launcher');
  await page.locator('.empty__greeting, .list').first().waitFor();
}

export async function ask(page: Page, question: string): Promise<void> {
  await page.fill('textarea', question);
  await page.press('textarea', 'Enter');
}
