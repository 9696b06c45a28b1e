/** Every part of the console in every state: accessible, and laid out without faults, wherever it is shown. */
import { violations } from '@firstword/testing/axe';
import { closeContexts, sharedBrowser } from '@firstword/testing/browser';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildComponents, forceStates, layoutFaults, ORIGIN, serveFromMemory, takePicture } from './component-page.ts';

const PARTS = ['controls', 'fields', 'lists', 'list-states', 'messages', 'composer', 'dialogs', 'menus', 'charts'];
/** Samples of one part have the same landmarks. */
const SEVERAL = ['landmark-unique'];
/** axe checks every element of every part, which is slow on a busy machine. */
const CHECK_MS = 120_000;
let browser: Browser;
let files: Awaited<ReturnType<typeof buildComponents>>;

beforeAll(async () => {
  [browser, files] = await Promise.all([sharedBrowser(), buildComponents()]);
});
afterAll(() => closeContexts(browser));

test('a part that is too wide, cut off or under another control is found', async () => {
  const page = await browser.newPage({ viewport: { width: 375, height: 800 } });
  await page.setContent(`<main class="samples">
    <p data-sample="wide"><b style="display: block; width: 400px">Wide</b></p>
    <p data-sample="cut" style="width: 40px; overflow: hidden; white-space: nowrap">A text that is cut off</p>
    <p data-sample="under"><button>One</button><button style="margin-left: -20px">Other</button></p>
    <p data-sample="fine">A text</p></main>`);
  const faults = await layoutFaults(page);
  await page.close();
  expect(faults.map((fault) => fault.split(': ').slice(0, 2).join(': '))).toEqual([
    'wide: wider than the page',
    'cut: cut off',
    'under: on top of another control',
  ]);
});

for (const part of PARTS)
  for (const colorScheme of ['light', 'dark'] as const)
    test(
      `${part}, ${colorScheme}`,
      async () => {
        const context = await browser.newContext({ colorScheme, reducedMotion: 'reduce' });
        const page = await context.newPage();
        const problems: string[] = [];
        page.on('pageerror', ({ message }) => problems.push(message));
        await serveFromMemory(page, files);
        for (const width of [375, 820, 1280]) {
          await page.setViewportSize({ width, height: 800 });
          await page.goto(`${ORIGIN}/components/index.html?part=${part}`);
          await page.locator('[data-sample]').first().waitFor();
          await takePicture(page, `${part}-${colorScheme}-${width}`);
          expect.soft(await layoutFaults(page), `${width} px wide`).toEqual([]);
        }
        expect.soft(await violations(page, SEVERAL)).toEqual([]);
        await forceStates(page, ['hover']);
        await takePicture(page, `${part}-${colorScheme}-hover`);
        expect.soft(await violations(page, SEVERAL), 'with the pointer on everything').toEqual([]);
        await forceStates(page, ['focus', 'focus-visible']);
        await takePicture(page, `${part}-${colorScheme}-focus`);
        await context.close();
        expect(problems).toEqual([]);
      },
      CHECK_MS,
    );
