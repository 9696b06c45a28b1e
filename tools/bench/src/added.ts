/**
 * Measures the latency that the product adds to the model's TTFT, with limits, history, routing, and a Redis that writes
 * every change to disk: by the server's own metric, and from send to first delta at the visitor minus the endpoint's TTFT.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { BenchResult } from '@firstword/server/cli/bench-models/bench-report';
import { round, summarise } from '@firstword/server/evaluation/series';
import { nowMicros, readStamps } from '@firstword/testing/stamp';
import { quantile, readBuckets } from './added/metric-quantiles.ts';
import { costSchema, startBenchProcess } from './relay/bench-process.ts';
import type { OnRound, RunOptions } from './run-options.ts';
import { type BenchVisitor, connectVisitor } from './visitor.ts';

const VISITORS = [1, 50];
const METRIC = 'firstword_added_seconds';
/** The longest pause between a visitor's questions, so that they don't all ask at once. */
const PAUSE_MS = 1000;

/** Questions of each visitor before the measured ones, to warm up connections and code. */
const WARM_UP = 3;
/** Measured questions of all visitors together, at least. */
const QUESTIONS_MIN = 40;

/** @param rounds questions per visitor */
export async function benchAdded(
  rounds: number,
  onRound: OnRound,
  { say }: Pick<RunOptions, 'say'>,
): Promise<BenchResult> {
  say('starting the servers');
  const upstream = await startBenchProcess(new URL('./added/upstream.ts', import.meta.url));
  const endpoint = `http://127.0.0.1:${upstream.port}/v1`;
  const product = await startBenchProcess(new URL('./relay/product-server.ts', import.meta.url), endpoint);
  const series: Record<string, ReturnType<typeof summarise>> = {};
  const figures: Record<string, number> = {};
  try {
    for (const count of VISITORS) {
      const visitors = await Promise.all(Array.from({ length: count }, () => connectVisitor(product.port)));
      const added: number[] = [];
      const measured = Math.max(rounds, Math.ceil(QUESTIONS_MIN / count));
      const all = (WARM_UP + measured) * count;
      say(`${count === 1 ? '1 visitor' : `${count} visitors`}, ${all} questions`);
      let asked = 0;
      const onAsked = () => onRound(++asked, all);
      await askInTurn(visitors, WARM_UP, onAsked);
      const before = await readBuckets(product.port, METRIC);
      const spent = await product.ask('cost', null, costSchema);
      await askInTurn(visitors, measured, (ms) => {
        added.push(ms);
        onAsked();
      });
      const after = await readBuckets(product.port, METRIC);
      const { cpuMicros } = await product.ask('cost', null, costSchema);
      figures[`${count} at once: CPU ms a question`] = round((cpuMicros - spent.cpuMicros) / 1000 / added.length);
      series[`${count} at once, at the visitor`] = summarise(added);
      for (const share of [0.5, 0.95, 0.99])
        figures[`${count} at once, at the server: p${share * 100} ms`] = round(quantile(before, after, share));
      for (const visitor of visitors) visitor.close();
    }
  } finally {
    await product.stop();
    await upstream.stop();
  }
  return {
    target: 'added',
    about: 'what the product adds to the wait for the first token; at the visitor with the socket both ways',
    series,
    ratios: {},
    figures,
  };
}

function askInTurn(visitors: readonly BenchVisitor[], times: number, onAdded: (ms: number) => void): Promise<unknown> {
  return Promise.all(
    visitors.map(async (visitor) => {
      for (let asked = 0; asked < times; asked++) {
        await pause(Math.random() * PAUSE_MS);
        const { firstMs, firstText } = await visitor.ask('How long do I have to return an item?');
        onAdded(firstMs - waitOf(firstText));
      }
    }),
  );
}

/** Request received → first token sent, at the endpoint, from the two stamps in the token. */
function waitOf(token: string): number {
  const ages: number[] = [];
  readStamps(token, nowMicros(), (ageMs) => ages.push(ageMs));
  const [sinceArrival = Number.NaN, sinceToken = Number.NaN] = ages;
  return sinceArrival - sinceToken;
}
