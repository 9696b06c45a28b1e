/** Measures how long an upstream request stays open after its answer is no longer needed. */
import { setTimeout as pause } from 'node:timers/promises';
import type { BenchResult } from '@firstword/server/cli/bench-models/bench-report';
import { summarise } from '@firstword/server/evaluation/series';
import type { HedgeSettings } from '@firstword/server/routing/router';
import { siteSchema } from '@firstword/shared/site';
import { nowMicros } from '@firstword/testing/stamp';
import { z } from 'zod';
import { type BenchProcess, startBenchProcess } from './relay/bench-process.ts';
import { connectVisitor } from './visitor.ts';
import { BENCH_ORIGIN, createWorkbench } from './workbench.ts';

const courseSchema = z.object({ requests: z.int(), since: z.number().optional(), closed: z.number().optional() });

const LABELS: Readonly<Record<string, string>> = {
  stopped: 'the visitor stops',
  left: 'the visitor disconnects',
  hedge: 'the other request of a race has won',
  dropped: 'hand-off instead of an answer',
  typing: 'another message than the draft is sent',
};

/** Each sends one question and returns when its answer was stopped, unless the endpoint records that. */
type Case = (key: string) => Promise<number | undefined>;

/** @param rounds each case once per round */
export async function benchStop(rounds: number, onRound: (done: number) => void): Promise<BenchResult> {
  const bench = await createWorkbench('instant');
  const upstream = await startBenchProcess(new URL('./stop/upstream.ts', import.meta.url));
  const startWeb = (mode: HedgeSettings['mode']) =>
    bench.startWeb({
      endpoint: { id: 'upstream', baseUrl: `http://127.0.0.1:${upstream.port}/v1` },
      routing: { holdCapMs: 5000, hedge: { mode, deadlineMs: 400, budgetShare: 1 } },
      unwatchedMs: 0,
      sites: [
        siteSchema.parse({ id: 'bench', name: 'Bench', allowedOrigins: [BENCH_ORIGIN], answerWhileTyping: 'answer' }),
      ],
    });
  try {
    const [plain, racing] = [await startWeb('off'), await startWeb('race')];
    const withVisitor = async (port: number, act: (visitor: Awaited<ReturnType<typeof connectVisitor>>) => unknown) => {
      const visitor = await connectVisitor(port);
      await act(visitor);
      visitor.close();
    };
    const cases: Readonly<Record<string, Case>> = {
      async stopped(key) {
        let since: number | undefined;
        await withVisitor(plain.port, async (visitor) => {
          const turnId = await visitor.untilFirstDelta(`case ${key}`);
          since = nowMicros();
          await visitor.stop(turnId);
        });
        return since;
      },
      async left(key) {
        await withVisitor(plain.port, (visitor) => visitor.untilFirstDelta(`case ${key}`));
        return nowMicros();
      },
      async hedge(key) {
        await withVisitor(racing.port, (visitor) => visitor.ask(`case ${key}`));
        return undefined;
      },
      async dropped(key) {
        await withVisitor(plain.port, (visitor) => visitor.ask(`case ${key}`));
        return undefined;
      },
      async typing(key) {
        let since: number | undefined;
        await withVisitor(plain.port, async (visitor) => {
          await visitor.draft(`case ${key}: how long do I have to return an item?`);
          await requestOf(upstream, key);
          since = nowMicros();
          await visitor.ask('Something else');
        });
        return since;
      },
    };
    const waits = new Map(Object.keys(cases).map((name): [string, number[]] => [name, []]));
    for (let round = -1; round < rounds; round++) {
      for (const [name, run] of Object.entries(cases)) {
        const key = `${name} ${round + 1}`;
        const ms = await closedAfterMs(upstream, key, await run(key));
        if (round >= 0) waits.get(name)?.push(ms); // the round before warms up connections and code
      }
      onRound(round + 1);
    }
    return {
      target: 'stop',
      about: 'from the moment an answer is given up to the close of its request at the endpoint',
      series: Object.fromEntries([...waits].map(([name, values]) => [LABELS[name] ?? name, summarise(values)])),
      ratios: {},
    };
  } finally {
    await bench.close();
    await upstream.stop();
  }
}

/** Resolves when the question has reached the endpoint. */
async function requestOf(upstream: BenchProcess, key: string): Promise<void> {
  while ((await upstream.ask('course', key, courseSchema)).requests === 0) await pause(1);
}

/** @throws Error when the request stays open for 5 s */
async function closedAfterMs(upstream: BenchProcess, key: string, givenUpAt: number | undefined): Promise<number> {
  for (let tries = 0; tries < 500; tries++) {
    const { closed, since = givenUpAt } = await upstream.ask('course', key, courseSchema);
    if (closed !== undefined && since !== undefined) return (closed - since) / 1000;
    await pause(10);
  }
  throw new Error(`${key}: the upstream request was not closed within 5 s`);
}
