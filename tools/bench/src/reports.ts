/** Measures reports over a year of three busy sites with 15 models, on a private PostgreSQL. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BenchResult } from '@firstword/server/cli/bench-models/bench-report';
import { summarise } from '@firstword/server/evaluation/series';
import { createFeltTtft } from '@firstword/server/ledger/felt-ttft';
import { createReports } from '@firstword/server/ledger/reports';
import { createLog } from '@firstword/server/lib/log';
import { createPrivatePostgres } from '@firstword/server/local/private-postgres';
import { createDatabase } from '@firstword/server/records/database';
import { MIGRATIONS } from '@firstword/server/records/migrations';
import type { Migration } from '@firstword/server/records/migrations/migration';
import { migrate } from '@firstword/server/records/migrator';
import { createPostgresUsageStore } from '@firstword/server/records/postgres-usage-store';
import type { OnRound } from './run-options.ts';

const YEAR = { from: '2025-01-01', to: '2025-12-31' };
const SITES = ['site-1', 'site-2', 'site-3'];

/** 365 days × 3 sites × 15 models, each with one purpose and 26 buckets that have calls; and the visits of a day by band. */
const SAMPLE: Migration = {
  number: 1_000_000,
  name: 'sample',
  sql: `
CREATE TEMPORARY TABLE buckets AS
  SELECT array_agg(CASE WHEN n BETWEEN 15 AND 40 THEN 40 ELSE 0 END ORDER BY n)::bigint[] AS ttft FROM generate_series(1, 64) AS n;
CREATE TEMPORARY TABLE days AS
  SELECT d::date AS day, 'site-' || s AS site_id FROM generate_series('2025-01-01'::date, '2025-12-31', '1 day') AS d, generate_series(1, 3) AS s;
INSERT INTO call_totals
  SELECT day, site_id, (ARRAY['instant', 'fast', 'quality'])[1 + m % 3], 'us-east', 'vendor/model-' || m, (ARRAY['answer', 'triage'])[1 + m % 2],
         1040, 10, 20, 1000000, 100000, 200000, 0, 1000, 9000000000000, 40, 1000000000, 0, 50, 1040, 200000, ttft
    FROM days, buckets, generate_series(1, 15) AS m;
INSERT INTO felt_totals
  SELECT day, site_id, 'us-east', (ARRAY['instant', 'fast', 'quality'])[1 + m % 3], 'vendor/model-' || m, ttft
    FROM days, buckets, generate_series(1, 15) AS m;
INSERT INTO visit_totals
  SELECT day, site_id, band, 1000, 600, 200 FROM days, unnest(ARRAY['instant', 'fast', 'noticeable', 'slow', 'unseen']) AS band;
ANALYZE;
`,
};

/** @param rounds readings of each report */
export async function benchReports(rounds: number, onRound: OnRound): Promise<BenchResult> {
  const log = createLog('error');
  const dataDir = await mkdtemp(join(tmpdir(), 'firstword-bench-'));
  const postgres = createPrivatePostgres({ dataDir, log });
  await postgres.ready;
  const database = createDatabase(postgres.url, log);
  try {
    await migrate(database, [...MIGRATIONS, SAMPLE], log);
    const usage = createPostgresUsageStore(database);
    const reports = createReports(usage);
    const felt = createFeltTtft(
      { queue: { add: async () => {} }, usage, log, objective: { withinMs: 400, share: 0.95 } },
      { flushMs: 60_000, maxWaiting: 1 },
    );
    const completion = (sites: readonly string[]) => sites.map((siteId) => usage.completion(siteId, YEAR));
    const [siteId = ''] = SITES;
    /** Each reads what its route reads. */
    const kinds = {
      'cost by day, all sites': () => Promise.all([reports.report({ ...YEAR, by: 'day' }), ...completion(SITES)]),
      'cost by model, all sites': () => Promise.all([reports.report({ ...YEAR, by: 'model' }), ...completion(SITES)]),
      'cost by day, one site': () =>
        Promise.all([reports.report({ ...YEAR, siteIds: [siteId], by: 'day' }), ...completion([siteId])]),
      'response time by day, one site': () =>
        Promise.all([felt.read({ ...YEAR, siteId, by: 'day' }), felt.burn(siteId), ...completion([siteId])]),
    };
    const times = Object.fromEntries(Object.keys(kinds).map((name): [string, number[]] => [name, []]));
    for (let round = 1; round <= rounds; round++) {
      for (const [name, read] of Object.entries(kinds)) {
        const startedAt = performance.now();
        await read();
        times[name]?.push(performance.now() - startedAt);
      }
      onRound(round);
    }
    await felt.close();
    return {
      target: 'reports',
      about: 'opening a report over 365 days, 3 sites and 15 models',
      series: Object.fromEntries(Object.entries(times).map(([name, some]) => [name, summarise(some)])),
      ratios: {},
    };
  } finally {
    await database.close();
    await postgres.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}
