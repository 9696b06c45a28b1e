/** Measures one widget in a page of its own: what it costs to have, to open, and to watch an answer arrive. */
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Browser, CDPSession, Page } from 'playwright-core';
import { answerTokens, LAST_WORDS } from './answer-tokens.ts';
import type { BenchSite } from './bench-site.ts';
import { readMainThread, recordedShare, TRACE_CATEGORIES } from './main-thread.ts';
import type { Path, Rival } from './rivals.ts';

/** Long enough for what a page does once it has loaded, prefetching included. */
const SETTLE_MS = 2500;
/** Long enough for what opening brings along. */
const OPEN_SETTLE_MS = 1500;
const PATIENCE_MS = 120_000;
/** A busy page loses records; with less than this share of its time the longest task may be among them. */
const RECORDED = 0.7;
/** Set by the probe before the page's own scripts run. */
const LOAD = 'bench-load';
const OPEN = 'bench-open';
const ASK = 'bench-ask';
const END = 'bench-end';

export interface Load {
  /** Navigation → first frame with the launcher, or with the input where there is no launcher. */
  readonly visibleMs: number;
  /** Press on the launcher → first frame with the input; undefined without a launcher. */
  readonly openMs: number | undefined;
  readonly longTasks: number;
  readonly openLongTasks: number;
  /** In a second visit, undisturbed by a trace; only at full speed, since it does not depend on it. */
  readonly heapMb: number | undefined;
  readonly scriptBytes: number;
}

export interface Stream {
  /** Processor time of the page's main thread. */
  readonly mainThreadMs: number;
  readonly droppedFrames: number;
  /** In the same page, as long as `REST_MS`, before anything was asked: what the machine itself drops. */
  readonly droppedAtRest: number;
  /** From the last token's departure at the server until it is in the page. */
  readonly lagMs: number;
}

export const REST_MS = 2000;

interface Visit extends AsyncDisposable {
  readonly page: Page;
  readonly session: CDPSession;
  /** Calls one of the page's probes, with nothing of the driver's own in the page. */
  probe<T>(name: string, ...given: readonly unknown[]): Promise<T>;
  press(path: Path): Promise<void>;
}

/** A widget that never shows what it should must not stop the others. */
async function refusal(what: string): Promise<never> {
  await pause(PATIENCE_MS, undefined, { ref: false });
  throw new Error(`${what} within ${PATIENCE_MS / 1000} s`);
}

/** `slowdown`: how many times slower than this machine the page's processor is. */
async function visit(browser: Browser, rival: Rival, slowdown: number): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  await context.addInitScript({ path: fileURLToPath(new URL('./probe.js', import.meta.url)) });
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
  await session.send('Performance.enable');

  async function probe<T>(name: string, ...given: readonly unknown[]): Promise<T> {
    const asked = session.send('Runtime.evaluate', {
      expression: `window.probe.${name}(${given.map((each) => JSON.stringify(each)).join(', ')})`,
      awaitPromise: true,
      returnByValue: true,
    });
    const { result, exceptionDetails } = await Promise.race([asked, refusal(`${rival.name}: no ${name}`)]);
    if (exceptionDetails) throw new Error(`${rival.name}, ${name}: ${exceptionDetails.exception?.description}`);
    return result.value as T;
  }
  return {
    page,
    session,
    probe,
    async press(path) {
      const { x, y } = await probe<{ x: number; y: number }>('middle', path);
      await page.mouse.click(x, y);
    },
    [Symbol.asyncDispose]: () => context.close(),
  };
}

const open = ({ page }: Visit, site: BenchSite, rival: Rival) =>
  page.goto(`${site.url}/with/${rival.name}`, { waitUntil: 'commit' });

async function metric(session: CDPSession, wanted: 'JSHeapUsedSize' | 'ThreadTime'): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics');
  return metrics.find(({ name }) => name === wanted)?.value ?? Number.NaN;
}

async function heapMb(session: CDPSession): Promise<number> {
  await session.send('HeapProfiler.collectGarbage');
  return (await metric(session, 'JSHeapUsedSize')) / 2 ** 20;
}

/** @param slowdown how many times slower the page's processor is than this machine's */
export async function measureLoad(browser: Browser, site: BenchSite, rival: Rival, slowdown: number): Promise<Load> {
  site.takeScriptBytes();
  await using visited = await visit(browser, rival, slowdown);
  const { page, session, probe, press } = visited;
  await browser.startTracing(page, { categories: TRACE_CATEGORIES });
  await open(visited, site, rival);
  const visibleMs = await probe<number>('shown', rival.launcher ?? rival.input);
  await pause(SETTLE_MS);
  await probe('mark', OPEN);
  let openMs: number | undefined;
  if (rival.launcher) {
    const opened = probe<number>('fromPressTo', rival.input);
    await press(rival.launcher);
    openMs = await opened;
    await pause(OPEN_SETTLE_MS);
  }
  await probe('mark', END);
  const trace = (await browser.stopTracing()).toString();
  const scriptBytes = site.takeScriptBytes();

  async function restingHeapMb(): Promise<number> {
    await open(visited, site, rival);
    await probe('shown', rival.launcher ?? rival.input);
    await pause(SETTLE_MS);
    return heapMb(session);
  }
  return {
    visibleMs,
    openMs,
    longTasks: readMainThread(trace, LOAD, OPEN).longTasks,
    openLongTasks: readMainThread(trace, OPEN, END).longTasks,
    heapMb: slowdown === 1 ? await restingHeapMb() : undefined,
    scriptBytes,
  };
}

interface Answer {
  readonly tokens: number;
  readonly everyMs: number;
  readonly slowdown: number;
}

/** Opens the chat, asks, and waits until the whole answer stands there; `watch` begins just before the question is sent. */
async function ask<T>(
  browser: Browser,
  site: BenchSite,
  rival: Rival,
  { tokens, everyMs, slowdown }: Answer,
  watch: (visited: Visit) => Promise<(leftAt: number, stoodAt: number) => Promise<T>>,
): Promise<T> {
  await using visited = await visit(browser, rival, slowdown);
  const { page, probe, press } = visited;
  await open(visited, site, rival);
  if (rival.launcher) {
    await probe('shown', rival.launcher);
    await press(rival.launcher);
  }
  await probe('shown', rival.input);
  await pause(OPEN_SETTLE_MS);
  await press(rival.input);
  await page.keyboard.insertText('Can I send it back?');
  site.plan(answerTokens(tokens), everyMs);
  const answered = site.answered();
  const whole = await watch(visited);
  await page.keyboard.press('Enter');
  const leftAt = await answered;
  return await whole(leftAt, await probe<number>('says', rival.answers, LAST_WORDS));
}

/** What a visitor feels, so without a trace: recording one drops frames of its own. */
export function measureStream(browser: Browser, site: BenchSite, rival: Rival, answer: Answer): Promise<Stream> {
  return ask(browser, site, rival, answer, async ({ session, probe }) => {
    await probe('watchFrames');
    await pause(REST_MS);
    const droppedAtRest = await probe<number>('droppedFrames');
    const before = await metric(session, 'ThreadTime');
    await probe('watchFrames');
    return async (leftAt, stoodAt) => ({
      droppedFrames: await probe<number>('droppedFrames'),
      mainThreadMs: ((await metric(session, 'ThreadTime')) - before) * 1000,
      droppedAtRest,
      lagMs: stoodAt - leftAt,
    });
  });
}

/** Processor milliseconds of the longest task of the page; undefined where the page left no time to record its tasks. */
export function measureLongestTask(
  browser: Browser,
  site: BenchSite,
  rival: Rival,
  answer: Answer,
): Promise<number | undefined> {
  return ask(browser, site, rival, answer, async ({ page, session, probe }) => {
    await browser.startTracing(page, { categories: TRACE_CATEGORIES });
    await probe('mark', ASK);
    const before = await metric(session, 'ThreadTime');
    return async () => {
      const mainThreadMs = ((await metric(session, 'ThreadTime')) - before) * 1000;
      await probe('mark', END);
      const traced = readMainThread((await browser.stopTracing()).toString(), ASK, END);
      return recordedShare(traced, mainThreadMs, answer.slowdown) > RECORDED ? traced.longestMs : undefined;
    };
  });
}
