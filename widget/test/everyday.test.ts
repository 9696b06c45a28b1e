import { closeContexts, sharedBrowser } from '@firstword/testing/browser';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask, openPanel, visit } from './browser.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await sharedBrowser();
});
afterAll(() => closeContexts(browser));

/** The focused element of the widget. */
const focused = (page: Page) =>
  page.evaluate(() => {
    const element = document.activeElement?.shadowRoot?.activeElement;
    return element?.getAttribute('aria-label') || element?.textContent || element?.className;
  });

describe('long texts', () => {
  test('a megabyte that is pasted or set is cut at once, and the visitor sees by how much it is too long', async () => {
    await using shown = await visit(browser);
    const { page, server } = shown;
    await openPanel(page);
    await page.focus('textarea');
    const tookMs = await page.evaluate(async () => {
      const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
      const from = performance.now();
      document.execCommand('insertText', false, 'lorem ipsum '.repeat(87_000));
      await frame();
      document.execCommand('insertText', false, 'x');
      await frame();
      return performance.now() - from;
    });
    expect(tookMs).toBeLessThan(2000);
    await page.locator('.composer__count').getByText('4000 characters too many. Shorten your message').waitFor();
    await page.fill('textarea', `a${'😀'.repeat(500_000)}`);
    const value = await page.inputValue('textarea');
    expect(value.length).toBeLessThanOrEqual(8000);
    expect(value).not.toMatch(/\p{Surrogate}/u);
    await page.evaluate(`firstword('send', 'a' + '😀'.repeat(2500))`);
    await page.locator('.actions').waitFor();
    expect(server.messages[0]?.text).toBe(`a${'😀'.repeat(1999)}`);
  });

  test.each(['👨‍👩‍👧‍👦', '🇩🇪', '👍🏽', 'क्षि'])('a text that is cut keeps no part of %s', async (character) => {
    await using shown = await visit(browser);
    const { page, server } = shown;
    await page.locator('.launcher').waitFor();
    await page.evaluate(`firstword('send', 'a'.repeat(3999) + '${character}')`);
    await page.locator('.actions').waitFor();
    expect(server.messages[0]?.text).toBe('a'.repeat(3999));
  });

  test.each([['👩‍💻 Ann'], ['😀 Bob'], ['é Zoe']])('the avatar of %s is a whole character', async (name) => {
    await using shown = await visit(browser);
    const { page, server } = shown;
    await openPanel(page);
    server.sendMessage({ from: 'agent', text: 'Hello', agent: { name } });
    expect(await page.locator('.agent__avatar').textContent()).toBe(name.split(' ')[0]);
  });
});

test('a double click rates an answer once', async () => {
  await using shown = await visit(browser);
  const { page, server } = shown;
  await openPanel(page);
  await ask(page, 'Hello');
  await page.getByRole('button', { name: 'Helpful', exact: true }).dblclick();
  await page.getByRole('button', { name: 'Not helpful' }).dblclick();
  await page.locator('[aria-pressed=true][aria-label="Not helpful"]').waitFor();
  expect(server.received.filter(({ event }) => event === 'rating-set')).toHaveLength(2);
});

describe('files', () => {
  const drop = (page: Page, type: 'drop' | 'paste') =>
    page.locator('.composer textarea').evaluate((field, kind) => {
      const data = new DataTransfer();
      data.items.add(new File(['content'], 'notes.txt', { type: 'text/plain' }));
      const init = { bubbles: true, composed: true, cancelable: true };
      const events =
        kind === 'paste'
          ? [new ClipboardEvent('paste', { ...init, clipboardData: data })]
          : ['dragover', 'drop'].map((name) => new DragEvent(name, { ...init, dataTransfer: data }));
      return events.map((event) => !field.dispatchEvent(event));
    }, type);
  const pageDropZone = `window.got = []; for (const type of ['dragover', 'drop', 'paste'])
    document.addEventListener(type, () => window.got.push(type));`;

  test.each(['drop', 'paste'] as const)('a file by %s is uploaded if the site accepts files', async (type) => {
    await using shown = await visit(browser, {
      script: { uploads: { maxMb: 1, types: ['txt'] } },
      before: pageDropZone,
    });
    const { page, server } = shown;
    await openPanel(page);
    await page.locator('.attach').waitFor();
    expect(await drop(page, type)).not.toContain(false);
    await page.locator('.file').waitFor();
    expect(server.messages[0]?.file?.name).toBe('notes.txt');
    expect(await page.evaluate('window.got')).toEqual([]);
  });

  test.each(['drop', 'paste'] as const)('a file by %s is refused with a message if it does not', async (type) => {
    await using shown = await visit(browser, { before: pageDropZone });
    const { page, server } = shown;
    await openPanel(page);
    await page.fill('textarea', 'a draft');
    expect(await drop(page, type)).not.toContain(false);
    await page.locator('.banner').getByText('You can’t send files in this chat.').waitFor();
    expect(await page.inputValue('textarea')).toBe('a draft');
    await page.press('textarea', 'Enter');
    await page.locator('.banner').waitFor({ state: 'detached' });
    await page.locator('.actions').waitFor();
    expect(server.messages.map(({ file }) => file)).toEqual([undefined, undefined]);
    expect(await page.evaluate('window.got')).toEqual([]);
  });

  test('text copied from an office program, which adds a picture of it, is pasted as text', async () => {
    await using shown = await visit(browser);
    const { page } = shown;
    await openPanel(page);
    const prevented = await page.locator('.composer textarea').evaluate((field) => {
      const data = new DataTransfer();
      data.setData('text/plain', 'A table');
      data.items.add(new File(['x'], 'image.png', { type: 'image/png' }));
      const init = { bubbles: true, composed: true, cancelable: true, clipboardData: data };
      return !field.dispatchEvent(new ClipboardEvent('paste', init));
    });
    expect(prevented).toBe(false);
  });
});

describe('copy', () => {
  const withoutClipboard = `Object.defineProperty(Navigator.prototype, 'clipboard', { get: () => undefined });`;
  const copy = async (page: Page) => {
    await openPanel(page);
    await ask(page, 'Hello');
    await page.locator('.actions').waitFor();
    await page.getByRole('button', { name: 'Copy' }).click();
  };

  test('works on a page without the Clipboard API, and keeps the focus', async () => {
    await using shown = await visit(browser, { before: withoutClipboard });
    const { page } = shown;
    await copy(page);
    await page.getByRole('button', { name: 'Copied' }).waitFor();
    expect(await focused(page)).toBe('Copied');
    await page.focus('textarea');
    await page.keyboard.press('Control+V');
    expect(await page.inputValue('textarea')).toBe('Hello **there**.');
  });

  test('shows an error if the browser refuses', async () => {
    await using shown = await visit(browser, { before: `${withoutClipboard} document.execCommand = () => false;` });
    const { page } = shown;
    await copy(page);
    await page.locator('.actions').getByText('Couldn’t copy. Select the text and copy it yourself.').waitFor();
  });
});

describe('the focus stays in the chat', () => {
  test('after an address was saved, confirmed and changed', async () => {
    await using shown = await visit(browser);
    const { page, server } = shown;
    await openPanel(page);
    server.setResponder({ responder: 'waiting-agent' });
    const field = page.getByRole('textbox', { name: 'Where should we reply if you leave?' });
    await field.fill('visitor@shop.example');
    await field.press('Enter');
    const code = page.getByRole('textbox', { name: /^Enter the 6-digit code/ });
    await expect.poll(() => code.evaluate((element: HTMLElement) => element.matches(':focus'))).toBe(true);
    await code.fill('123456');
    await code.press('Enter');
    await expect.poll(() => focused(page)).toBe('Change');
    await page.keyboard.press('Enter');
    await expect.poll(() => field.evaluate((element: HTMLElement) => element.matches(':focus'))).toBe(true);
  });

  test('after a reason was sent, and Escape still closes the panel', async () => {
    await using shown = await visit(browser);
    const { page } = shown;
    await openPanel(page);
    await ask(page, 'Hello');
    await page.locator('.actions').waitFor();
    await page.getByRole('button', { name: 'Not helpful' }).click();
    const reason = page.getByRole('textbox', { name: 'What went wrong? (optional)' });
    await reason.fill('Too short');
    await reason.press('Enter');
    await reason.waitFor({ state: 'detached' });
    await expect.poll(() => page.evaluate(() => document.activeElement?.hasAttribute('data-firstword'))).toBe(true);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
  });
});

test('while disconnected, the header says so instead of promising an answer', async () => {
  await using shown = await visit(browser);
  const { page, server } = shown;
  await openPanel(page);
  await page.locator('.header__who').getByText('Assistant · replies instantly').waitFor();
  server.script.refuseConnection = { code: 'starting' };
  server.cut();
  await page.locator('.header__who').getByText('Connecting…').waitFor();
  await page.locator('.banner').getByText('No connection. We’ll send your messages when it’s back.').waitFor();
  await page.getByRole('button', { name: 'Reconnect' }).click();
  server.script.refuseConnection = undefined; // after the click: the widget reconnects by itself, too
  await page.locator('.header__who').getByText('Assistant · replies instantly').waitFor();
});

describe('touch screens', () => {
  const screens: [string, number, number, number][] = [
    ['a phone', 390, 844, 500],
    ['a phone in landscape', 844, 390, 180],
    ['a small phone in landscape', 667, 375, 150],
    ['a tablet', 820, 1180, 760],
    ['a large phone', 500, 900, 500],
  ];
  test.each(screens)('on %s every field has 16 px and is above the keyboard', async (_, width, height, keyboardAt) => {
    const context: BrowserContextOptions = { viewport: { width, height }, hasTouch: true, isMobile: true };
    await using shown = await visit(browser, { context });
    const { page, server } = shown;
    await openPanel(page);
    server.setResponder({ responder: 'waiting-agent' });
    await page.locator('.line__field').waitFor();
    await page.evaluate((visible) => {
      Object.defineProperty(visualViewport, 'height', { configurable: true, get: () => visible });
      visualViewport?.dispatchEvent(new Event('resize'));
    }, keyboardAt);
    const look = await page.locator('.panel').evaluate((panel) => {
      const box = (selector: string) => panel.querySelector(selector)?.getBoundingClientRect();
      const sizes = [...panel.querySelectorAll('input, textarea')].map((field) => getComputedStyle(field).fontSize);
      const { top } = panel.getBoundingClientRect();
      return { sizes, top, end: box('.composer')?.bottom ?? 0, list: box('.scroll__box')?.height ?? 0 };
    });
    expect(look.sizes).toEqual(['16px', '16px']);
    expect(look.top).toBeGreaterThanOrEqual(0);
    expect(look.end).toBeLessThanOrEqual(keyboardAt);
    expect(look.list).toBeGreaterThanOrEqual(40);
  });

  test('zooming in with two fingers does not shrink the panel', async () => {
    await using shown = await visit(browser, {
      context: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
    });
    const { page } = shown;
    await openPanel(page);
    const height = () => page.locator('.panel').evaluate((panel) => panel.getBoundingClientRect().height);
    const before = await height();
    await page.evaluate(() => {
      Object.defineProperty(visualViewport, 'height', { configurable: true, get: () => 422 });
      Object.defineProperty(visualViewport, 'scale', { configurable: true, get: () => 2 });
      visualViewport?.dispatchEvent(new Event('resize'));
    });
    expect(await height()).toBe(before);
  });
});

test('in Arabic, placeholders are right-to-left, and an e-mail address stays left-to-right', async () => {
  await using shown = await visit(browser, { attributes: 'data-locale="ar"' });
  const { page, server } = shown;
  await page.click('.launcher');
  await page.locator('.empty__greeting').waitFor();
  server.setResponder({ responder: 'waiting-agent' });
  const field = page.locator('.line__field');
  const direction = () => field.evaluate((element) => getComputedStyle(element).direction);
  await field.waitFor();
  expect(await direction()).toBe('rtl');
  expect(await page.locator('.composer textarea').evaluate((element) => getComputedStyle(element).direction)).toBe(
    'rtl',
  );
  await field.fill('visitor@shop.example');
  expect(await direction()).toBe('ltr');
});
