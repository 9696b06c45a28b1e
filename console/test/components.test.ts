/** Every part of the console in every state: accessible, and laid out without faults, wherever it is shown. */
import { violationsInBothSchemes } from '@firstword/testing/axe';
import { closeContexts, sharedBrowser } from '@firstword/testing/browser';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildComponents, forceStates, layoutFaults, ORIGIN, serveFromMemory, takePictures } from './component-page.ts';

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

test('a contrast that is too low in one color scheme is found from either', async () => {
  const page = await browser.newPage();
  await page.setContent(`<html lang="en"><title>Text</title><style>
    main { color: #000; background: #fff; transition: color 0.2s }
    @media (prefers-color-scheme: dark) { main { color: #333; background: #222 } }</style>
    <main><h1>A text</h1></main></html>`);
  expect(await violationsInBothSchemes(page)).toEqual(['dark: color-contrast: h1']);
  expect(await violationsInBothSchemes(page)).toEqual(['dark: color-contrast: h1']);
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await violationsInBothSchemes(page)).toEqual(['color-contrast: h1']);
  await page.close();
});

test.each(PARTS)(
  '%s',
  async (part) => {
    const context = await browser.newContext({ reducedMotion: 'reduce' });
    const page = await context.newPage();
    const problems: string[] = [];
    page.on('pageerror', ({ message }) => problems.push(message));
    await serveFromMemory(page, files);
    for (const width of [375, 820, 1280]) {
      await page.setViewportSize({ width, height: 800 });
      await page.goto(`${ORIGIN}/components/index.html?part=${part}`);
      await page.locator('[data-sample]').first().waitFor();
      await takePictures(page, `${part}-${width}`);
      expect.soft(await layoutFaults(page), `${width} px wide`).toEqual([]);
    }
    expect.soft(await violationsInBothSchemes(page, SEVERAL)).toEqual([]);
    await forceStates(page, ['hover']);
    await takePictures(page, `${part}-hover`);
    expect.soft(await violationsInBothSchemes(page, SEVERAL), 'with the pointer on everything').toEqual([]);
    await forceStates(page, ['focus', 'focus-visible']);
    await takePictures(page, `${part}-focus`);
    await context.close();
    expect(problems).toEqual([]);
  },
  CHECK_MS,
);
