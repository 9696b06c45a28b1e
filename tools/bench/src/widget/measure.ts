/** Measures one widget in its own page: loading it, opening it, and rendering an answer. */
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Browser, CDPSession, Page } from 'playwright-core';
import { answerTokens, LAST_WORDS } from './answer-tokens.ts';
import type { BenchSite } from './bench-site.ts';
import { readMainThread, recordedShare, TRACE_CATEGORIES } from './main-thread.ts';
import type { Path, Rival } from './rivals.ts';

/** Long enough for the work after loading, including prefetching. */
const SETTLE_MS = 2500;
/** Long enough for the work after opening. */
const OPEN_SETTLE_MS = 1500;
const PATIENCE_MS = 120_000;
/** The trace of a busy page loses events. Below this share, the longest task may be missing. */
const RECORDED = 0.7;
/** Set by the probe before the page's scripts run. */
const LOAD = 'bench-load';
const OPEN = 'bench-open';
const ASK = 'bench-ask';
const END = 'bench-end';

export interface Load {
  /** Navigation → first frame with the launcher, or with the input if there is no launcher. */
  readonly visibleMs: number;
  /** Click on the launcher → first frame with the input; undefined without a launcher. */
  readonly openMs: number | undefined;
  readonly longTasks: number;
  readonly openLongTasks: number;
  /** Measured in a second visit without tracing, at full speed only, because it doesn't depend on speed. */
  readonly heapMb: number | undefined;
  readonly scriptBytes: number;
}

export interface Stream {
  /** CPU time of the page's main thread. */
  readonly mainThreadMs: number;
  readonly droppedFrames: number;
  /** Frames dropped in the same page during `IDLE_MS` before the question: the machine's own share. */
  readonly droppedWhileIdle: number;
  /** Last token sent by the server → in the page. */
  readonly lagMs: number;
}

export const IDLE_MS = 2000;

interface Visit extends AsyncDisposable {
  readonly page: Page;
  readonly session: CDPSession;
  /** Calls a probe in the page without injecting Playwright's own scripts. */
  probe<T>(name: string, ...given: readonly unknown[]): Promise<T>;
  press(path: Path): Promise<void>;
}

/** A widget that never shows the expected text must not stop the run. */
async function refusal(what: string): Promise<never> {
  await pause(PATIENCE_MS, undefined, { ref: false });
  throw new Error(`${what} within ${PATIENCE_MS / 1000} s`);
}

/** @param slowdown CPU throttling factor of the page */
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

/** @param slowdown CPU throttling factor of the page */
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

/** Opens the chat, sends a question and waits for the whole answer. `watch` starts just before the question is sent. */
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

/** Without tracing, because tracing itself drops frames. */
export function measureStream(browser: Browser, site: BenchSite, rival: Rival, answer: Answer): Promise<Stream> {
  return ask(browser, site, rival, answer, async ({ session, probe }) => {
    await probe('watchFrames');
    await pause(IDLE_MS);
    const droppedWhileIdle = await probe<number>('droppedFrames');
    const before = await metric(session, 'ThreadTime');
    await probe('watchFrames');
    return async (leftAt, stoodAt) => ({
      droppedFrames: await probe<number>('droppedFrames'),
      mainThreadMs: ((await metric(session, 'ThreadTime')) - before) * 1000,
      droppedWhileIdle,
      lagMs: stoodAt - leftAt,
    });
  });
}

/** CPU time of the longest task in milliseconds; undefined if the trace lost too many events. */
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
