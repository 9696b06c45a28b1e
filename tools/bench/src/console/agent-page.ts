/** The console in Chromium as an agent uses it, with the time from each input to the frame that shows its effect. */
import { fileURLToPath } from 'node:url';
import { launchBrowser } from '@firstword/testing/browser';
import type { Locator, Page } from 'playwright-core';
import { z } from 'zod';
import { AGENT } from './installation.ts';

export const TICKET_ROW = '[data-ticket]';
export const CONVERSATION_ROW = '[data-conversation]';

const scrolledSchema = z.object({
  intervals: z.array(z.number()),
  waits: z.number(),
  blank: z.number(),
  moved: z.number(),
});
export type Scrolled = z.infer<typeof scrolledSchema>;

export interface PageUse {
  /** Processor time of the page's main thread so far. */
  readonly mainThreadMs: number;
  readonly heapMb: number;
  /** Elements, texts and other nodes of the document. */
  readonly nodes: number;
}

export interface AgentPage {
  readonly page: Page;
  /** Loads the console. Milliseconds until rows of tickets are painted. */
  load(): Promise<number>;
  /** Milliseconds from the click that `act` makes until other rows are painted. */
  timeTo(selector: string, act: () => Promise<void>, input?: 'click' | 'change'): Promise<number>;
  /** Types a word as an agent does. Milliseconds from the last key until it is marked in the results. */
  timeToFind(field: Locator, results: string, word: string): Promise<number>;
  rowHeight(rows: string): Promise<number>;
  count(selector: string): Promise<number>;
  scroll(rows: string, step: number, distance: number): Promise<Scrolled>;
  use(): Promise<PageUse>;
  close(): Promise<void>;
}

/** A practised typist: 80 words a minute. */
const KEY_MS = 150;
const PATIENCE_MS = 60_000;

export async function openAgentPage(url: string): Promise<AgentPage> {
  const browser = await launchBrowser();
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  context.setDefaultTimeout(PATIENCE_MS);
  await context.addInitScript({ path: fileURLToPath(new URL('./probe.js', import.meta.url)) });
  const page = await context.newPage();
  await page.goto(url);
  await page.getByLabel('E-mail address').fill(AGENT.email);
  await page.getByLabel('Password').fill(AGENT.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('region', { name: 'Tickets' }).waitFor();
  const session = await context.newCDPSession(page);
  await session.send('Performance.enable');
  const run = (call: string, ...given: readonly unknown[]) =>
    page.evaluate(`bench.${call}(${given.map((each) => JSON.stringify(each)).join(', ')})`);
  const measured = async () => z.number().parse(await run('measured'));
  return {
    page,
    async load() {
      await page.goto(url, { waitUntil: 'commit' });
      return z.number().parse(await run('loaded', TICKET_ROW));
    },
    async timeTo(selector, act, input = 'click') {
      await run('untilNew', input, selector);
      await act();
      return await measured();
    },
    async timeToFind(field, results, word) {
      await field.focus();
      await run('untilMarked', 'keydown', results, word.toLowerCase());
      await field.pressSequentially(word, { delay: KEY_MS });
      return await measured();
    },
    rowHeight: async (rows) => z.number().parse(await run('rowHeight', rows)),
    count: async (selector) => z.number().parse(await run('count', selector)),
    scroll: async (rows, step, distance) => scrolledSchema.parse(await run('scroll', rows, step, distance)),
    async use() {
      await session.send('HeapProfiler.collectGarbage');
      const { metrics } = await session.send('Performance.getMetrics');
      const of = (wanted: string) => metrics.find(({ name }) => name === wanted)?.value ?? Number.NaN;
      return { mainThreadMs: of('ThreadTime') * 1000, heapMb: of('JSHeapUsedSize') / 2 ** 20, nodes: of('Nodes') };
    },
    close: () => browser.close(),
  };
}
