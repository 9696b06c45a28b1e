import { closeContexts, sharedBrowser } from '@firstword/testing/browser';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask, openPanel, visit } from './browser.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await sharedBrowser();
});
afterAll(() => closeContexts(browser));

/** Records the events of the widget that reach the page, also where it captures them. */
const record = `window.received = [];
for (const type of ['keydown', 'keypress', 'keyup', 'beforeinput', 'input', 'paste', 'copy', 'cut', 'focus', 'blur', 'focusin',
  'focusout', 'compositionstart', 'compositionupdate', 'compositionend', 'pointerdown', 'mousedown', 'click', 'contextmenu', 'wheel'])
  document.addEventListener(type, ({ target }) => target.shadowRoot && window.received.push(type), true);`;

test('the page receives no keyboard, pointer, clipboard or focus event of the chat, and Escape still closes it', async () => {
  await using shown = await visit(browser, { before: record, body: '<input id="field">' });
  const { page } = shown;
  await openPanel(page);
  await page.focus('textarea');
  await page.keyboard.type('no space/');
  for (const shortcut of ['Control+A', 'Control+C', 'Control+X', 'Control+V']) await page.keyboard.press(shortcut);
  const session = await page.context().newCDPSession(page);
  await session.send('Input.imeSetComposition', { text: 'に', selectionStart: 1, selectionEnd: 1 });
  await session.send('Input.insertText', { text: '日' });
  await page.focus('#field');
  await page.click('textarea');
  await page.click('textarea', { button: 'right' });
  await page.mouse.wheel(0, 10);
  expect(await page.inputValue('textarea')).toBe('no space/日');
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  expect(await page.evaluate('window.received')).toEqual([]);
});

const SHORTCUTS = `(event) => {
  if (event.target.tagName !== 'INPUT') event.preventDefault();
}`;
const TRAP = `(event) => {
  const field = document.getElementById('field');
  if (field.contains(event.target)) return;
  event.stopImmediatePropagation();
  event.preventDefault();
  field.focus();
}`;
const listen = (types: string, listener: string, capture: boolean) =>
  `for (const type of '${types}'.split(' ')) document.addEventListener(type, ${listener}, ${capture});`;

describe.each([
  ['listens', false],
  ['captures', true],
])('a page that %s', (_, capture) => {
  test('for single-key shortcuts does not affect typing', async () => {
    await using shown = await visit(browser, { before: listen('keydown keypress beforeinput', SHORTCUTS, capture) });
    const { page } = shown;
    await openPanel(page);
    await page.focus('textarea');
    await page.keyboard.type('is it / not?');
    expect(await page.inputValue('textarea')).toBe('is it / not?');
  });

  test("for the focus that leaves its modal dialog can't take it from the chat", async () => {
    const types = 'focus focusin pointerdown mousedown touchstart click';
    await using shown = await visit(browser, {
      body: '<input id="field">',
      before: listen(types, TRAP, capture),
    });
    const { page } = shown;
    await page.focus('#field');
    await openPanel(page);
    await page.click('textarea');
    await page.keyboard.type('hello');
    expect(await page.inputValue('textarea')).toBe('hello');
    expect(await page.inputValue('#field')).toBe('');
  });

  test('for the wheel to scroll smoothly does not scroll instead of the chat', async () => {
    const smooth = `(event) => { event.preventDefault(); scrollBy(0, event.deltaY); }`;
    await using shown = await visit(browser, {
      body: `<div style="height:4000px"></div>`,
      styles: "'unsafe-inline'",
      script: { answer: 'A long answer with many words. '.repeat(90), pieceLength: 400 },
    });
    const { page } = shown;
    await page.evaluate(`document.addEventListener('wheel', ${smooth}, { passive: false, capture: ${capture} })`);
    await openPanel(page);
    await ask(page, 'Hello');
    await page.locator('.actions').waitFor();
    await page.locator('.scroll__box').hover();
    await page.mouse.wheel(0, -200);
    const fromEnd = () =>
      page.locator('.scroll__box').evaluate((box) => box.scrollHeight - box.clientHeight - Math.round(box.scrollTop));
    await expect.poll(fromEnd).toBeGreaterThan(100);
    expect(await page.evaluate(() => scrollY)).toBe(0);
  });
});

test.each(['<div role="dialog">', '<div class="my-modal">', '<dialog open>'])(
  'a page whose %s takes back a focus that leaves does not take it from the chat',
  async (dialog) => {
    await using shown = await visit(browser, { body: `${dialog}<input id="field">` });
    const { page } = shown;
    await page.evaluate(() => {
      const field = document.getElementById('field');
      for (const type of ['blur', 'focusout']) field?.addEventListener(type, () => field.focus());
    });
    await page.focus('#field');
    await openPanel(page);
    await page.click('textarea');
    await page.keyboard.type('hello');
    expect(await page.inputValue('textarea')).toBe('hello');
  },
);

test('a click follows a link once, and closes the menu beside it', async () => {
  await using shown = await visit(browser, { script: { answer: 'See [our returns](https://shop.example/returns).' } });
  const { page } = shown;
  await page.context().route('https://shop.example/**', (route) => route.fulfill({ body: 'Returns' }));
  await openPanel(page);
  await ask(page, 'Hello');
  await page.locator('.actions').waitFor();
  const opened: string[] = [];
  page.context().on('page', (other) => opened.push(other.url()));
  const [other] = await Promise.all([page.waitForEvent('popup'), page.click('.answer a')]);
  await other.waitForLoadState();
  expect(opened).toHaveLength(1);
  await page.getByRole('button', { name: 'Menu' }).click();
  await page.getByRole('menuitem').first().waitFor();
  await page.locator('.scroll__box').click({ position: { x: 4, y: 60 } });
  await expect.poll(() => page.getByRole('menuitem').count()).toBe(0);
});

test('an Enter that confirms an IME composition sends nothing', async () => {
  await using shown = await visit(browser);
  const { page, server } = shown;
  await openPanel(page);
  await page.fill('textarea', '日本語');
  // Safari ends the composition before this key press.
  await page.locator('textarea').dispatchEvent('keydown', { key: 'Enter', keyCode: 229 });
  await page.locator('textarea').dispatchEvent('keydown', { key: 'Enter', isComposing: true });
  expect(await page.inputValue('textarea')).toBe('日本語');
  await page.press('textarea', 'Enter');
  await page.locator('.actions').waitFor();
  expect(server.messages.filter(({ from }) => from === 'visitor')).toHaveLength(1);
});
