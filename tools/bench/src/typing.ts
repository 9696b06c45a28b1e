/**
 * Felt TTFT of typed questions in Chromium, with the reference figures: without drafts, at the visitor's own rhythm, and
 * at fixed pauses; and how many answer calls each way needs.
 */
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { BenchResult } from '@firstword/server/cli/bench-models/bench-report';
import { round, type Series, summarise } from '@firstword/server/evaluation/series';
import { siteSchema } from '@firstword/shared/site';
import { launchBrowser } from '@firstword/testing/browser';
import type { Browser } from 'playwright-core';
import { request } from 'undici';
import { buildProduct } from './build-product.ts';
import { createSeededRandom } from './seeded-random.ts';
import { type HostPage, startHostPage } from './typing/host-page.ts';
import { typeText } from './typing/keystrokes.ts';
import { QUESTIONS } from './typing/questions.ts';
import { openTypingVisitor, type TypingVisitor } from './typing/typing-visitor.ts';
import { startUpstream, type Upstream } from './upstream.ts';
import { createWorkbench, type Workbench } from './workbench.ts';

interface Way {
  readonly name: string;
  readonly answerWhileTyping: 'off' | 'answer';
  readonly fixedPauseMs?: number;
}

const OWN = "at the visitor's own rhythm";
const OFF = 'without drafts';
const WAYS: readonly Way[] = [
  { name: OFF, answerWhileTyping: 'off' },
  { name: OWN, answerWhileTyping: 'answer' },
  ...[200, 400, 800].map((ms) => ({
    name: `at a pause of ${ms} ms`,
    answerWhileTyping: 'answer' as const,
    fixedPauseMs: ms,
  })),
];
/** Pages that type at the same time. More would keep the machine busy with drawing them, and the figures would show that. */
const PAGES = Math.max(2, availableParallelism());
/** How many questions each page types at least. */
const QUESTIONS_A_PAGE = 8;
const SEED = 20_261_128;
const WIDGET = fileURLToPath(new URL('../../../widget/dist', import.meta.url));

export async function benchTyping(
  messages: number,
  onRound: (done: number) => void,
  { say }: { say: (doing: string) => void },
): Promise<BenchResult> {
  say('building the widget');
  await buildProduct();
  const bench = await createWorkbench('instant');
  // An answer arrives at once after its first token: drawing two dozen running answers would slow down all the typing.
  const upstream = await startUpstream('calm', 'instant', SEED);
  const browser = await launchBrowser();
  const page = await startHostPage();
  const series: Record<string, Series> = {};
  const figures: Record<string, number> = {};
  try {
    for (const way of WAYS) {
      say(way.name);
      const { felt, late, answerCalls } = await measure({ bench, upstream, browser, page }, way, messages, onRound);
      series[way.name] = summarise(felt);
      figures[`${way.name}: p75 ms`] = round(felt.toSorted((a, b) => a - b)[Math.floor(0.75 * felt.length)] ?? 0);
      figures[`${way.name}: answer calls a message`] = round(answerCalls / messages);
      // Whether the machine had time for all this typing.
      figures[`${way.name}: keys late by, p95 ms`] = round(
        late.toSorted((a, b) => a - b)[Math.floor(0.95 * late.length)] ?? 0,
      );
    }
  } finally {
    await browser.close();
    page.close();
    await bench.close();
    await upstream.close();
  }
  return {
    target: 'typing',
    about: 'felt TTFT of typed questions in Chromium (send → first text painted), the model at its reference TTFT',
    series,
    ratios: { 'own rhythm / without drafts': round((series[OWN]?.p50 ?? 0) / (series[OFF]?.p50 ?? 0)) },
    figures,
  };
}

async function measure(
  { bench, upstream, browser, page }: { bench: Workbench; upstream: Upstream; browser: Browser; page: HostPage },
  { answerWhileTyping, fixedPauseMs }: Way,
  messages: number,
  onRound: (done: number) => void,
): Promise<{ felt: number[]; late: number[]; answerCalls: number }> {
  const site = { id: 'bench', name: 'Bench', answerWhileTyping };
  const app = await bench.startWeb({
    sites: [siteSchema.parse({ ...site, allowedOrigins: [page.origin] })],
    folders: { widget: WIDGET, console: WIDGET },
    endpoint: { id: 'upstream', baseUrl: upstream.baseUrl },
  });
  const url = `http://127.0.0.1:${app.port}`;
  const random = createSeededRandom(SEED);
  const waiting = Array.from({ length: messages }, (_, index) => {
    const text = QUESTIONS[index % QUESTIONS.length] ?? '';
    return { text, keystrokes: typeText(text, random) };
  });
  const felt: number[] = [];
  const late: number[] = [];
  const visitors: TypingVisitor[] = [];
  // One after the other, because loading pages at once would delay the first questions.
  while (visitors.length < Math.min(PAGES, Math.ceil(messages / QUESTIONS_A_PAGE)))
    visitors.push(await openTypingVisitor(browser, page.addressFor(url), answerWhileTyping !== 'off', fixedPauseMs));
  const type = async (visitor: TypingVisitor) => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const { feltMs, lateMs } = await visitor.ask(next.text, next.keystrokes);
      // On an overloaded machine a message is sent again, and its answer is not reported.
      if (feltMs !== undefined) felt.push(feltMs);
      late.push(...lateMs);
      onRound(messages - waiting.length);
    }
    await visitor.close();
  };
  await Promise.all(visitors.map(type));
  return { felt, late, answerCalls: await answerCallsOf(url) };
}

/** Answer calls of all outcomes. */
async function answerCallsOf(url: string): Promise<number> {
  const { body } = await request(`${url}/metrics`);
  const text = await body.text();
  return [...text.matchAll(/^firstword_model_calls_total\{[^}]*purpose="answer"[^}]*\} (\d+)/gm)].reduce(
    (sum, [, count]) => sum + Number(count),
    0,
  );
}
