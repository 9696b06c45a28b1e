import type { ProactiveMessage } from '@firstword/shared/proactive-message';
import { violations } from '@firstword/testing/axe';
import { closeContexts, sharedBrowser } from '@firstword/testing/browser';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask, visit } from './browser.ts';
import type { Script } from './script.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await sharedBrowser();
});
afterAll(() => closeContexts(browser));

const TEXT = 'Questions about prices? We’re here.';
/** Shown at once, on every page. */
const message = (change: Partial<ProactiveMessage> = {}): ProactiveMessage => ({
  ...{ id: 'prices', text: TEXT, translations: [], pages: ['*'], afterSeconds: 0 },
  ...{ oncePer: 'visitor', duringHours: false },
  ...change,
});
const says = (...messages: ProactiveMessage[]): Partial<Script> => ({
  proactive: { name: 'Harbour Coffee', messages },
});
const bubble = (page: Page) => page.locator('.proactive .preview');
/** The part is loaded, and the messages are read. */
const ready = (page: Page) => page.locator('.proactive').waitFor({ state: 'attached' });
const go = (page: Page, path: string) => page.evaluate(`history.pushState({}, '', '${path}')`);

test('the site speaks beside the closed launcher; a click opens the chat, which begins with it', async () => {
  await using shown = await visit(browser, { script: says(message()) });
  const { page, server, complaints, requests } = shown;
  await bubble(page).getByText(TEXT).waitFor();
  expect(await page.locator('.proactive').getAttribute('role')).toBe('status');
  expect(await page.evaluate('document.activeElement === document.body')).toBe(true);
  // No session, and nothing of the visitor in the only request.
  expect([server.handshakes, requests.filter((path) => path.startsWith('/proactive'))]).toEqual([
    [],
    ['/proactive-messages/acme'],
  ]);

  await bubble(page).getByText(TEXT).click();
  await page.locator('.empty__greeting').getByText(TEXT).waitFor();
  expect(await bubble(page).count()).toBe(0);
  expect(server.messages).toEqual([]);
  await ask(page, 'What does the team plan cost?');
  await page.locator('.actions').nth(1).waitFor();
  expect(server.messages.map(({ from, text }) => [from, text])).toEqual([
    ['assistant', TEXT],
    ['visitor', 'What does the team plan cost?'],
    ['assistant', 'Hello **there**.'],
  ]);
  expect(await page.locator('.list > li').count()).toBe(3);
  expect(await page.locator('.list > li').first().textContent()).toContain(TEXT);
  expect(complaints).toEqual([]);
});

test('a page of a site without such messages makes no request for them', async () => {
  await using shown = await visit(browser);
  const { page, requests } = shown;
  await page.waitForLoadState('networkidle');
  await page.click('.launcher');
  await page.locator('.empty__greeting').waitFor();
  expect(requests.filter((path) => path.includes('proactive'))).toEqual([]);
});

test('a script that is pinned by its hash asks for messages where the page has data-proactive', async () => {
  await using shown = await visit(browser, { script: says(message()), attributes: 'data-proactive' });
  const { page } = shown;
  await bubble(page).waitFor();
});

test('a dismissed message does not come back: not on this page, after a reload, or in another tab', async () => {
  await using shown = await visit(browser, { script: says(message()) });
  const { page, server } = shown;
  await bubble(page).getByRole('button', { name: 'Dismiss' }).click();
  await bubble(page).waitFor({ state: 'detached' });
  await go(page, '/other');
  expect(await page.evaluate('document.activeElement.dataset.firstword')).toBe('');
  await page.goto(`${server.url}/`);
  await ready(page);
  const second = await page.context().newPage();
  await second.goto(`${server.url}/`);
  await ready(second);
  for (const each of [page, second]) expect(await bubble(each).count()).toBe(0);
  expect(await page.evaluate(`Object.keys(JSON.parse(localStorage.getItem('firstword:acme:shown')))`)).toEqual([
    'prices',
  ]);
});

test('of two tabs one shows it, and Escape dismisses it', async () => {
  await using shown = await visit(browser, { script: says(message({ pages: ['/prices'] })) });
  const { page, server } = shown;
  const second = await page.context().newPage();
  await second.goto(`${server.url}/`);
  await Promise.all([ready(page), ready(second)]);
  await Promise.all([page, second].map((each) => go(each, '/prices')));
  const both = async () => (await bubble(page).count()) + (await bubble(second).count());
  await expect.poll(both).toBe(1);
  const shower = (await bubble(page).count()) === 1 ? page : second;
  await bubble(shower).getByRole('button', { name: 'Dismiss' }).focus();
  await shower.keyboard.press('Escape');
  await bubble(shower).waitFor({ state: 'detached' });
  expect(await both()).toBe(0);
});

test.each([
  ['with the Navigation API', ''],
  ['without it', 'delete Object.getPrototypeOf(window).navigation; delete window.navigation;'],
])('in a single-page application the message comes and goes with its pages, %s', async (_, before) => {
  const prices = message({ pages: ['/prices'], oncePer: 'visitor' });
  const cart = message({ id: 'cart', text: 'Need help with your order?', pages: ['/#/cart'] });
  await using shown = await visit(browser, { script: says(prices, cart), before });
  const { page } = shown;
  await ready(page);
  expect(await bubble(page).count()).toBe(0);
  await go(page, '/prices?plan=team');
  await bubble(page).getByText(TEXT).waitFor();
  await go(page, '/about');
  await bubble(page).waitFor({ state: 'detached' });
  await page.evaluate(`history.back()`);
  await page.waitForURL('**/prices?plan=team');
  await go(page, '/');
  await page.evaluate(`location.hash = '#/cart'`);
  await bubble(page).getByText('Need help with your order?').waitFor();
});

test('an open page shows what the site says now, and takes back what it no longer says', async () => {
  const before = `const [now, every] = [performance.now.bind(performance), setInterval];
    performance.now = () => now() + (window.later ?? 0);
    window.setInterval = (work) => every(work, 20);`;
  await using shown = await visit(browser, { script: says(message({ pages: ['/prices'] })), before });
  const { page, server } = shown;
  await ready(page);
  server.script.proactive = { name: 'Harbour Coffee', messages: [message({ id: 'tea', text: 'We have tea now.' })] };
  await page.evaluate('window.later = 5000');
  await bubble(page).getByText('We have tea now.').waitFor();
  server.script.proactive = { name: 'Harbour Coffee', messages: [message({ id: 'tea', text: 'Tea is sold out.' })] };
  await page.evaluate('window.later = 10_000');
  await bubble(page).getByText('Tea is sold out.').waitFor();
  server.script.proactive = { name: 'Harbour Coffee', messages: [] };
  await page.evaluate('window.later = 15_000');
  await bubble(page).waitFor({ state: 'detached' });
});

test('while the chat is open, and once the visitor has a conversation, the site says nothing', async () => {
  const other = message({ id: 'other', text: 'Still there?', pages: ['/other'] });
  await using shown = await visit(browser, { script: says(other) });
  const { page, server } = shown;
  await ready(page);
  await page.click('.launcher');
  await page.locator('.empty__greeting').waitFor();
  await go(page, '/other');
  await ask(page, 'Where is my order?');
  await page.locator('.actions').waitFor();
  await page.keyboard.press('Escape');
  await page.goto(`${server.url}/other`);
  await ready(page);
  await expect.poll(() => server.handshakes.length).toBe(2);
  expect(await bubble(page).count()).toBe(0);
  expect(await page.evaluate(`localStorage.getItem('firstword:acme:shown')`)).toBeNull();
});

test('a conversation that begins in another tab removes it', async () => {
  await using shown = await visit(browser, { script: says(message()) });
  const { page, server } = shown;
  await bubble(page).waitFor();
  const second = await page.context().newPage();
  await second.goto(`${server.url}/`);
  await second.click('.launcher');
  await second.locator('.empty__greeting').waitFor();
  await ask(second, 'Where is my order?');
  await second.locator('.actions').waitFor();
  await bubble(page).waitFor({ state: 'detached' });
});

test('a chat that was opened with the message begins with it after a reload, too', async () => {
  await using shown = await visit(browser, { script: says(message()) });
  const { page, server } = shown;
  await bubble(page).getByText(TEXT).click();
  await page.locator('.empty__greeting').getByText(TEXT).waitFor();
  await page.reload();
  await page.locator('.empty__greeting').getByText(TEXT).waitFor();
  await ask(page, 'Hello');
  await page.locator('.actions').nth(1).waitFor();
  expect(server.messages.map(({ text }) => text).slice(0, 2)).toEqual([TEXT, 'Hello']);
});

test('a new conversation after that does not begin with it again', async () => {
  await using shown = await visit(browser, { script: says(message()) });
  const { page } = shown;
  await bubble(page).getByText(TEXT).click();
  await page.locator('.empty__greeting').getByText(TEXT).waitFor();
  await ask(page, 'Hello');
  await page.locator('.actions').nth(1).waitFor();
  await page.getByRole('button', { name: 'Home' }).click();
  await page.getByRole('button', { name: 'New conversation' }).click();
  await page.locator('.empty__greeting').getByText('Hello. What can we help you with?').waitFor();
});

test('a browser that stores nothing gets no message, because it could not remember it', async () => {
  const before = `for (const area of ['localStorage', 'sessionStorage'])
    Object.defineProperty(window, area, { get() { throw new DOMException('', 'SecurityError'); } });`;
  await using shown = await visit(browser, { script: says(message()), before });
  const { page, complaints } = shown;
  await ready(page);
  await page.click('.launcher');
  await page.locator('.empty__greeting').waitFor();
  expect([await bubble(page).count(), complaints]).toEqual([0, []]);
});

test('a message for the opening hours waits for them', async () => {
  const hours = { timeZone: 'UTC', open: [{ days: ['mon' as const], from: '09:00', to: '17:00' }] };
  await using shown = await visit(browser, {
    script: {
      proactive: { name: 'Harbour Coffee', hours, messages: [message({ duringHours: true, oncePer: 'visit' })] },
    },
    before: `Date.now = () => window.time ?? Date.UTC(2026, 10, 30, 8, 30)`,
  });
  const { page } = shown;
  await ready(page);
  expect(await bubble(page).count()).toBe(0);
  await page.evaluate('window.time = Date.UTC(2026, 10, 30, 9, 30)');
  await go(page, '/next');
  await bubble(page).getByText(TEXT).waitFor();
  await page.evaluate('window.time += 29 * 60_000');
  await go(page, '/again');
  // This message stays on every page that it is for.
  await bubble(page).getByRole('button', { name: 'Dismiss' }).click();
  await go(page, '/same-visit');
  expect(await bubble(page).count()).toBe(0);
  await page.evaluate('window.time += 31 * 60_000');
  await page.reload();
  await ready(page);
  expect(await bubble(page).count()).toBe(0);
});

test('a page that comes back from the back/forward cache asks again whether there is something to say', async () => {
  await using shown = await visit(browser, { script: says(message()) });
  const { page } = shown;
  await bubble(page).waitFor();
  await page.evaluate(`localStorage.setItem('firstword:acme:person', JSON.stringify({ id: 'x', readSeq: 2 }));
    dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))`);
  await bubble(page).waitFor({ state: 'detached' });
});

test('a widget that the page has removed says nothing more', async () => {
  await using shown = await visit(browser, { script: says(message({ pages: ['/prices'] })) });
  const { page, complaints } = shown;
  await ready(page);
  await page.evaluate(`firstword('shutdown')`);
  await go(page, '/prices');
  expect([await page.locator('.preview').count(), complaints]).toEqual([0, []]);
  expect(await page.evaluate(`localStorage.getItem('firstword:acme:shown')`)).toBeNull();
});

test.each([
  ['de-AT', 'Fragen zu Preisen?', 'Ausblenden'],
  ['he', TEXT, 'סגירה'],
])('in %s it reads “%s”, and axe finds no violation', async (locale, text, dismiss) => {
  const german = [{ language: 'de', text: 'Fragen zu Preisen?' }];
  await using shown = await visit(browser, {
    script: says(message({ translations: german })),
    attributes: `data-locale="${locale}"`,
    context: { viewport: { width: 375, height: 667 }, bypassCSP: true },
  });
  const { page } = shown;
  await bubble(page).getByText(text).waitFor();
  await bubble(page).getByRole('button', { name: dismiss }).waitFor();
  expect(await violations(page)).toEqual([]);
  const box = await bubble(page).boundingBox();
  expect(box && box.x >= 0 && box.x + box.width <= 375).toBe(true);
});
