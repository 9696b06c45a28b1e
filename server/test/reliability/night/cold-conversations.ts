/** Lets conversations leave Redis between two messages of their visitors, on two processes. */
import { setTimeout as pause } from 'node:timers/promises';
import { startTcpProxy } from '@firstword/testing/tcp-proxy';
import { openArchiveTables, startTimedPostgres } from './archive-tables.ts';
import { NO_BACKPRESSURE, onInstallation, readMetric } from './installation.ts';
import { count, type Scenario, seconds } from './scenario.ts';
import { describeLoad, startVisitors } from './visitors.ts';

/** The least that is allowed: 3.6 s. */
const HOT_HOURS = 0.001;
/** Longer than that, so that most conversations have left Redis when the next message comes. */
const SECONDS_BETWEEN_MESSAGES = 8;
const LOAD_MS = 60_000;
const CUT_EVERY_MS = 10_000;

export const coldConversations = (perSecond: number): Scenario => ({
  id: 'R17',
  promise: 'P1, P2, P3: 0 lost, 0 duplicated, also in the archive, when conversations leave Redis and return',
  run: (report) =>
    onInstallation(async ({ endpoint, start, onTeardown }) => {
      endpoint.pace({ tokens: 2, everyMs: 0 });
      const postgres = await startTimedPostgres();
      onTeardown(postgres.stop);
      const settings = { ...NO_BACKPRESSURE, databaseUrl: postgres.url, storage: { hotHours: HOT_HOURS } };
      const servers = await Promise.all([start(settings), start(settings)]);
      const archive = openArchiveTables(postgres.url);
      onTeardown(archive.close);
      const [one, other] = servers;
      const proxy = await startTcpProxy({ port: one.port });
      onTeardown(proxy.stop);
      proxy.pointAt({ port: one.port }, { port: other.port });
      const visitors = startVisitors(proxy.port, { count: perSecond * SECONDS_BETWEEN_MESSAGES, perSecond });
      for (let waited = 0; waited < LOAD_MS; waited += CUT_EVERY_MS) {
        await pause(CUT_EVERY_MS);
        proxy.cut(); // so that visitors also return by connecting
        report(describeLoad(visitors));
      }
      const breaches = await visitors.settle(archive);
      for (const breach of breaches.slice(0, 10)) report(breach);
      const evicted = await Promise.all(
        servers.map((server) => readMetric(server, 'conversations_evicted_total').then((value) => value || 0)),
      );
      const left = evicted.reduce((sum, each) => sum + each, 0);
      return {
        test: `conversations leave Redis after ${seconds(HOT_HOURS * 3_600_000)}, while their visitors write every ${SECONDS_BETWEEN_MESSAGES} s and are disconnected every ${seconds(CUT_EVERY_MS)}`,
        result: `${breaches.length} breaches in ${describeLoad(visitors)}; ${count(left, 'conversation')} left Redis and returned or were read from the archive`,
        held: breaches.length === 0 && left > visitors.connections().length,
        acks: visitors.acks(),
      };
    }),
});
