/** Checks the accessibility of a page with axe. Its context must bypass the content security policy, which would block axe. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Rules that depend on the colors of the page alone. */
const COLOR_RULES = ['color-contrast', 'link-in-text-block'];

/**
 * The rule and the elements of every violation, best practices included.
 * @param except rules that the page can't keep
 */
export function violations(page: Page, except: readonly string[] = []): Promise<string[]> {
  return check(page, { rules: Object.fromEntries(except.map((rule) => [rule, { enabled: false }])) });
}

/**
 * As `violations`, then those of the rules about colors in the other color scheme. `axe.test.ts` makes sure that the schemes
 * differ in colors only.
 */
export async function violationsInBothSchemes(page: Page, except: readonly string[] = []): Promise<string[]> {
  const scheme = await page.evaluate(() => (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'));
  const other = scheme === 'dark' ? 'light' : 'dark';
  const found = await violations(page, except);
  await changeScheme(page, other);
  const foundInOther = await check(page, { runOnly: COLOR_RULES });
  await changeScheme(page, scheme);
  return [...found, ...foundInOther.map((violation) => `${other}: ${violation}`)];
}

async function check(page: Page, options: RunOptions): Promise<string[]> {
  await animationsEnd(page);
  // Once for each document: to read the source costs a quarter of what a check does.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(source);
  return page.evaluate(async (wanted) => {
    const { axe } = window as unknown as { axe: typeof import('axe-core') };
    const result = await axe.run(document, { ...wanted, resultTypes: ['violations'] });
    return result.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join(' ')}`);
  }, options);
}

async function changeScheme(page: Page, colorScheme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme });
  // Scripts learn of the change when the next frame is drawn.
  await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(drawn)));
}

/** Colors in the middle of a transition have a contrast of their own. */
function animationsEnd(page: Page): Promise<void> {
  return page.evaluate(async () => {
    const inside = [...document.querySelectorAll('*')].flatMap(({ shadowRoot }) => shadowRoot ?? []);
    const all = [document, ...inside].flatMap((root) => root.getAnimations());
    const ending = all.filter(({ effect }) => Number.isFinite(effect?.getComputedTiming().endTime));
    await Promise.allSettled(ending.map(({ finished }) => finished));
  });
}
