/** Kills web processes and Redis repeatedly while visitors send. */
import { setTimeout as pause } from 'node:timers/promises';
import { answerOf } from '@firstword/testing/paced-endpoint';
import type { ServerProcess } from '@firstword/testing/server-process';
import { openSteadyClient } from '@firstword/testing/steady-client';
import { startTcpProxy } from '@firstword/testing/tcp-proxy';
import { type CpuWaits, watchCpuWaits } from './cpu-waits.ts';
import { isReady, NO_BACKPRESSURE, onInstallation } from './installation.ts';
import { count, percentile, type Scenario, type ScenarioResult, seconds } from './scenario.ts';
import { describeLoad, startVisitors } from './visitors.ts';

const KILLS = 20;
/** Enough for the 100,000 acknowledgements during kills that P1 asks for. */
const MANY_KILLS = 30;
const VISITORS = 100;
/** Time between two kills. */
const BETWEEN_MS = 3000;
const LONG_ANSWER = 'at length';
const LONG_TOKENS = 2000;
const WATCHERS = 3;

/** Answers that were running on a killed process. */
interface Orphans {
  readonly waits: number[];
  /** Number of answers that did not end as interrupted, or whose stored text differs from what was streamed. */
  wrong: number;
}

/**
 * D02 evaluates answers that ran on the processes killed by R01 and R01A.
 * @param perSecond messages a second, of all visitors together
 */
export function serverKills(perSecond: number): Scenario[] {
  let orphans: Orphans | undefined;
  const killing = (id: string, kills: number, promise: string, settings: object, recoveryMs: number): Scenario => ({
    id,
    promise,
    run: (report) =>
      onInstallation(async ({ endpoint, start, onTeardown }): Promise<ScenarioResult> => {
        orphans ??= { waits: [], wrong: 0 };
        endpoint.pace({ tokens: 2, everyMs: 0 });
        endpoint.paceFor(LONG_ANSWER, { tokens: LONG_TOKENS, everyMs: 20 });
        let [doomed, standby] = await Promise.all([start(settings), start(settings)]);
        const proxy = await startTcpProxy({ port: doomed.port });
        onTeardown(proxy.stop);
        const visitors = startVisitors(proxy.port, { count: VISITORS, perSecond });
        const past: { readonly at: number; readonly waits: CpuWaits }[] = [];
        for (let kill = 1; kill <= kills; kill++) {
          const watching = await watch(doomed, onTeardown);
          await pause(BETWEEN_MS);
          const waits = watchCpuWaits(standby.pid);
          onTeardown(waits.stop);
          past.push({ at: performance.now(), waits });
          await doomed.kill();
          const [next] = await Promise.all([start(settings), watching.moveTo(standby, orphans)]);
          [doomed, standby] = [standby, next];
          // So half of the visitors are on the process that is killed next.
          proxy.pointAt({ port: doomed.port }, { port: standby.port });
          report(`kill ${kill} of ${kills}, ${describeLoad(visitors)}`);
        }
        const breaches = await visitors.settle();
        for (const breach of breaches.slice(0, 10)) report(breach);
        const outages = visitors.outages().toSorted((a, b) => a.ms - b.ms);
        const longest = outages.at(-1) ?? { from: 0, ms: 0 };
        const { waits } = past.findLast(({ at }) => at <= longest.from + 100) ?? {};
        const starved = waits?.between(longest.from, longest.from + longest.ms) ?? 0;
        const [usual, most] = [0.5, 0.99].map((share) =>
          percentile(
            outages.map(({ ms }) => ms),
            share,
          ),
        );
        return {
          test: `web process killed ${kills} times while visitors write`,
          result:
            `${breaches.length} breaches in ${describeLoad(visitors)}; ${count(outages.length, 'outage')}, p50 ${seconds(usual ?? 0)}, ` +
            `p99 ${seconds(most ?? 0)}, longest ${seconds(longest.ms)}, including ${seconds(starved)} in which the process that took over waited for a CPU`,
          held: breaches.length === 0 && longest.ms <= recoveryMs,
          acks: visitors.acks(),
        };
        /** Starts answers on the process that is killed next. */
        async function watch(server: ServerProcess, onTeardown: (callback: () => unknown) => void) {
          const watchersProxy = await startTcpProxy({ port: server.port });
          onTeardown(watchersProxy.stop);
          proxy.pointAt({ port: server.port });
          const clients = Array.from({ length: WATCHERS }, () => openSteadyClient(watchersProxy.port));
          const sent = await Promise.all(clients.map((client) => client.send(`Tell me ${LONG_ANSWER}`)));
          await Promise.all(
            clients.map(async (client, index) => {
              while (client.textOf(sent[index]?.turnId ?? '').length < 100) await pause(20);
            }),
          );
          return {
            async moveTo(other: ServerProcess, found: Orphans) {
              const from = performance.now();
              watchersProxy.pointAt({ port: other.port });
              proxy.pointAt({ port: other.port });
              await Promise.all(
                clients.map(async (client, index) => {
                  const { state, stored } = await client.answered(sent[index]?.seq ?? 0);
                  found.waits.push(performance.now() - from);
                  const kept = stored !== '' && answerOf(LONG_TOKENS).startsWith(stored);
                  if (state !== 'interrupted' || !kept) found.wrong += 1;
                  client.close();
                }),
              );
            },
          };
        }
      }),
  });
  return [
    killing('R01', KILLS, 'P1, P2, P3: 0 lost, 0 duplicated; healed within 3 s', {}, 3000),
    killing(
      'R01A',
      MANY_KILLS,
      'P1, P2, P3: the same with nothing refused: 0 lost, 0 duplicated',
      NO_BACKPRESSURE,
      Number.POSITIVE_INFINITY,
    ),
    {
      id: 'D02',
      promise: 'P6: ended as interrupted within 15 s, text kept',
      async run() {
        if (orphans === undefined) throw new Error('D02 evaluates R01: run both, with --only R01,D02');
        const longest = Math.max(...orphans.waits);
        return {
          test: `running answers on a process killed ${orphans.waits.length / WATCHERS} times`,
          result: `${orphans.wrong} of ${orphans.waits.length} otherwise; ended after ${seconds(percentile(orphans.waits, 0.5))}, at most ${seconds(longest)}`,
          held: orphans.wrong === 0 && longest <= 15_000,
        };
      },
    },
  ];
}

export const redisKills = (perSecond: number): Scenario => ({
  id: 'R02',
  promise: 'P1, P2, P3, P11: 0 lost, 0 duplicated; ready within 5 s of its return',
  run: (report) =>
    onInstallation(async ({ redis, endpoint, start }) => {
      endpoint.pace({ tokens: 2, everyMs: 0 });
      const server = await start(NO_BACKPRESSURE);
      const visitors = startVisitors(server.port, { count: VISITORS, perSecond });
      const readyMs: number[] = [];
      for (let kill = 1; kill <= MANY_KILLS; kill++) {
        await pause(BETWEEN_MS);
        await redis.kill();
        await pause(300);
        await redis.start();
        const from = performance.now();
        while (!(await isReady(server))) await pause(20);
        readyMs.push(performance.now() - from);
        report(`kill ${kill} of ${MANY_KILLS}, ${describeLoad(visitors)}`);
      }
      const breaches = await visitors.settle();
      for (const breach of breaches.slice(0, 10)) report(breach);
      return {
        test: `Redis killed ${MANY_KILLS} times while visitors write`,
        result: `${breaches.length} breaches in ${describeLoad(visitors)}; ready after ${seconds(percentile(readyMs, 0.5))}, at most ${seconds(Math.max(...readyMs))}`,
        held: breaches.length === 0 && Math.max(...readyMs) <= 5000,
        acks: visitors.acks(),
      };
    }),
});
