/** Checks the accessibility of a page with axe. Its context must bypass the content security policy, which would block axe. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/**
 * The rule and the elements of every violation, best practices included.
 * @param except rules that the page can't keep
 */
export async function violations(page: Page, except: readonly string[] = []): Promise<string[]> {
  await animationsEnd(page);
  // Once for each document: to read the source costs a quarter of what a check does.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(source);
  return page.evaluate(async (left) => {
    const { axe } = window as unknown as { axe: typeof import('axe-core') };
    const rules = Object.fromEntries(left.map((rule) => [rule, { enabled: false }]));
    const result = await axe.run(document, { resultTypes: ['violations'], rules });
    return result.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join(' ')}`);
  }, except);
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
