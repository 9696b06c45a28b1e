/** Attacks by markup in the widget, as texts of the visitor and of the assistant. */
import { linkSchemes, markupKinds, WITHOUT_POLICY, watchAttacks } from '@firstword/testing/attack-watch';
import { closeContexts, sharedBrowser } from '@firstword/testing/browser';
import { exfiltrationAttacks, markupAttacks, SCHEMES } from '@firstword/testing/markup-attacks';
import { addSecurityRow } from '@firstword/testing/security-row';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { ask, openPanel, visit } from './browser.ts';
import type { Script } from './script.ts';
import { showcase } from './showcase.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await sharedBrowser();
});
afterAll(() => closeContexts(browser));

const attacks = markupAttacks();
const HARMLESS = `${showcase.answer}\nTwo\nlines, [a note], ~~gone~~ <https://shop.example/> +49 30 1234\n\n---\n\n- [x] done\n\n![a cat](/cat.png)`;

/** An open panel with harmless messages, and the kinds of markup that these have. */
async function openWatched(script: Partial<Script> = {}) {
  const shown = await visit(browser, { script, context: WITHOUT_POLICY });
  onTestFinished(() => shown[Symbol.asyncDispose]());
  const { page, server } = shown;
  const watch = await watchAttacks(page, server.url);
  server.sendMessage({ from: 'visitor', text: 'Can I return it?' });
  server.sendMessage({ from: 'assistant', text: HARMLESS, turnId: 'harmless' });
  await openPanel(page);
  await page.getByText('FW-4711').waitFor();
  const list = page.locator('.list');
  const [harmless, scripts] = [await markupKinds(list), await page.locator('script').count()];
  return {
    ...{ page, server, list, watch },
    /** The kinds of markup that only the attacks have brought. */
    async foreignKinds() {
      expect(await page.locator('script').count()).toBe(scripts);
      return (await markupKinds(list)).filter((kind) => !harmless.includes(kind));
    },
  };
}

test('the attacks run scripts on a page that takes them for HTML', async () => {
  const before = 'window.ran = 0; window.alert = () => void (window.ran += 1)';
  const shown = await visit(browser, { before, context: WITHOUT_POLICY });
  onTestFinished(() => shown[Symbol.asyncDispose]());
  const { page, server } = shown;
  const watch = await watchAttacks(page, server.url);
  await page.evaluate((texts) => {
    for (const text of texts) document.body.append(document.createRange().createContextualFragment(text));
  }, attacks);
  await expect.poll(() => page.evaluate<number>('window.ran')).toBeGreaterThan(50);
  await expect.poll(() => watch.foreignRequests.length).toBeGreaterThan(0);
});

test('markup in a visitor’s messages is shown as text', async ({ task }) => {
  const { page, server, watch, foreignKinds } = await openWatched();
  for (const text of attacks) server.sendMessage({ from: 'visitor', text });
  const bubbles = page.locator('.own .bubble');
  await expect.poll(() => bubbles.count()).toBe(attacks.length + 1);
  expect((await bubbles.allTextContents()).slice(1)).toEqual(attacks);
  const foreign = await foreignKinds();
  expect({ foreign, ...watch }).toEqual({ foreign: [], dialogs: [], foreignRequests: [], errors: [] });
  expect(attacks.length).toBeGreaterThanOrEqual(200);
  addSecurityRow(task, {
    id: 'S12',
    tried: `${attacks.length} visitor messages with markup, shown in the widget in Chromium without its content policy`,
    result: `${watch.dialogs.length} dialogs, ${foreign.length} foreign elements, 0 scripts`,
  });
});

test('markup in answers results in the elements of Markdown only', async ({ task }) => {
  const { page, server, watch, foreignKinds } = await openWatched();
  attacks.forEach((text, at) => void server.sendMessage({ from: 'assistant', text, turnId: `attack-${at}` }));
  await expect.poll(() => page.locator('.answer').count()).toBe(attacks.length + 1);
  const foreign = await foreignKinds();
  expect({ foreign, ...watch }).toEqual({ foreign: [], dialogs: [], foreignRequests: [], errors: [] });
  addSecurityRow(task, {
    id: 'S13',
    tried: `${attacks.length} answers with markup, shown in the widget in Chromium without its content policy`,
    result: `${watch.dialogs.length} dialogs, ${foreign.length} foreign elements, 0 scripts`,
  });
});

test('only http, https, mailto and tel addresses in answers are links', async ({ task }) => {
  const { page, list, server } = await openWatched();
  for (const [at, scheme] of SCHEMES.entries()) {
    const url = `${scheme}:${scheme.startsWith('http') ? '//shop.example/' : 'shop'}`;
    const text = `Scheme ${at}: [link](${url}), <${url}>, ${url}`;
    server.sendMessage({ from: 'assistant', text, turnId: `scheme-${at}` });
  }
  await expect.poll(() => page.locator('.answer').count()).toBe(SCHEMES.length + 1);
  const passed = await linkSchemes(list);
  expect(passed).toEqual(['http', 'https', 'mailto', 'tel']);
  addSecurityRow(task, {
    id: 'S14',
    tried: `links of ${SCHEMES.length} schemes in answers, each in 3 notations, in the widget`,
    result: `${passed.length} became links: ${passed.join(', ')}`,
  });
});

test('injected answers load nothing from another host, neither streamed nor stored', async ({ task }) => {
  const injected = exfiltrationAttacks('canary.example', 100);
  const { page, server, watch, foreignKinds } = await openWatched({ answer: injected.join('\n\n'), pieceLength: 16 });
  await ask(page, 'What is my code?');
  await page.locator('.answer').last().getByText('FW-1099').first().waitFor();
  injected.forEach((text, at) => void server.sendMessage({ from: 'assistant', text, turnId: `injected-${at}` }));
  await expect.poll(() => page.locator('.answer').count()).toBe(injected.length + 2);
  await page.evaluate(() => new Promise((idle) => requestIdleCallback(idle)));
  expect([watch.foreignRequests, await foreignKinds()]).toEqual([[], []]);
  addSecurityRow(task, {
    id: 'S15',
    tried: `${injected.length} injected answers with images, references, autolinks and titles, streamed and stored, in the widget`,
    result: `${watch.foreignRequests.length} requests to another host`,
  });
});
