/** Chromium and a page with the widget, for tests of what visitors see. */
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import type { Script } from './script.ts';
import { type ScriptedServer, startScriptedServer } from './scripted-server.ts';

export interface Visit extends AsyncDisposable {
  page: Page;
  server: ScriptedServer;
  /** Errors and warnings of the page, including violations of its content security policy. */
  complaints: string[];
  /** URLs that the page has requested, without the query. */
  requests: string[];
}

/** `attributes`: additional `data-*` of the script element; `before` runs in the page before any other script. */
export async function visit(
  browser: Browser,
  options: {
    script?: Partial<Script>;
    /** Path of the page; default: the page with the script element. */
    path?: string;
    attributes?: string;
    body?: string;
    /** The `style-src` of the page's content security policy; default: none. */
    styles?: string;
    /** Origin from which the page loads the widget; default: the page's own. */
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

/** Opens the panel and waits for the greeting. */
export async function openPanel(page: Page): Promise<void> {
  await page.click('.launcher');
  await page.locator('.empty__greeting, .list').first().waitFor();
}

export async function ask(page: Page, question: string): Promise<void> {
  await page.fill('textarea', question);
  await page.press('textarea', 'Enter');
}
