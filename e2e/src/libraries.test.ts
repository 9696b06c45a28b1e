import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BROWSER_ARGS, BROWSER_PATH, closeContexts, sharedBrowser } from '@firstword/testing/browser';
import { acmeWith } from '@firstword/testing/config-file';
import { type Product, startProduct } from '@firstword/testing/npm-start';
import { startTcpProxy } from '@firstword/testing/tcp-proxy';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { type LibraryPages, startLibraryPages } from './harness/library-pages.ts';

let pages: LibraryPages;
let product: Product;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  pages = await startLibraryPages();
  const config = acmeWith({ allowedOrigins: [pages.url] });
  [browser, product] = await Promise.all([sharedBrowser(), startProduct({ DEMO_PACE: 'instant' }, config)]);
  pages.useWidget(product.url);
});
afterAll(async () => {
  await closeContexts(browser);
  await product.stop();
  await pages.stop();
});
beforeEach(async () => {
  page = await browser.newPage({ viewport: { width: 1000, height: 600 } });
});
afterEach(() => page.context().close());

/** Not by role: the page may have a dialog, too. */
const composer = (within: Page) => within.locator('.composer textarea');
async function openWidget(within: Page) {
  await within.locator('.launcher').click();
  await composer(within).waitFor();
}
async function ask(within: Page, text: string) {
  await composer(within).fill(text);
  await composer(within).press('Enter');
}
const launchers = () => page.locator('.launcher').count();

test.each(['18', '19'])('in StrictMode of React %s the widget mounts once and answers', async (version) => {
  await page.goto(`${pages.url}/react-${version}`);
  await openWidget(page);
  await ask(page, 'Where is my order?');
  await page.locator('.list > li').nth(1).waitFor();
  expect(await launchers()).toBe(1);
});

test.each(['radix', 'bootstrap'])('the widget can be typed in while a modal of %s stays open', async (library) => {
  await page.goto(`${pages.url}/${library}`);
  await page.locator('#field').focus();
  await openWidget(page);
  await composer(page).click();
  await page.keyboard.type('My order is late');
  expect(await composer(page).inputValue()).toBe('My order is late');
  expect(await page.inputValue('#field')).toBe('');
  expect(await launchers()).toBe(1);
});

test('keys typed in the widget reach no shortcut of @github/hotkey', async () => {
  await page.goto(`${pages.url}/hotkey`);
  await openWidget(page);
  await composer(page).focus();
  await page.keyboard.type('no problem so far / next');
  expect(await composer(page).inputValue()).toBe('no problem so far / next');
  expect(await page.inputValue('#field')).toBe('');
  expect(await page.evaluate('window.clicked')).toBeUndefined();
  await page.mouse.click(5, 400);
  await page.keyboard.press('n');
  await expect.poll(() => page.evaluate('window.clicked')).toBe(true);
});

test.each(['turbo', 'htmx'])('draft, scroll position and open panel survive a visit by %s', async (library) => {
  await page.goto(`${pages.url}/${library}`);
  await openWidget(page);
  await ask(page, 'A long question about many things. '.repeat(60));
  await page.locator('.list > li').nth(1).waitFor();
  await composer(page).fill('half a sentence');
  const box = page.locator('.scroll__box');
  const scrollTop = () => box.evaluate((element) => element.scrollTop);
  await box.evaluate((element) => {
    element.scrollTop = 100;
  });
  await expect.poll(scrollTop).toBe(100);
  await composer(page).focus();
  // As a click within the page does, without taking the focus from the field.
  await page.locator('#visit').evaluate((link) => link instanceof HTMLElement && link.click());
  await page.waitForURL(`**/${library}-next`);
  await page.getByText(`Visit /${library}`, { exact: true }).waitFor();
  await page.keyboard.type(' and more');
  expect(await composer(page).inputValue()).toBe('half a sentence and more');
  expect(await scrollTop()).toBe(100);
  expect(await launchers()).toBe(1);
});

test('with all cookies and storage blocked the conversation goes on after the connection was lost', async () => {
  const profile = mkdtempSync(join(tmpdir(), 'firstword-profile-'));
  mkdirSync(join(profile, 'Default'));
  const blocked = { profile: { default_content_setting_values: { cookies: 2 } } };
  writeFileSync(join(profile, 'Default/Preferences'), JSON.stringify(blocked));
  const proxy = await startTcpProxy({ port: Number(new URL(product.url).port) });
  pages.useWidget(`http://localhost:${proxy.port}`);
  const context = await chromium.launchPersistentContext(profile, { executablePath: BROWSER_PATH, args: BROWSER_ARGS });
  try {
    const blockedPage = await context.newPage();
    await blockedPage.goto(`${pages.url}/plain`);
    const storage = blockedPage.evaluate(() => localStorage.length);
    await expect(storage).rejects.toThrow('Access is denied');
    await openWidget(blockedPage);
    await ask(blockedPage, 'Where is my order?');
    await blockedPage.locator('.list > li').nth(1).waitFor();
    proxy.cut();
    await ask(blockedPage, 'Are you still there?');
    await blockedPage.locator('.list > li').nth(3).waitFor();
    expect(await blockedPage.locator('.own .bubble').allTextContents()).toEqual([
      'Where is my order?',
      'Are you still there?',
    ]);
  } finally {
    await context.close();
    await proxy.stop();
    pages.useWidget(product.url);
    rmSync(profile, { recursive: true, force: true });
  }
});
