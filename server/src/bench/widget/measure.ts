/** Measures one widget in a page of its own: what it costs to have, to open, and to watch an answer arrive. */
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Browser, CDPSession, Page } from 'playwright-core';
import { answerTokens, LAST_WORDS } from './answer-tokens.ts';
import type { BenchSite } from './bench-site.ts';
import { readMainThread, TRACE_CATEGORIES } from './main-thread.ts';
import type { Path, Rival } from './rivals.ts';

/** Long enough for what a page does once it has loaded, prefetching included. */
const SETTLE_MS = 2500;
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
  readonly heapMb: number;
  readonly scriptBytes: number;
}

export interface Stream {
  /** Processor time of the page's main thread. */
  readonly mainThreadMs: number;
  /** Undefined where the page left no time to record its tasks. */
  readonly longestTaskMs: number | undefined;
  readonly droppedFrames: number;
  /** In the same page, as long as `REST_MS`, before anything was asked: what the machine itself drops. */
  readonly droppedAtRest: number;
  /** The last token left the server → it stands in the page. */
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
    await pause(SETTLE_MS);
  }
  await probe('mark', END);
  const trace = (await browser.stopTracing()).toString();
  const scriptBytes = site.takeScriptBytes();

  await open(visited, site, rival);
  await probe('shown', rival.launcher ?? rival.input);
  await pause(SETTLE_MS);
  return {
    visibleMs,
    openMs,
    longTasks: readMainThread(trace, LOAD, OPEN).longTasks,
    openLongTasks: readMainThread(trace, OPEN, END).longTasks,
    heapMb: await heapMb(session),
    scriptBytes,
  };
}

/** @param load what arrives: so many tokens, one every `everyMs` */
export async function measureStream(
  browser: Browser,
  site: BenchSite,
  rival: Rival,
  load: { tokens: number; everyMs: number; slowdown: number },
): Promise<Stream> {
  const { tokens, everyMs, slowdown } = load;
  await using visited = await visit(browser, rival, slowdown);
  const { page, session, probe, press } = visited;
  await open(visited, site, rival);
  if (rival.launcher) {
    await probe('shown', rival.launcher);
    await press(rival.launcher);
  }
  await probe('shown', rival.input);
  await pause(SETTLE_MS);
  await probe('watchFrames');
  await pause(REST_MS);
  const droppedAtRest = await probe<number>('droppedFrames');
  await press(rival.input);
  await page.keyboard.insertText('Can I send it back?');

  site.plan(answerTokens(tokens), everyMs);
  const answered = site.answered();
  await browser.startTracing(page, { categories: TRACE_CATEGORIES });
  await probe('mark', ASK);
  const before = await metric(session, 'ThreadTime');
  await probe('watchFrames');
  await page.keyboard.press('Enter');
  const leftAt = await answered;
  const stoodAt = await probe<number>('says', rival.answers, LAST_WORDS);
  const droppedFrames = await probe<number>('droppedFrames');
  const mainThreadMs = ((await metric(session, 'ThreadTime')) - before) * 1000;
  await probe('mark', END);
  const trace = (await browser.stopTracing()).toString();
  const { busyMs, longestMs } = readMainThread(trace, ASK, END);
  return {
    mainThreadMs,
    longestTaskMs: busyMs > mainThreadMs * RECORDED ? longestMs : undefined,
    droppedFrames,
    droppedAtRest,
    lagMs: stoodAt - leftAt,
  };
}
