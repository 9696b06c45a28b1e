import { violationsInBothSchemes } from '@firstword/testing/axe';
import { closeContexts, sharedBrowser } from '@firstword/testing/browser';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask, openPanel, visit } from './browser.ts';
import { showcase } from './showcase.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await sharedBrowser();
});
afterAll(() => closeContexts(browser));

const looks: [string, BrowserContextOptions][] = [
  ['a wide screen', { colorScheme: 'dark' }],
  ['a phone', { viewport: { width: 375, height: 720 }, hasTouch: true, isMobile: true }],
];
test.each(looks)(
  'axe finds no violation on %s, from the closed launcher to the hand-off and an article',
  async (_, context) => {
    // The page's content security policy would block axe.
    await using shown = await visit(browser, {
      script: { ...showcase, mode: 'demo', articles: [{ id: 'a', title: 'Returns', text: '# Yes', url: '/a' }] },
      context: { ...context, bypassCSP: true },
    });
    const { page, server } = shown;
    await page.locator('.launcher').waitFor();
    expect(await violationsInBothSchemes(page)).toEqual([]);
    await openPanel(page);
    expect(await violationsInBothSchemes(page)).toEqual([]);
    await page.getByRole('button', { name: 'Menu' }).click();
    expect(await violationsInBothSchemes(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await ask(page, 'Can I send it back?');
    await page.locator('.actions').waitFor();
    server.script.refuse = { 'message-send': { ok: false, code: 'busy', message: 'busy' } };
    await ask(page, 'Hello?');
    await page.locator('.note--bad').waitFor();
    server.sendMessage({ from: 'system', text: 'Someone from our team will reply here.' });
    server.sendMessage({ from: 'agent', text: 'Good morning.', agent: { name: 'An agent' } });
    server.setResponder({ responder: 'waiting-agent' });
    await page.locator('.card').waitFor();
    expect(await violationsInBothSchemes(page)).toEqual([]);
    await page.getByRole('button', { name: 'Home' }).click();
    await page.getByText('Your conversations').waitFor();
    expect(await violationsInBothSchemes(page)).toEqual([]);
    await page.getByRole('searchbox').fill('returns');
    await page.getByRole('button', { name: 'Returns' }).click();
    await page.getByRole('heading', { name: 'Yes' }).waitFor();
    expect(await violationsInBothSchemes(page)).toEqual([]);
  },
);

test('the keyboard alone opens, asks, answers and closes, and the focus returns', async () => {
  await using shown = await visit(browser);
  const { page } = shown;
  const focused = () =>
    page.evaluate(
      () =>
        document.activeElement?.shadowRoot?.activeElement?.className ||
        document.activeElement?.shadowRoot?.activeElement?.tagName,
    );
  await page.locator('.launcher').waitFor();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect.poll(focused).toBe('TEXTAREA');
  await page.keyboard.type('one');
  await page.keyboard.press('Shift+Enter');
  await page.keyboard.type('two');
  expect(await page.locator('textarea').inputValue()).toBe('one\ntwo');
  await page.keyboard.press('Enter');
  await page.locator('.actions').waitFor();
  expect(await focused()).toBe('TEXTAREA');
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  expect(await focused()).toBe('launcher');
});

test('Escape closes the menu before it closes the panel', async () => {
  await using shown = await visit(browser);
  const { page } = shown;
  await openPanel(page);
  await page.getByRole('button', { name: 'Menu' }).click();
  await page.getByRole('menu').waitFor();
  await page.keyboard.press('Escape');
  await expect.poll(() => page.getByRole('menu').count()).toBe(0);
  expect(await page.getByRole('dialog').isVisible()).toBe(true);
});

test('screen readers announce complete sentences, each once, and never the growing list', async () => {
  await using shown = await visit(browser, {
    script: { answer: 'First **sentence**. Second one![1]\n\n- a point', pieceLength: 3, pieceMs: 3 },
  });
  const { page } = shown;
  await openPanel(page);
  expect(await page.getByRole('log').getAttribute('aria-live')).toBe('off');
  await ask(page, 'Hello');
  await page.locator('.actions').waitFor();
  const spoken = () => page.locator('[aria-live="polite"] p').allTextContents();
  await expect.poll(spoken).toEqual(['First sentence.', 'Second one!', 'a point']);
});

test('reduced motion stops every animation', async () => {
  await using shown = await visit(browser, { script: { firstMs: 60_000 }, context: { reducedMotion: 'reduce' } });
  const { page } = shown;
  await openPanel(page);
  await ask(page, 'Hello');
  await page.locator('.waiting__line').waitFor();
  const moving = await page.evaluate(() => document.getAnimations().length);
  expect(moving).toBe(0);
});

test.each([
  ['ar', 'إرسال', 'اطرح سؤالًا'],
  ['he', 'שליחה', 'שאלו שאלה'],
])(
  'a right-to-left language (%s) mirrors launcher and panel, and loads no other language',
  async (locale, sendLabel, label) => {
    await using shown = await visit(browser, { attributes: `data-locale="${locale}"` });
    const { page, requests } = shown;
    await page.getByRole('button', { name: label }).waitFor();
    const launcher = await page.locator('.launcher').boundingBox();
    await openPanel(page);
    const send = await page.getByRole('button', { name: sendLabel }).boundingBox();
    const field = await page.locator('textarea').boundingBox();
    expect(requests.filter((path) => path.includes('/texts-'))).toEqual([expect.stringContaining(`/texts-${locale}-`)]);
    expect(launcher?.x).toBeLessThan(100);
    expect(send?.x ?? 0).toBeLessThan(field?.x ?? 0);
  },
);

test('on a phone the panel fills the screen and nothing is wider than it', async () => {
  const context = { viewport: { width: 375, height: 667 }, hasTouch: true, isMobile: true };
  await using shown = await visit(browser, { script: showcase, context });
  const { page } = shown;
  await openPanel(page);
  await ask(page, 'Can I send it back?');
  await page.locator('.actions').waitFor();
  expect(await page.getByRole('dialog').boundingBox()).toEqual({ x: 0, y: 0, width: 375, height: 667 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(375);
  expect(await page.locator('.scroll__box').evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(
    0,
  );
});
