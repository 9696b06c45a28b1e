/** Opens pages in Chromium and collects their errors. */
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';

/** Opens a page and collects its errors and policy violations. */
export async function openPage(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<{ page: Page; complaints: string[] }> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (line) => {
    if (line.type() === 'error') complaints.push(line.text());
  });
  const scripts: string[] = [];
  page.on('requestfailed', (request) => {
    if (isLoader(request.url())) scripts.push(`${request.url()}: ${request.failure()?.errorText ?? 'failed'}`);
  });
  page.on('response', (response) => {
    if (isLoader(response.url()) && !response.ok()) scripts.push(`${response.url()}: status ${response.status()}`);
  });
  await page.goto(url);
  // Without its script a page would only be waited for.
  if (scripts.length > 0) throw new Error(`The widget's script did not load. ${scripts.join(', ')}`);
  return { page, complaints };
}

const isLoader = (url: string) => new URL(url).pathname.endsWith('/widget.js');

export async function openWidget(page: Page): Promise<void> {
  await page.locator('.launcher').click();
  await composer(page).waitFor();
}

export const composer = (page: Page) => page.getByRole('dialog').locator('textarea[enterkeyhint=send]');

export async function ask(page: Page, text: string): Promise<void> {
  await composer(page).fill(text);
  await page.keyboard.press('Enter');
}
