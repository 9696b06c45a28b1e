import { createHmac, randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { closeContexts, sharedBrowser } from '@firstword/testing/browser';
import { listenLocally } from '@firstword/testing/listen-locally';
import { startProduct } from '@firstword/testing/npm-start';
import { addSecurityRow } from '@firstword/testing/security-row';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask, composer, openPage, openWidget } from './harness/browser.ts';

const SECRET = 'a secret that is long enough for it';
/** Teardown steps, run in reverse order. */
const ends: (() => unknown)[] = [];
let browser: Browser;
let shop: string;

function sign(sub: string): string {
  const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
  const exp = Math.floor(Date.now() / 1000) + 300;
  const content = `${encode({ alg: 'HS256' })}.${encode({ sub, aud: 'acme', jti: randomUUID(), exp })}`;
  return `${content}.${createHmac('sha256', SECRET).update(content).digest('base64url')}`;
}

beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'firstword-e2e-'));
  ends.push(() => rm(folder, { recursive: true, force: true }));
  let widget = '';
  const pages = createServer((request, response) => {
    const token = new URL(request.url ?? '/', 'http://shop').searchParams.get('token') ?? '';
    response.setHeader('content-type', 'text/html');
    response.end(`<!doctype html><html lang="en"><title>Shop</title><link rel="icon" href="data:,"><h1>Shop</h1>
<script async src="${widget}/widget.js" data-site="acme" data-user-token="${token}"></script>`);
  });
  shop = `http://127.0.0.1:${await listenLocally(pages)}`;
  ends.push(() => pages.close());
  const config = join(folder, 'config.json');
  const site = { id: 'acme', name: 'Acme', allowedOrigins: [shop], identitySecret: SECRET };
  await writeFile(config, JSON.stringify({ sites: [site] }));
  const [chromium, product] = await Promise.all([
    sharedBrowser(),
    startProduct({ DEMO_PACE: 'instant', CONFIG_FILE: config, SMTP_URL: 'smtp://127.0.0.1:9' }),
  ]);
  ends.push(product.stop, () => closeContexts(chromium));
  browser = chromium;
  widget = product.url;
});
afterAll(async () => {
  for (const end of ends.toReversed()) await end();
});

const identify = (page: Page, token: string | null) =>
  page.evaluate(`firstword('identify', ${token === null ? null : JSON.stringify({ token })})`);
const greeting = (page: Page) => page.locator('.empty__greeting').waitFor();
const own = (page: Page) => page.locator('.own .bubble').allTextContents();
const answered = (page: Page) => page.locator('.actions').first().waitFor();

test('a token sent twice, by a page that renders twice or comes from a cache, continues the conversation', async () => {
  const token = sign(`anna ${randomUUID()}`);
  const { page, complaints } = await openPage(browser, `${shop}/?token=${token}`);
  await openWidget(page);
  await ask(page, 'How long may I return an item?');
  await answered(page);
  await identify(page, token);
  await identify(page, token);
  await ask(page, 'And a used one?');
  await expect.poll(() => own(page)).toHaveLength(2);
  await page.reload();
  await expect.poll(() => own(page)).toHaveLength(2);
  const second = await page.context().newPage();
  await second.goto(`${shop}/?token=${token}`);
  await second.locator('.launcher').click();
  await expect.poll(() => own(second)).toHaveLength(2);
  expect(await page.locator('.banner').count()).toBe(0);
  expect(complaints).toEqual([]);

  const other = await openPage(browser, `${shop}/?token=${token}`);
  await openWidget(other.page);
  await other.page.locator('.banner').waitFor();
  expect(await own(other.page)).toEqual([]);
});

test('no data of the first visitor reaches the second, who signs in on the same page', async () => {
  const [anna, bert] = [`anna ${randomUUID()}`, `bert ${randomUUID()}`];
  const { page } = await openPage(browser, shop);
  await openWidget(page);
  await identify(page, sign(anna));
  await greeting(page);
  await ask(page, 'I want to talk to a real person, please');
  await page.locator('.card').waitFor();
  await page.locator('.contact input').fill('anna@private.example');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.locator('#contact-code').waitFor();
  // Written while the connection is down, so it waits.
  await page.context().setOffline(true);
  await page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))");
  await ask(page, 'my card number is 4711');
  await composer(page).fill('my salary is 5000');
  await identify(page, sign(bert));
  await page.context().setOffline(false);
  await greeting(page);
  expect(await own(page)).toEqual([]);
  expect(await composer(page).inputValue()).toBe('');
  await ask(page, 'I want to talk to a real person, too');
  await page.locator('.contact input').waitFor();
  expect(await page.locator('.contact input').inputValue()).toBe('');
  expect(await own(page)).toEqual(['I want to talk to a real person, too']);
  const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
  expect(kept).not.toMatch(/anna|4711|salary/);

  // The first visitor still has their conversation.
  await identify(page, sign(anna));
  await expect.poll(() => own(page)).toEqual(['I want to talk to a real person, please']);
});

test.each([
  ['signs out', (page: Page) => identify(page, null)],
  ['shuts the chat down', (page: Page) => page.evaluate("firstword('shutdown')")],
  ['shuts it down on a page that has not loaded it yet', (page: Page) => page.goto(`${shop}/?shutdown`)],
])('after a visitor %s, none of their data is left, also in other tabs', async (what, leave) => {
  const { page } = await openPage(browser, `${shop}/?token=${sign(`carla ${randomUUID()}`)}`);
  await openWidget(page);
  await ask(page, 'How long may I return an item?');
  await answered(page);
  const other = await page.context().newPage();
  await other.goto(shop);
  await openWidget(other);
  await expect.poll(() => own(other)).toHaveLength(1);
  await composer(other).fill('half a private thought');
  if (what.includes('not loaded'))
    await page.addInitScript("if (location.search === '?shutdown') window.firstword = { q: [['shutdown']] }");
  await leave(page);
  await greeting(other);
  expect(await composer(other).inputValue()).toBe('');
  await ask(other, 'A question of the next visitor');
  await answered(other);
  await page.goto(shop);
  await page.locator('.launcher').click();
  await expect.poll(() => own(page)).toEqual(['A question of the next visitor']);
});

test('the draft and the open panel survive a page load, and the next visitor does not get them', async () => {
  const [dora, emil] = [sign(`dora ${randomUUID()}`), sign(`emil ${randomUUID()}`)];
  const { page } = await openPage(browser, `${shop}/?token=${dora}`);
  await openWidget(page);
  await greeting(page);
  await composer(page).fill('A long text that took minutes');
  await page.goto(`${shop}/other-page?token=${dora}`);
  await page.getByRole('dialog').waitFor();
  expect(await composer(page).inputValue()).toBe('A long text that took minutes');
  expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('BODY');
  await page.goto(`${shop}/?token=${emil}`);
  await page.locator('.launcher').waitFor();
  await page.waitForLoadState('networkidle');
  expect(await page.getByRole('dialog').count()).toBe(0);
  await openWidget(page);
  expect(await composer(page).inputValue()).toBe('');
});

const sessionOf = (page: Page) => page.evaluate("localStorage.getItem('firstword:acme')");
/** Whether the server still accepts a session token, as a copy in other hands would find out. */
async function isAlive(token: unknown): Promise<boolean> {
  const { page } = await openPage(browser, shop);
  await page.evaluate(`localStorage.setItem('firstword:acme', ${JSON.stringify(token)})`);
  await page.reload();
  await openWidget(page);
  await composer(page).waitFor();
  await expect.poll(() => sessionOf(page)).toBeTruthy();
  const before = await sessionOf(page);
  await page.waitForLoadState('networkidle');
  return before === token && (await sessionOf(page)) === token;
}

test('a visitor who signs in keeps the conversation, in two browsers and all tabs', async () => {
  const anna = `anna ${randomUUID()}`;
  const phone = await openPage(browser, `${shop}/?token=${sign(anna)}`);
  await openWidget(phone.page);
  await ask(phone.page, 'Asked on the phone');
  await answered(phone.page);

  const { page } = await openPage(browser, shop);
  await openWidget(page);
  await ask(page, 'Asked before signing in');
  await answered(page);
  const tab = await page.context().newPage();
  await tab.goto(shop);
  await tab.locator('.launcher').click();
  await expect.poll(() => own(tab)).toEqual(['Asked before signing in']);
  const anonymous = await sessionOf(page);
  await identify(page, sign(anna));
  const both = ['Asked on the phone', 'Asked before signing in'];
  for (const each of [page, phone.page, tab]) await expect.poll(() => own(each)).toEqual(both);
  await ask(tab, 'Asked in the other tab');
  for (const each of [page, phone.page])
    await expect.poll(() => own(each)).toEqual([...both, 'Asked in the other tab']);
  expect(await sessionOf(page)).not.toBe(anonymous);
  expect(await isAlive(anonymous)).toBe(false);
});

test('signing out ends the session on the server, and after an outage with the next page', async ({ task }) => {
  const { page } = await openPage(browser, `${shop}/?token=${sign(`frida ${randomUUID()}`)}`);
  const addresses: string[] = [];
  page.on('request', (request) => addresses.push(request.url()));
  page.on('websocket', (socket) => addresses.push(socket.url()));
  await openWidget(page);
  await ask(page, 'My account number is 4711');
  await answered(page);
  const first = await sessionOf(page);
  expect(await isAlive(first)).toBe(true);
  await identify(page, null);
  await expect.poll(() => page.evaluate('JSON.stringify({ ...localStorage })')).not.toContain(String(first));
  expect(await isAlive(first)).toBe(false);

  await identify(page, sign(`gerd ${randomUUID()}`));
  await ask(page, 'Another secret');
  await answered(page);
  const second = await sessionOf(page);
  await page.context().setOffline(true);
  await page.evaluate("firstword('shutdown')");
  const kept = await page.evaluate('Object.keys(localStorage)');
  expect(kept).toEqual(['firstword:acme:left']);
  await page.context().setOffline(false);
  await page.goto(shop);
  await expect.poll(() => page.evaluate('Object.keys(localStorage)')).not.toContain('firstword:acme:left');
  expect(await isAlive(second)).toBe(false);
  const named = addresses.filter((address) => address.includes(String(first)) || address.includes(String(second)));
  expect(named).toEqual([]);
  addSecurityRow(task, {
    id: 'S05',
    tried: `2 sessions signed out, 1 of them offline; ${addresses.length} addresses that the page asked for`,
    result: `0 of 2 sessions alive, ${named.length} addresses with a session token`,
  });
});
