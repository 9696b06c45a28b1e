/** How far the archive is behind under a constant load, without faults. */
import { setTimeout as pause } from 'node:timers/promises';
import { openArchiveTables, startTimedPostgres } from './archive-tables.ts';
import { onInstallation } from './installation.ts';
import { count, percentile, type Scenario } from './scenario.ts';
import { describeLoad, startVisitors } from './visitors.ts';

const VISITORS = 100;
const LOAD_MS = 30_000;
const ARCHIVED_WITHIN_MS = 2000;

export const archiveLag = (perSecond: number): Scenario => ({
  id: 'T03',
  promise: 'a message is in the archive within 2 s (p95)',
  run: () =>
    onInstallation(async ({ endpoint, start, onTeardown }) => {
      endpoint.pace({ tokens: 2, everyMs: 0 });
      const postgres = await startTimedPostgres();
      onTeardown(postgres.stop);
      const server = await start({ databaseUrl: postgres.url });
      const archive = openArchiveTables(postgres.url);
      onTeardown(archive.close);
      const visitors = startVisitors(server.port, { count: VISITORS, perSecond });
      await pause(LOAD_MS);
      const breaches = await visitors.settle(archive);
      const lags = await archive.lags();
      const [p50, p95, p99] = [0.5, 0.95, 0.99].map((share) => percentile(lags, share));
      return {
        test: `${describeLoad(visitors)}, each followed to its row in the archive`,
        result: `${p50?.toFixed(0)} ms (p50), ${p95?.toFixed(0)} ms (p95), ${p99?.toFixed(0)} ms (p99) from receipt to commit; ${count(breaches.length, 'breach', 'breaches')}`,
        held: breaches.length === 0 && lags.length === visitors.acks() && (p95 ?? 0) <= ARCHIVED_WITHIN_MS,
      };
    }),
});
