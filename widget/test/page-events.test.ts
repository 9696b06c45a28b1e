import { closeContexts, sharedBrowser } from '@firstword/testing/browser';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPanel, visit } from './browser.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await sharedBrowser();
});
afterAll(() => closeContexts(browser));

/** Records the events of the widget that reach the page. */
const record = `window.received = [];
for (const type of ['keydown', 'keypress', 'keyup', 'beforeinput', 'input', 'paste', 'copy', 'cut', 'focusin', 'focusout',
  'compositionstart', 'compositionupdate', 'compositionend'])
  document.addEventListener(type, ({ target }) => target.shadowRoot && window.received.push(type));`;

test('the page receives no keyboard, clipboard or focus event of the chat, and Escape still closes it', async () => {
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
  await page.focus('textarea');
  expect(await page.inputValue('textarea')).toBe('no space/日');
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  expect(await page.evaluate('window.received')).toEqual([]);
});

test('single-key shortcuts of the page do not affect typing', async () => {
  await using shown = await visit(browser, {
    before: `addEventListener('keydown', (event) => {
      if (event.target.tagName !== 'INPUT') event.preventDefault();
    });`,
  });
  const { page } = shown;
  await openPanel(page);
  await page.focus('textarea');
  await page.keyboard.type('is it / not?');
  expect(await page.inputValue('textarea')).toBe('is it / not?');
});

test("a modal dialog's focus trap does not steal the focus from the chat", async () => {
  await using shown = await visit(browser, {
    body: '<input id="field">',
    before: `document.addEventListener('focusin', ({ target }) => {
      const field = document.getElementById('field');
      if (target !== field) field.focus();
    });`,
  });
  const { page } = shown;
  await page.focus('#field');
  await openPanel(page);
  await page.click('textarea');
  await page.keyboard.type('hello');
  expect(await page.inputValue('textarea')).toBe('hello');
  expect(await page.inputValue('#field')).toBe('');
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
