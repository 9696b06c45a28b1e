/** Measures page load and answer rendering of the widget in Chromium; with `--rivals` also of other widgets. */
import type { BenchResult } from '@firstword/server/cli/bench-models/bench-report';
import { round, type Series, summarise } from '@firstword/server/evaluation/series';
import { launchBrowser } from '@firstword/testing/browser';
import type { Browser } from 'playwright-core';
import { buildProduct } from './build-product.ts';
import { type BenchSite, startBenchSite } from './widget/bench-site.ts';
import { IDLE_MS, measureLoad, measureLongestTask, measureStream } from './widget/measure.ts';
import { BARE_TEXT, installWidgets, NO_CHAT, PRODUCT, type Rival } from './widget/rivals.ts';

const SLOWDOWNS = [1, 4];
/** `everyone: false` skips the other widgets, which re-render the whole answer for each token and need minutes. */
const STREAMS = [
  { name: '800 tokens, one in 10 ms, 4x', tokens: 800, everyMs: 10, slowdown: 4, everyone: true },
  { name: '4,000 tokens, one in 1 ms, 1x', tokens: 4000, everyMs: 1, slowdown: 1, everyone: true },
  { name: '8,000 tokens, one in 1 ms, 1x', tokens: 8000, everyMs: 1, slowdown: 1, everyone: false },
] as const;

/** @param options `rivals` also measures other widgets, which npm installs for the run */
export async function benchWidget(
  rounds: number,
  onRound: (done: number) => void,
  options: { rivals: boolean; say: (doing: string) => void },
): Promise<BenchResult> {
  options.say('building the widget');
  await buildProduct();
  if (options.rivals) options.say('installing the other widgets');
  const installed = options.rivals ? await installWidgets() : undefined;
  const all = [NO_CHAT, BARE_TEXT, PRODUCT, ...(installed?.rivals ?? [])];
  const site = await startBenchSite(all);
  const browser = await launchBrowser();
  const found = new Map<string, { unit: string; values: number[] }>();
  const note = (name: string, unit: string, value: number) => {
    const entry = found.get(name) ?? { unit, values: [] };
    entry.values.push(value);
    found.set(name, entry);
  };
  try {
    for (let done = 1; done <= rounds; done++) {
      const say = (doing: string) => options.say(`round ${done} of ${rounds}, ${doing}`);
      for (const rival of all) {
        try {
          await measureAll({ browser, site, rival, note, say });
        } catch (error) {
          // A widget that never shows the answer must not stop the run.
          if ([NO_CHAT, BARE_TEXT, PRODUCT].includes(rival)) throw error;
          say(`skipped: ${error instanceof Error ? error.message : String(error)}`);
          await browser.stopTracing().catch(() => {});
        }
      }
      onRound(done);
    }
  } finally {
    await browser.close();
    await site.close();
    await installed?.remove();
  }
  const series: Record<string, Series> = {};
  for (const [name, { unit, values }] of found) series[name] = summarise(values, unit);
  return {
    target: 'widget',
    about:
      'one page with one widget: visible, opened, and an answer rendered while it streams; Nx is a CPU slowed down N times',
    series,
    ratios: compare(series),
  };
}

interface Measuring {
  readonly browser: Browser;
  readonly site: BenchSite;
  readonly rival: Rival;
  readonly note: (name: string, unit: string, value: number) => void;
  readonly say: (doing: string) => void;
}

async function measureAll(measuring: Measuring): Promise<void> {
  const { browser, site, rival } = measuring;
  const note = (name: string, unit: string, value: number) => measuring.note(`${rival.name}: ${name}`, unit, value);
  const say = (doing: string) => measuring.say(`${rival.name}: ${doing}`);
  for (const slowdown of rival === BARE_TEXT ? [] : SLOWDOWNS) {
    say(`load, ${slowdown}x`);
    const load = await measureLoad(browser, site, rival, slowdown);
    note(`visible, ${slowdown}x`, 'ms', load.visibleMs);
    if (load.openMs !== undefined) note(`click to input, ${slowdown}x`, 'ms', load.openMs);
    note(`long tasks at load, ${slowdown}x`, '', load.longTasks);
    note(`long tasks at opening, ${slowdown}x`, '', load.openLongTasks);
    if (load.heapMb === undefined) continue;
    note('heap, closed', 'MB', load.heapMb);
    note('script, brotli', 'KB', load.scriptBytes / 1024);
  }
  if (rival === NO_CHAT) return;
  for (const { name, everyone, ...answer } of STREAMS) {
    if (!everyone && rival !== PRODUCT) continue;
    say(name);
    const stream = await measureStream(browser, site, rival, answer);
    note(`${name}: main thread`, 'ms', stream.mainThreadMs);
    note(`${name}: frames dropped`, '', stream.droppedFrames);
    note(`${name}: frames dropped while idle, ${IDLE_MS / 1000} s`, '', stream.droppedWhileIdle);
    note(`${name}: last token to page`, 'ms', stream.lagMs);
    // A separate pass, because some widgets need minutes.
    if (!everyone || rival === BARE_TEXT || (rival !== PRODUCT && answer.slowdown === 1)) continue;
    const longestMs = await measureLongestTask(browser, site, rival, answer);
    if (longestMs !== undefined) note(`${name}: longest task`, 'ms', longestMs);
  }
}

function compare(series: Readonly<Record<string, Series>>): Record<string, number> {
  const of = (name: string) => series[`${PRODUCT.name}: ${name}`]?.p50 ?? Number.NaN;
  const [, half, whole] = STREAMS;
  return {
    'main thread, 8,000 / 4,000 tokens': round(of(`${whole.name}: main thread`) / of(`${half.name}: main thread`)),
  };
}
