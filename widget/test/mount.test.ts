import { fileURLToPath } from 'node:url';
import { violations } from '@firstword/testing/axe';
import { closeContexts, sharedBrowser } from '@firstword/testing/browser';
import type { Browser } from 'playwright-core';
import { build, type Rolldown } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { LANGUAGES } from '../src/texts.ts';
import { ask, visit } from './browser.ts';

const here = fileURLToPath(new URL('.', import.meta.url));
let browser: Browser;
beforeAll(async () => {
  browser = await sharedBrowser();
});
afterAll(() => closeContexts(browser));

test('a mounted chat fills its element, takes no focus, answers, and unmounts completely', async () => {
  await using shown = await visit(browser, { path: '/inline', context: { bypassCSP: true } });
  const { page, server, complaints } = shown;
  await page.locator('.empty__greeting').waitFor();
  expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('BODY');
  expect(await page.locator('.launcher').count()).toBe(0);
  expect(await page.getByRole('button', { name: 'Close chat' }).count()).toBe(0);
  const place = await page.locator('#chat').boundingBox();
  expect(await page.locator('.panel').boundingBox()).toEqual(place);

  await ask(page, 'Hello');
  await page.locator('.actions').waitFor();
  await page.keyboard.press('Escape');
  expect(await page.locator('.panel').isVisible()).toBe(true);
  expect(await page.evaluate('window.events')).toContain('message');
  expect(await violations(page)).toEqual([]);

  const left = () =>
    page.evaluate(() => [document.querySelectorAll('[data-firstword]').length, localStorage.length > 0]);
  await page.evaluate('window.chat.unmount()');
  expect(await left()).toEqual([0, true]);
  await expect.poll(() => server.connected()).toBe(0);
  await page.evaluate('window.mountChat()');
  await page.locator('.actions').waitFor();
  await page.evaluate('window.chat.shutdown()');
  // The session's token goes once the server has ended it.
  await expect.poll(left).toEqual([0, false]);
  await expect.poll(() => server.connected()).toBe(0);
  expect(complaints).toEqual([]);
});

test('on a phone the mounted chat stays within its element', async () => {
  await using shown = await visit(browser, {
    path: '/inline',
    context: { viewport: { width: 375, height: 700 }, hasTouch: true, isMobile: true },
  });
  const { page } = shown;
  await page.locator('.empty__greeting').waitFor();
  expect(await page.locator('.panel').boundingBox()).toEqual(await page.locator('#chat').boundingBox());
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(375);
});

test('two chats on one page each have their own language and conversation, also after a page load', async () => {
  await using shown = await visit(browser, { path: '/inline' });
  const { page } = shown;
  const second = `void 0; {
    const element = document.body.appendChild(document.createElement('div'));
    element.id = 'second';
    window.second = mount({ element, site: 'acme', server: location.origin, locale: 'de' });
  }`;
  await page.locator('.empty__greeting').waitFor();
  const chats = () =>
    page
      .locator('textarea')
      .evaluateAll((fields) =>
        fields.map((field) => [(field as HTMLTextAreaElement).placeholder, (field as HTMLTextAreaElement).value]),
      );
  const both = [
    ['Write a message', 'in the first'],
    ['Nachricht schreiben', ''],
  ];
  await page.evaluate(second);
  await page.locator('#second textarea').waitFor();
  await page.locator('#chat textarea').fill('in the first');
  await expect.poll(chats).toEqual(both);
  const sessions = () => page.evaluate(() => Object.keys(localStorage).filter((key) => !key.includes(':person')));
  await expect.poll(sessions).toEqual(['firstword:acme', 'firstword:acme#2']);
  await page.reload();
  await page.locator('#chat textarea').waitFor();
  await page.evaluate(second);
  await expect.poll(chats).toEqual(both);
  // A freed number is used again.
  await page.evaluate('window.chat.unmount(); window.mountChat()');
  await expect.poll(chats).toEqual(both);
});

test('a bundler includes it without any other package, with languages loaded on demand', async () => {
  const id = 'the-page';
  const { output } = (await build({
    root: here,
    configFile: false,
    logLevel: 'silent',
    build: { write: false, minify: false, modulePreload: false, rollupOptions: { input: id } },
    plugins: [
      {
        name: id,
        resolveId: (wanted) => (wanted === id ? id : null),
        load: (loaded) => (loaded === id ? `import { mount } from '@firstword/widget'; mount(window.place);` : null),
      },
    ],
  })) as Rolldown.RolldownOutput;
  const chunks = output.filter((part) => part.type === 'chunk');
  const own = new Set(chunks.map(({ fileName }) => fileName));
  expect(chunks.flatMap(({ imports }) => imports).filter((name) => !own.has(name))).toEqual([]);
  expect(chunks.filter(({ fileName }) => /(^|\/)texts-/.test(fileName)).length).toBe(Object.keys(LANGUAGES).length);
});
