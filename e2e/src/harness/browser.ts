/** Opens pages in Chromium and checks them: errors, animations, accessibility. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
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

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Waits until all finite animations have ended. */
function atRest(page: Page): Promise<void> {
  return page.evaluate(async () => {
    const inside = [...document.querySelectorAll('*')].flatMap(({ shadowRoot }) => shadowRoot ?? []);
    const moves = [document, ...inside].flatMap((root) => root.getAnimations());
    const ending = moves.filter(({ effect }) => Number.isFinite(effect?.getComputedTiming().endTime));
    await Promise.allSettled(ending.map(({ finished }) => finished));
  });
}

/** axe's findings as rule and element, including best practices. */
export async function findAccessibilityFaults(page: Page): Promise<string[]> {
  await atRest(page);
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axeSource);
  return page.evaluate(async () => {
    const { axe } = window as unknown as {
      axe: { run(options: object): Promise<{ violations: { id: string; nodes: { target: unknown[] }[] }[] }> };
    };
    const { violations } = await axe.run({ resultTypes: ['violations'] });
    return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
  });
}
