import { closeContexts, sharedBrowser } from '@firstword/testing/browser';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask, openPanel, visit } from './browser.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await sharedBrowser();
});
afterAll(() => closeContexts(browser));

/** Calls the page function as a host page would. */
const call = (...given: unknown[]) => `void window.firstword(${given.map((each) => JSON.stringify(each)).join(', ')})`;
const received = 'window.received';
const listen = `window.received = []; window.firstword = function () { (window.firstword.q = window.firstword.q || []).push(arguments) };
for (const name of ['ready', 'open', 'close', 'message', 'unread', 'ticket', 'error'])
  window.firstword('on', name, (payload) => window.received.push([name, payload]));`;

test('calls made before the script has loaded are replayed, and events are emitted', async () => {
  await using shown = await visit(browser, { before: `${listen} window.firstword('send', 'Asked early')` });
  const { page, server } = shown;
  await page.locator('.actions').waitFor();
  expect(server.messages[0]).toMatchObject({ from: 'visitor', text: 'Asked early' });
  await page.evaluate(call('close'));
  const names = await page.evaluate<[string, unknown][]>(received);
  expect(names.map(([name]) => name)).toEqual(expect.arrayContaining(['ready', 'open', 'message', 'close']));
});

test('open, close and toggle control the panel', async () => {
  await using shown = await visit(browser);
  const { page } = shown;
  const panel = page.getByRole('dialog');
  await page.evaluate(call('open'));
  await panel.waitFor();
  await page.evaluate(call('toggle'));
  await panel.waitFor({ state: 'hidden' });
  await page.evaluate(call('toggle'));
  await panel.waitFor();
  await page.evaluate(call('close'));
  await panel.waitFor({ state: 'hidden' });
});

test('the handshake contains identity, page and language', async () => {
  await using shown = await visit(browser, { attributes: 'data-user-token="early.jwt" data-locale="de"' });
  const { page, server } = shown;
  await page.evaluate(call('page', { url: 'https://shop.example/cart', title: 'Cart' }));
  await openPanel(page);
  await page.getByPlaceholder('Nachricht schreiben').waitFor();
  expect(server.handshakes[0]).toMatchObject({
    site: 'acme',
    identity: 'early.jwt',
    locale: 'de',
    page: { url: 'https://shop.example/cart', title: 'Cart' },
  });
  await page.evaluate(call('identify', { token: 'late.jwt' }));
  await expect.poll(() => server.handshakes.length).toBe(2);
  expect(server.handshakes[1]).toMatchObject({ identity: 'late.jwt', session: 'session-token' });
  await page.evaluate(call('locale', 'en'));
  await page.getByPlaceholder('Write a message').waitFor();
});

test.each([
  [`firstword('opne')`, '"opne" is not a method. Methods: open, close'],
  [`firstword('on', 'opened', () => {})`, 'take a function and one of the events ready, open'],
  [`firstword('identify', 'token')`, 'identify takes { token'],
  [`firstword('send', { text: 'Hello' })`, 'send takes a text'],
])('a call that does nothing logs why to the browser console: %s', async (wrong, why) => {
  await using shown = await visit(browser);
  const { page, complaints } = shown;
  await page.locator('.launcher').waitFor();
  await page.evaluate(`${wrong}; firstword('identify', {}); firstword('identify'); 0`);
  expect(complaints).toEqual([expect.stringContaining(why)]);
});

test('a browser that names no language gets English', async () => {
  await using shown = await visit(browser, {
    before: `Object.defineProperty(Navigator.prototype, 'language', { get: () => undefined });`,
  });
  const { page, server, complaints } = shown;
  await openPanel(page);
  await page.getByPlaceholder('Write a message').waitFor();
  expect(server.handshakes[0]).toMatchObject({ locale: 'en' });
  expect(complaints).toEqual([]);
});

test('a listener can be removed, and one that throws does not affect the others', async () => {
  await using shown = await visit(browser, { before: listen });
  const { page } = shown;
  await page.evaluate(`
    const faulty = () => { throw new Error('of the page'); };
    firstword('on', 'open', faulty);
    const counted = () => window.received.push(['counted']);
    firstword('on', 'open', counted);
    firstword('off', 'open', counted);
    firstword('open');
  `);
  await page.getByRole('dialog').waitFor();
  const names = (await page.evaluate<[string][]>(received)).map(([name]) => name);
  expect(names).toContain('open');
  expect(names).not.toContain('counted');
});

test('a second copy of the script is ignored', async () => {
  await using shown = await visit(browser, {
    body: '<script async nonce="n" src="/widget.js" data-site="acme"></script>',
  });
  const { page } = shown;
  await openPanel(page);
  expect(await page.locator('[data-firstword]').count()).toBe(1);
});

const ADD = `void 0; function add() {
  window.firstword = window.firstword || function () { (firstword.q = firstword.q || []).push(arguments) };
  const script = document.createElement('script');
  Object.assign(script, { async: true, src: '/widget.js', nonce: 'n' });
  script.dataset.site = 'acme';
  document.head.append(script);
  return () => { firstword('shutdown'); script.remove(); };
}
document.querySelector('script').remove();
firstword('shutdown');`;

test.each([
  ['before it has loaded', `add()(); add();`],
  ['twice before it has loaded', `add()(); add()(); add();`],
  ['as soon as it has loaded', `const end = add(); document.head.lastChild.onload = () => { end(); add(); };`],
  ['after the launcher was drawn', `const end = add(); setTimeout(() => { end(); add(); }, 300);`],
])('a script that is removed %s and added again shows one launcher', async (_when, steps) => {
  await using shown = await visit(browser);
  const { page, complaints } = shown;
  await page.locator('.launcher').waitFor();
  await page.evaluate(`${ADD} ${steps} 0`);
  await page.waitForLoadState('networkidle');
  await page.locator('.launcher').waitFor();
  expect(await page.locator('[data-firstword]').count()).toBe(1);
  expect(await page.evaluate(() => window.firstword?.booted)).toBe(true);
  await openPanel(page);
  expect(complaints).toEqual([]);
});

test('calls queued before a shutdown are not replayed after it', async () => {
  await using shown = await visit(browser);
  const { page, server } = shown;
  await page.locator('.launcher').waitFor();
  await page.evaluate(`${ADD}
    const end = add(); firstword('send', 'Of the first life'); end();
    add(); firstword('send', 'Of the second life'); 0`);
  await page.locator('.actions').waitFor();
  expect(server.messages.filter(({ from }) => from === 'visitor').map(({ text }) => text)).toEqual([
    'Of the second life',
  ]);
});

test('shutdown leaves no element, no stored value, no function and no socket', async () => {
  await using shown = await visit(browser);
  const { page, server } = shown;
  await openPanel(page);
  await ask(page, 'Hello');
  await page.locator('.actions').waitFor();
  await page.evaluate(call('shutdown'));
  const left = () =>
    page.evaluate(() => [
      document.querySelectorAll('[data-firstword]').length,
      localStorage.length,
      sessionStorage.length,
      typeof window.firstword,
    ]);
  await expect.poll(left).toEqual([0, 0, 0, 'undefined']);
  server.emit('message', { seq: 99, id: 'late', from: 'agent', text: 'late', at: 1 });
  expect(await page.evaluate(() => localStorage.length)).toBe(0);
});

test('the launcher counts agent messages while the panel is closed, also after a reload', async () => {
  await using shown = await visit(browser, { before: listen });
  const { page, server } = shown;
  await openPanel(page);
  await ask(page, 'Hello');
  await page.locator('.actions').waitFor();
  const read = server.next('read');
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  void read;
  server.sendMessage({ from: 'agent', text: 'Are you there?', agent: { name: 'An agent' } });
  await page.locator('.badge').getByText('1').waitFor();
  expect(await page.evaluate<[string, unknown][]>(received)).toContainEqual(['unread', 1]);
  await page.reload();
  await page.locator('.badge').getByText('1').waitFor();
  await page.click('.launcher');
  await page.locator('.badge').waitFor({ state: 'hidden' });
});

test('the widget works on a page of another origin', async () => {
  await using shown = await visit(browser);
  await using host = await visit(browser, { from: shown.server.url });
  const { page, complaints } = host;
  await openPanel(page);
  await ask(page, 'Hello');
  await page.locator('.actions').waitFor();
  expect(shown.server.messages).toHaveLength(2);
  expect(host.server.handshakes).toEqual([]);
  expect(complaints).toEqual([]);
});
