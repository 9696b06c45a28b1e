import { closeContexts, sharedBrowser } from '@firstword/testing/browser';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask, openPanel, visit } from './browser.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await sharedBrowser();
});
afterAll(() => closeContexts(browser));

const toArray =
  'function (list) { var length = list ? list.length : 0, all = new Array(length); while (length--) all[length] = list[length]; return all; }';

const PAGES: [string, string][] = [
  [
    'toJSON on every prototype (Prototype.js 1.6)',
    `for (const type of [Object, Array, String, Number, Boolean, Date])
      Object.defineProperty(type.prototype, 'toJSON', { configurable: true, writable: true, value() { return 'text of the page'; } });`,
  ],
  ['an enumerable toJSON (old json2.js)', `Object.prototype.toJSON = function () { return String(this); };`],
  ['Array.from without a mapping (Prototype.js 1.7)', `Array.from = ${toArray};`],
  [
    'Enumerable on arrays (Prototype.js 1.6)',
    `Array.prototype.reduce = function () { return this.length > 1 ? this : this[0]; };
     Array.prototype.entries = function () { return this.slice(); };
     Array.prototype.toArray = Array.prototype.clone = function () { return this.slice(); };`,
  ],
  [
    'methods of elements (Prototype.js, MooTools, older polyfills)',
    `Element.prototype.remove = function () { return this.parentNode.removeChild(this); };
     Element.prototype.scrollTo = function () { scrollTo(0, 0); return this; };
     for (const name of ['append', 'prepend', 'after', 'replaceWith', 'replaceChildren', 'toggle', 'empty', 'select', 'update'])
       Element.prototype[name] = function () { return this; };`,
  ],
  [
    'a time zone that the browser does not know',
    `Intl.DateTimeFormat = function () { throw new RangeError('Unsupported'); };`,
  ],
  [
    'a media query list of old browsers',
    `window.matchMedia = (media) => ({ media, matches: false, addListener() {}, removeListener() {} });`,
  ],
];

test.each(PAGES)('on a page with %s a message is answered over one connection', async (_, before) => {
  await using shown = await visit(browser, {
    script: { answer: 'See [our returns](https://shop.example/returns) or https://shop.example/help, **please**.' },
    before,
  });
  const { page, server, complaints } = shown;
  await openPanel(page);
  await ask(page, 'Where is my order?');
  await page.locator('.actions').waitFor();
  server.sendMessage({ from: 'agent', text: 'Hello from our **team**' });
  await page.locator('.agent__bubble strong').waitFor();
  expect(server.messages[0]).toMatchObject({ from: 'visitor', text: 'Where is my order?' });
  expect(server.received.find(({ event }) => event === 'message-send')?.payload).toMatchObject({
    id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
  });
  expect(await page.locator('.answer a').allTextContents()).toEqual(['our returns', 'https://shop.example/help']);
  expect(await page.locator('.answer__text').first().innerText()).toContain('help, please.');
  expect(server.handshakes).toHaveLength(1);
  expect(complaints).toEqual([]);
  await page.evaluate(() => window.firstword?.('shutdown'));
  await page.locator('[data-firstword]').waitFor({ state: 'detached' });
});

test('built-in functions that a page replaces later do not affect the widget either', async () => {
  await using shown = await visit(browser);
  const { page, server } = shown;
  await openPanel(page);
  await page.evaluate(PAGES.map(([, replace]) => replace).join('\n'));
  await ask(page, 'Where is my order?');
  await page.locator('.actions').waitFor();
  expect(server.messages[0]).toMatchObject({ text: 'Where is my order?' });
  expect(server.handshakes).toHaveLength(1);
});
