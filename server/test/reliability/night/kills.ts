/** Servers and Redis killed again and again while visitors write. */
import { setTimeout as pause } from 'node:timers/promises';
import { answerOf } from '@firstword/testing/paced-endpoint';
import type { ServerProcess } from '@firstword/testing/server-process';
import { openSteadyClient } from '@firstword/testing/steady-client';
import { startTcpProxy } from '@firstword/testing/tcp-proxy';
import { type ProcessorWaits, watchProcessorWaits } from './cpu-waits.ts';
import { onInstallation } from './installation.ts';
import { count, type Finding, percentile, seconds, type Trial } from './scenario.ts';
import { startVisitors, type Visitors } from './visitors.ts';

const KILLS = 20;
/** For the 100,000 acknowledgements over kills that P1 speaks of. */
const MANY_KILLS = 30;
const VISITORS = 100;
/** Of writing between one kill and the next. */
const BETWEEN_MS = 3000;
const LONG = 'at length';
const LONG_TOKENS = 2000;
const WATCHERS = 3;

/** A process that has just taken over refuses what it does not carry yet. This one does not, so that all of the load is kept or lost. */
const TAKES_ALL = { limits: { loopLagMs: 60_000, redisMs: 60_000 } };

const load = (visitors: Visitors) => `${count(visitors.acks(), 'ack')} at ${visitors.rate().toFixed(0)}/s`;

/** What became of the answers that a killed server was giving. */
interface Orphans {
  readonly waits: number[];
  /** Not ended as interrupted, or with another text than had been said. */
  wrong: number;
}

/**
 * All come of the same runs: the last one's answers are given by the servers that the first two kill.
 * @param perSecond messages that visitors write
 */
export function serverKills(perSecond: number): Trial[] {
  let orphans: Orphans | undefined;
  const killing = (id: string, kills: number, promise: string, settings: object, healMs: number): Trial => ({
    id,
    promise,
    run: (say) =>
      onInstallation(async ({ endpoint, start, later }): Promise<Finding> => {
        orphans ??= { waits: [], wrong: 0 };
        endpoint.pace({ tokens: 2, everyMs: 0 });
        endpoint.paceFor(LONG, { tokens: LONG_TOKENS, everyMs: 20 });
        let [doomed, standby] = await Promise.all([start(settings), start(settings)]);
        const proxy = await startTcpProxy({ port: doomed.port });
        later(proxy.stop);
        const visitors = startVisitors(proxy.port, { count: VISITORS, perSecond });
        const past: { readonly at: number; readonly waits: ProcessorWaits }[] = [];
        for (let kill = 1; kill <= kills; kill++) {
          const watching = await watch(doomed, later);
          await pause(BETWEEN_MS);
          const waits = watchProcessorWaits(standby.pid);
          later(waits.stop);
          past.push({ at: performance.now(), waits });
          await doomed.kill();
          const [next] = await Promise.all([start(settings), watching.moveTo(standby, orphans)]);
          [doomed, standby] = [standby, next];
          // Half of those who come back, by then, are on the one that is killed next.
          proxy.pointAt({ port: doomed.port }, { port: standby.port });
          say(`kill ${kill} of ${kills}, ${load(visitors)}`);
        }
        const breaches = await visitors.settle();
        for (const breach of breaches.slice(0, 10)) say(breach);
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
          did: `web process killed ${kills} times while visitors write`,
          figure:
            `${breaches.length} breaches in ${load(visitors)}; ${count(outages.length, 'outage')}, p50 ${seconds(usual ?? 0)}, ` +
            `p99 ${seconds(most ?? 0)}, longest ${seconds(longest.ms)}, for ${seconds(starved)} of which the process that took over waited for a processor`,
          held: breaches.length === 0 && longest.ms <= healMs,
          acks: visitors.acks(),
        };
        /** Answers that are being given by the server that dies. */
        async function watch(server: ServerProcess, later: (end: () => unknown) => void) {
          const road = await startTcpProxy({ port: server.port });
          later(road.stop);
          proxy.pointAt({ port: server.port });
          const clients = Array.from({ length: WATCHERS }, () => openSteadyClient(road.port));
          const sent = await Promise.all(clients.map((client) => client.send(`Tell me ${LONG}`)));
          await Promise.all(
            clients.map(async (client, index) => {
              while (client.textOf(sent[index]?.turnId ?? '').length < 100) await pause(20);
            }),
          );
          return {
            async moveTo(other: ServerProcess, found: Orphans) {
              const from = performance.now();
              road.pointAt({ port: other.port });
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
    killing('R01', KILLS, 'P1, P2, P3: 0 lost, 0 doubled; healed within 3 s', {}, 3000),
    killing(
      'R01A',
      MANY_KILLS,
      'P1, P2, P3: the same with nothing refused: 0 lost, 0 doubled',
      TAKES_ALL,
      Number.POSITIVE_INFINITY,
    ),
    {
      id: 'D02',
      promise: 'P6: ended as interrupted within 15 s, text kept',
      async run() {
        if (orphans === undefined) throw new Error('D02 is judged by what R01 has done');
        const longest = Math.max(...orphans.waits);
        return {
          did: `answers under way on a process killed ${orphans.waits.length / WATCHERS} times`,
          figure: `${orphans.wrong} of ${orphans.waits.length} otherwise; ended after ${seconds(percentile(orphans.waits, 0.5))}, at most ${seconds(longest)}`,
          held: orphans.wrong === 0 && longest <= 15_000,
        };
      },
    },
  ];
}

export const redisKills = (perSecond: number): Trial => ({
  id: 'R02',
  promise: 'P1, P2, P3, P11: 0 lost, 0 doubled; ready within 5 s of its return',
  run: (say) =>
    onInstallation(async ({ redis, endpoint, start }) => {
      endpoint.pace({ tokens: 2, everyMs: 0 });
      const server = await start(TAKES_ALL);
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
        say(`kill ${kill} of ${MANY_KILLS}, ${load(visitors)}`);
      }
      const breaches = await visitors.settle();
      for (const breach of breaches.slice(0, 10)) say(breach);
      return {
        did: `Redis killed ${MANY_KILLS} times while visitors write`,
        figure: `${breaches.length} breaches in ${load(visitors)}; ready after ${seconds(percentile(readyMs, 0.5))}, at most ${seconds(Math.max(...readyMs))}`,
        held: breaches.length === 0 && Math.max(...readyMs) <= 5000,
        acks: visitors.acks(),
      };
    }),
});

export async function isReady({ port }: Pick<ServerProcess, 'port'>): Promise<boolean> {
  const { ok } = await fetch(`http://127.0.0.1:${port}/health/ready`);
  return ok;
}
