/** Kills processes that follow the feed, while visitors send and ask for agents. */
import { setTimeout as pause } from 'node:timers/promises';
import { startTcpProxy } from '@firstword/testing/tcp-proxy';
import { openArchiveTables, startTimedPostgres } from './archive-tables.ts';
import { APP_SECRET, createApiToken, listTickets, requestHandOff } from './hand-offs.ts';
import { NO_BACKPRESSURE, onInstallation, sumMetric } from './installation.ts';
import { count, percentile, type Scenario, seconds } from './scenario.ts';
import { describeLoad, startVisitors } from './visitors.ts';

const KILLS = 20;
const VISITORS = 100;
/** The other process has taken over by then, and is killed with all partitions in its hands. */
const BETWEEN_MS = 10_000;
const ARCHIVED_WITHIN_MS = 10_000;

export const consumerKills = (perSecond: number): Scenario => ({
  id: 'R16',
  promise:
    'P1, P2, P3: 0 lost, 0 duplicated, also in the archive; every message is archived within 10 s; one ticket for each hand-off',
  run: (report) =>
    onInstallation(async ({ redis, endpoint, start, onTeardown }) => {
      endpoint.pace({ tokens: 2, everyMs: 0 });
      const postgres = await startTimedPostgres();
      onTeardown(postgres.stop);
      const settings = { ...NO_BACKPRESSURE, databaseUrl: postgres.url, env: { APP_SECRET } };
      let [doomed, other] = await Promise.all([start(settings), start(settings)]);
      const token = await createApiToken({ REDIS_URL: redis.url, DATABASE_URL: postgres.url });
      const archive = openArchiveTables(postgres.url);
      onTeardown(archive.close);
      const proxy = await startTcpProxy({ port: doomed.port });
      onTeardown(proxy.stop);
      proxy.pointAt({ port: doomed.port }, { port: other.port });
      const visitors = startVisitors(proxy.port, { count: VISITORS, perSecond });
      const requested: string[] = [];
      for (let kill = 1; kill <= KILLS; kill++) {
        await pause(BETWEEN_MS);
        requested.push(await requestHandOff(doomed.port));
        await doomed.kill();
        proxy.pointAt({ port: other.port });
        const next = await start(settings);
        proxy.pointAt({ port: next.port }, { port: other.port });
        [doomed, other] = [other, next];
        report(`kill ${kill} of ${KILLS}, ${describeLoad(visitors)}`);
      }
      await pause(BETWEEN_MS);
      const breaches = await visitors.settle(archive);
      for (const breach of breaches.slice(0, 10)) report(breach);
      const listed = (await listTickets(doomed.port, token)).toSorted();
      const areOnce = listed.join() === requested.toSorted().join();
      const lags = await archive.lags();
      const setAside = await sumMetric(doomed, 'feed_set_aside');
      const longest = lags.reduce((most, ms) => Math.max(most, ms), 0);
      return {
        test: `each of two processes that follow the feed killed in turn, ${KILLS} times together, while visitors write`,
        result:
          `${breaches.length} breaches in ${describeLoad(visitors)}; archived after ${seconds(percentile(lags, 0.5))} (p50), at most ${seconds(longest)}; ` +
          `${count(requested.length, 'hand-off')} just before a kill, ${areOnce ? 'each a ticket once' : `${listed.length} tickets`}; ${count(setAside, 'event')} set aside`,
        held: breaches.length + setAside === 0 && longest <= ARCHIVED_WITHIN_MS && areOnce,
        acks: visitors.acks(),
      };
    }),
});
