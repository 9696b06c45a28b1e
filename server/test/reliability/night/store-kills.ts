/** Kills PostgreSQL, alone and together with Redis, while visitors send and ask for agents. */
import { setTimeout as pause } from 'node:timers/promises';
import type { ProductSettings } from '@firstword/testing/product-process';
import { openArchiveTables, startTimedPostgres } from './archive-tables.ts';
import { APP_SECRET, createApiToken, listTickets, requestHandOff, untilListed } from './hand-offs.ts';
import { type Installation, NO_BACKPRESSURE, onInstallation, sumMetric, untilReady } from './installation.ts';
import { askQuestions } from './questions.ts';
import { count, describeRefusals, percentile, type Scenario, seconds } from './scenario.ts';
import { describeLoad, type Send, startVisitors } from './visitors.ts';

const VISITORS = 100;
const ANSWER_TOKENS = 20;
const POSTGRES_KILLS = 20;
const KILLS_OF_BOTH = 10;
const HAND_OFFS_A_KILL = 2;
const AWAY_MS = 2000;
const BETWEEN_MS = 3000;
const TICKET_WITHIN_MS = 5000;
const READY_WITHIN_MS = 5000;
/** Time limits are checked on machines that do other work, too. */
const SLOWER_MS = 50;

interface Outage {
  readonly from: number;
  readonly to: number;
}

/** The 95th percentile during the outages, and beside them. */
function compare(sends: readonly Send[], outages: readonly Outage[]): { away: number; usual: number } {
  const isAway = ({ from }: Send) => outages.some((outage) => from >= outage.from && from <= outage.to);
  const p95 = (some: readonly Send[]) =>
    percentile(
      some.map(({ ms }) => ms),
      0.95,
    );
  return { away: p95(sends.filter(isAway)), usual: p95(sends.filter((send) => !isAway(send))) };
}

const isAsUsual = ({ away, usual }: { away: number; usual: number }) => away <= Math.max(2 * usual, usual + SLOWER_MS);
const describe = ({ away, usual }: { away: number; usual: number }) =>
  `${away.toFixed(0)} ms (p95) while it was away, ${usual.toFixed(0)} ms otherwise`;

/** One process on both stores, with visitors who write, and one who asks question after question. */
async function startUnderLoad(
  { endpoint, start, onTeardown }: Installation,
  perSecond: number,
  settings: Partial<ProductSettings>,
) {
  endpoint.pace({ tokens: 2, everyMs: 0 });
  endpoint.paceFor('Question', { tokens: ANSWER_TOKENS, everyMs: 10 });
  const postgres = await startTimedPostgres();
  onTeardown(postgres.stop);
  const server = await start({ ...NO_BACKPRESSURE, ...settings, databaseUrl: postgres.url });
  const archive = openArchiveTables(postgres.url);
  onTeardown(archive.close);
  const visitors = startVisitors(server.port, { count: VISITORS, perSecond });
  const questions = askQuestions(server.port, ANSWER_TOKENS);
  return {
    ...{ postgres, server, visitors },
    /** Ends the load and compares what visitors saw with both stores. */
    async settle(report: (line: string) => void) {
      await pause(BETWEEN_MS);
      const asked = await questions.stop();
      const breaches = await visitors.settle(archive);
      for (const breach of breaches.slice(0, 10)) report(breach);
      return { asked, breaches, setAside: await sumMetric(server, 'feed_set_aside') };
    },
  };
}

export const postgresKills = (perSecond: number): Scenario => ({
  id: 'R14',
  promise:
    'P1, P2, P3: 0 lost, 0 duplicated, also in the archive; visitors notice nothing; hand-offs meanwhile are tickets within 5 s of its return',
  run: (report) =>
    onInstallation(async (installation) => {
      const { postgres, server, visitors, settle } = await startUnderLoad(installation, perSecond, {
        env: { APP_SECRET },
      });
      const token = await createApiToken({ REDIS_URL: installation.redis.url, DATABASE_URL: postgres.url });
      const outages: Outage[] = [];
      const ticketMs: number[] = [];
      const ticketIds: string[] = [];
      for (let kill = 1; kill <= POSTGRES_KILLS; kill++) {
        await pause(BETWEEN_MS);
        const from = performance.now();
        await postgres.kill();
        const [requested] = await Promise.all([
          Promise.all(Array.from({ length: HAND_OFFS_A_KILL }, () => requestHandOff(server.port))),
          pause(AWAY_MS),
        ]);
        await postgres.start();
        outages.push({ from, to: performance.now() });
        ticketIds.push(...requested);
        ticketMs.push(await untilListed(server.port, token, requested, TICKET_WITHIN_MS));
        report(`kill ${kill} of ${POSTGRES_KILLS}, ${describeLoad(visitors)}`);
      }
      const { asked, breaches, setAside } = await settle(report);
      const listed = (await listTickets(server.port, token)).toSorted();
      const areOnce = listed.join() === ticketIds.toSorted().join();
      const acknowledged = compare(visitors.sends(), outages);
      const firstTokens = compare(asked, outages);
      const broken = asked.filter(({ isWhole }) => !isWhole).length;
      const refused = visitors.connections().flatMap((client) => client.refusals());
      const longest = Math.max(...ticketMs);
      return {
        test: `PostgreSQL killed ${POSTGRES_KILLS} times for ${seconds(AWAY_MS)} while visitors write`,
        result:
          `${breaches.length} breaches in ${describeLoad(visitors)}, the archive complete after ${seconds(visitors.archivedAfter())}; ` +
          `${describeRefusals(refused)}, ${count(visitors.outages().length, 'disconnect')}; acknowledged after ${describe(acknowledged)}; ` +
          `${broken} of ${count(asked.length, 'answer')} broken, TTFT ${describe(firstTokens)}; ` +
          `${count(ticketIds.length, 'hand-off')}, tickets after at most ${seconds(longest)}, ${areOnce ? 'each once' : `${listed.length} listed`}`,
        held:
          breaches.length === 0 &&
          refused.length + visitors.outages().length + broken + setAside === 0 &&
          isAsUsual(acknowledged) &&
          isAsUsual(firstTokens) &&
          longest <= TICKET_WITHIN_MS &&
          areOnce,
        acks: visitors.acks(),
      };
    }),
});

export const bothStoresKilled = (perSecond: number): Scenario => ({
  id: 'R15',
  promise:
    'P1 to P5, P11: 0 lost, 0 duplicated, also in the archive; answers stored as streamed; ready within 5 s of the return of Redis',
  run: (report) =>
    onInstallation(async (installation) => {
      const { redis } = installation;
      const { postgres, server, visitors, settle } = await startUnderLoad(installation, perSecond, {});
      const readyMs: number[] = [];
      for (let kill = 1; kill <= KILLS_OF_BOTH; kill++) {
        await pause(BETWEEN_MS);
        await Promise.all([redis.kill(), postgres.kill()]);
        await pause(300);
        // Each of them is the first to return in turn.
        if (kill % 2 === 0) await postgres.start();
        await redis.start();
        readyMs.push(await untilReady(server));
        if (kill % 2 === 1) await postgres.start();
        report(`kill ${kill} of ${KILLS_OF_BOTH}, ${describeLoad(visitors)}`);
      }
      const { asked, breaches, setAside } = await settle(report);
      const different = asked.filter(({ hasEnded, isSame }) => hasEnded && !isSame).length;
      const unended = asked.filter(({ hasEnded }) => !hasEnded).length;
      const interrupted = asked.filter(({ isWhole, isSame }) => isSame && !isWhole).length;
      const resyncs = visitors.connections().reduce((sum, client) => sum + client.resyncs(), 0);
      return {
        test: `Redis and PostgreSQL killed together ${KILLS_OF_BOTH} times while visitors write`,
        result:
          `${breaches.length} breaches in ${describeLoad(visitors)}, the archive complete after ${seconds(visitors.archivedAfter())}; ` +
          `${different} of ${count(asked.length, 'answer')} stored otherwise than streamed, ${interrupted} interrupted, ${unended} without an end after 15 s; ${count(resyncs, 'resync')}; ` +
          `ready after ${seconds(percentile(readyMs, 0.5))}, at most ${seconds(Math.max(...readyMs))}; ${count(setAside, 'event')} set aside`,
        held: breaches.length + different + resyncs + setAside === 0 && Math.max(...readyMs) <= READY_WITHIN_MS,
        acks: visitors.acks(),
      };
    }),
});
