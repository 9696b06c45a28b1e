/** Attacks by markup in the console, as messages of the visitor and the assistant and in every field of an analysis. */
import { analysisRunSchema } from '@firstword/shared/analysis';
import { linkSchemes, markupKinds, WITHOUT_POLICY, watchAttacks } from '@firstword/testing/attack-watch';
import { exfiltrationAttacks, markupAttacks, SCHEMES } from '@firstword/testing/markup-attacks';
import { addSecurityRow } from '@firstword/testing/security-row';
import type { Browser, Page } from 'playwright-core';
import { expect, onTestFinished } from 'vitest';
import { doubleCharge } from './analysis-contents.ts';
import { enter } from './browser.ts';
import { test } from './console-test.ts';
import type { ScriptedServer } from './scripted-server.ts';

const TICKET = 't-1042';
const HARMLESS = 'Two\nlines, **bold**, [a link](https://shop.example/)\n\n> quoted\n\n- one\n\n1. two\n\n2) three';
const attacks = markupAttacks();

/** Opens the ticket without the console's content policy. */
async function openWatched(browser: Browser, server: ScriptedServer) {
  const context = await browser.newContext({ ...WITHOUT_POLICY, viewport: { width: 1440, height: 900 } });
  onTestFinished(() => context.close());
  const page = await context.newPage();
  const watch = await watchAttacks(page, server.url);
  await enter(page, server, `/console/tickets/${TICKET}`);
  await page.locator('.analysis .note').waitFor();
  // The model calls are read after the ticket.
  await page.locator('.analysis table').first().waitFor({ state: 'attached' });
  const kinds = async () => [
    ...(await markupKinds(page.locator('.talk, .analysis, .composer'))),
    `${await page.locator('script').count()} scripts`,
  ];
  return { page, watch, kinds };
}

/** Shows texts in an open conversation; resolves with the kinds of markup that harmless texts do not have. */
async function showTexts(
  { page, kinds }: { page: Page; kinds: () => Promise<string[]> },
  server: ScriptedServer,
  from: 'visitor' | 'assistant',
  texts: readonly string[],
) {
  const add = (text: string) =>
    server.emit('message', { ticketId: TICKET, message: server.tickets.addMessage(TICKET, { from, text }) });
  const shown = page.locator(`.message--${from} .message__text`);
  const before = await shown.count();
  add(HARMLESS);
  await expect.poll(() => shown.count()).toBe(before + 1);
  const harmless = await kinds();
  texts.forEach(add);
  await expect.poll(() => shown.count()).toBe(before + 1 + texts.length);
  return {
    foreign: (await kinds()).filter((kind) => !harmless.includes(kind)),
    shown: (await shown.allTextContents()).slice(before + 1),
  };
}

test('markup in a visitor’s messages is shown as text', async ({ browser, server, task }) => {
  const opened = await openWatched(browser, server);
  const { foreign, shown } = await showTexts(opened, server, 'visitor', attacks);
  expect(shown).toEqual(attacks);
  expect({ foreign, ...opened.watch }).toEqual({ foreign: [], dialogs: [], foreignRequests: [], errors: [] });
  addSecurityRow(task, {
    id: 'S12',
    tried: `${attacks.length} visitor messages with markup, shown in the console in Chromium without its content policy`,
    result: `${opened.watch.dialogs.length} dialogs, ${foreign.length} foreign elements, 0 scripts`,
  });
});

test('markup in answers results in the elements of Markdown only', async ({ browser, server, task }) => {
  const opened = await openWatched(browser, server);
  const { foreign } = await showTexts(opened, server, 'assistant', attacks);
  expect({ foreign, ...opened.watch }).toEqual({ foreign: [], dialogs: [], foreignRequests: [], errors: [] });
  addSecurityRow(task, {
    id: 'S13',
    tried: `${attacks.length} answers with markup, shown in the console in Chromium without its content policy`,
    result: `${opened.watch.dialogs.length} dialogs, ${foreign.length} foreign elements, 0 scripts`,
  });
});

test('only http and https addresses in answers are links', async ({ browser, server, task }) => {
  const opened = await openWatched(browser, server);
  const texts = SCHEMES.map((scheme) => `[link](${scheme}://shop.example/), <${scheme}:shop>, ${scheme}:shop`);
  await showTexts(opened, server, 'assistant', texts);
  const passed = await linkSchemes(opened.page.locator('.talk'));
  expect(passed).toEqual(['http', 'https']);
  addSecurityRow(task, {
    id: 'S14',
    tried: `links of ${SCHEMES.length} schemes in answers, each in 3 notations, in the console`,
    result: `${passed.length} became links: ${passed.join(', ')}`,
  });
});

test('injected answers load nothing from another host', async ({ browser, server, task }) => {
  const opened = await openWatched(browser, server);
  const injected = exfiltrationAttacks('canary.example', 100);
  const { foreign } = await showTexts(opened, server, 'assistant', injected);
  await opened.page.evaluate(() => new Promise((idle) => requestIdleCallback(idle)));
  expect([foreign, opened.watch.foreignRequests]).toEqual([[], []]);
  addSecurityRow(task, {
    id: 'S15',
    tried: `${injected.length} injected answers with images, references, autolinks and titles, in the console`,
    result: `${opened.watch.foreignRequests.length} requests to another host`,
  });
});

/** Fields with a closed set of values, which the schema checks. */
const CLOSED = ['urgency', 'sentiment', 'trend', 'status', 'kind', 'risk', 'band', 'flags'];

/** A copy in which `replace` has changed every text, names of parameters included. */
function replaceTexts(value: unknown, replace: (text: string) => string, key = ''): unknown {
  if (CLOSED.includes(key)) return value;
  // The schema limits the length of these.
  if (key === 'language') return '<u>en</u>';
  if (typeof value === 'string') return replace(value).slice(0, /^(category|alternatives)$/.test(key) ? 80 : undefined);
  if (Array.isArray(value)) return value.map((item) => replaceTexts(item, replace, key));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [
      key === 'parameters' ? replace(name) : name,
      replaceTexts(item, replace, name),
    ]),
  );
}

test('markup in every field of an analysis is shown as text', async ({ browser, server, task }) => {
  const ticket = server.tickets.read(TICKET);
  const [run] = ticket?.runs ?? [];
  if (ticket === undefined || run === undefined) throw new Error('the ticket has no analysis');
  const full = { ...run, problem: 'Cut short', content: { ...doubleCharge, blocker: 'No order number' } };
  server.tickets.add({ ...ticket, runs: [full] });
  const { page, watch, kinds } = await openWatched(browser, server);
  const harmless = await kinds();

  const tried = new Set<string>();
  const shown = new Set<string>();
  while (tried.size < attacks.length) {
    // The same text by the same attack, so that references stay intact.
    const replaced = new Map<string, string>();
    const replace = (text: string) => {
      const attack = replaced.get(text) ?? attacks[(tried.size + replaced.size) % attacks.length] ?? '';
      replaced.set(text, attack);
      return attack;
    };
    const { content, problem } = analysisRunSchema.parse({
      ...full,
      content: replaceTexts(full.content, replace),
      problem: replace(full.problem),
    });
    server.tickets.add({ ...ticket, runs: [{ ...full, content, problem }] });
    await page.reload();
    await page.locator('.analysis .note').waitFor();
    expect((await kinds()).filter((kind) => !harmless.includes(kind))).toEqual([]);
    // Identifiers, URLs and the proposed reply are no text of this part.
    const text = (await page.locator('.analysis').allTextContents()).join('\n');
    for (const attack of replaced.values()) {
      tried.add(attack);
      if (text.includes(attack)) shown.add(attack);
    }
  }
  expect(watch).toEqual({ dialogs: [], foreignRequests: [], errors: [] });
  expect(shown.size).toBeGreaterThan(attacks.length / 2);
  addSecurityRow(task, {
    id: 'S17',
    tried: `${tried.size} texts with markup in the fields of analyses, shown in the console without its content policy`,
    result: `${watch.dialogs.length} dialogs, 0 foreign elements, 0 scripts; ${shown.size} texts in view as written`,
  });
});
