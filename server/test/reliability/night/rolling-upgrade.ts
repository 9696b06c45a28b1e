/** Migrates the tables to a later release's while two processes of this one run on them, and restarts both there. */
import { setTimeout as pause } from 'node:timers/promises';
import { createDatabase, MIGRATION_SETTINGS } from '@firstword/server/records/database';
import { MIGRATIONS } from '@firstword/server/records/migrations';
import type { Migration } from '@firstword/server/records/migrations/migration';
import { migrate } from '@firstword/server/records/migrator';
import { silentLog } from '@firstword/testing/silent-log';
import { openArchiveTables, startTimedPostgres } from './archive-tables.ts';
import { isReady, NO_BACKPRESSURE, onInstallation, sumMetric } from './installation.ts';
import { startLoadBalancer } from './load-balancer.ts';
import { askQuestions } from './questions.ts';
import { count, describeRefusals, percentile, type Scenario, seconds } from './scenario.ts';
import { describeLoad, startVisitors } from './visitors.ts';

const VISITORS = 50;
const ANSWER_TOKENS = 50;
/** Load before, between and after the steps. */
const BETWEEN_MS = 5000;
const EXITS_WITHIN_MS = 30_000;
const ARCHIVED_WITHIN_MS = 10_000;

/** What a later release may do: add columns, tables and indexes, and fill a new column. */
const LATER: Migration = {
  number: Math.max(...MIGRATIONS.map(({ number }) => number)) + 1,
  name: 'of a later release',
  sql: `
ALTER TABLE messages ADD COLUMN later_channel text NOT NULL DEFAULT 'widget';
ALTER TABLE conversations ADD COLUMN later_messages integer;
CREATE TABLE later_summaries (
  conversation_id text COLLATE "C" PRIMARY KEY REFERENCES conversations (id) ON DELETE CASCADE,
  summary text NOT NULL
);
CREATE INDEX messages_by_later_channel ON messages (later_channel, at);
UPDATE conversations SET later_messages = last_seq;
`,
};

export const rollingUpgrade = (perSecond: number): Scenario => ({
  id: 'D03',
  promise:
    'P1, P2, P3, P9: 0 lost, 0 duplicated, also in the archive; 0 sends refused; exit 0 within 30 s; this release starts on the later tables',
  run: (report) =>
    onInstallation(async ({ endpoint, start, onTeardown }) => {
      endpoint.pace({ tokens: 2, everyMs: 0 });
      endpoint.paceFor('Question', { tokens: ANSWER_TOKENS, everyMs: 20 });
      const postgres = await startTimedPostgres();
      onTeardown(postgres.stop);
      const settings = { ...NO_BACKPRESSURE, databaseUrl: postgres.url };
      let [a, b] = await Promise.all([start(settings), start(settings)]);
      const archive = openArchiveTables(postgres.url);
      onTeardown(archive.close);
      const balancer = await startLoadBalancer(a.port, b.port);
      onTeardown(balancer.stop);
      const visitors = startVisitors(balancer.port, { count: VISITORS, perSecond });
      const questions = askQuestions(balancer.port, ANSWER_TOKENS);
      await pause(BETWEEN_MS);
      const database = createDatabase(postgres.url, silentLog, MIGRATION_SETTINGS);
      onTeardown(database.close);
      const migratingFrom = performance.now();
      const ran = await migrate(database, [...MIGRATIONS, LATER], silentLog);
      const migratedMs = performance.now() - migratingFrom;
      report(`migrated in ${seconds(migratedMs)}, ${describeLoad(visitors)}`);
      await pause(BETWEEN_MS);
      const codes: (number | null)[] = [];
      let slowestExitMs = 0;
      for (let restart = 1; restart <= 2; restart++) {
        await balancer.serve(b.port);
        const from = performance.now();
        a.signal('SIGTERM');
        while (await isReady(a).catch(() => false)) await pause(20);
        codes.push(await a.exited);
        slowestExitMs = Math.max(slowestExitMs, performance.now() - from);
        const next = await start(settings);
        await balancer.serve(b.port, next.port);
        [a, b] = [b, next];
        report(`restart ${restart} of 2, ${describeLoad(visitors)}`);
        await pause(BETWEEN_MS);
      }
      const asked = await questions.stop();
      const breaches = await visitors.settle(archive);
      for (const breach of breaches.slice(0, 10)) report(breach);
      const broken = asked.filter(({ isWhole }) => !isWhole).length;
      const refused = visitors.connections().flatMap((client) => client.refusals());
      const setAside = await sumMetric(b, 'feed_set_aside');
      const lags = await archive.lags();
      const longest = lags.reduce((most, ms) => Math.max(most, ms), 0);
      return {
        test: `the tables migrated to a later release's under two processes of this one, which are then restarted one after the other, behind ${balancer.name}`,
        result:
          `${breaches.length} breaches in ${describeLoad(visitors)}; migrated in ${seconds(migratedMs)}; ${describeRefusals(refused)}; ` +
          `${broken} of ${count(asked.length, 'answer')} broken; archived after ${seconds(percentile(lags, 0.5))} (p50), at most ${seconds(longest)}; ` +
          `${count(setAside, 'event')} set aside; exit ${codes.join(', ')} after at most ${seconds(slowestExitMs)}`,
        held:
          ran.join() === String(LATER.number) &&
          breaches.length + refused.length + broken + setAside === 0 &&
          longest <= ARCHIVED_WITHIN_MS &&
          codes.every((code) => code === 0) &&
          slowestExitMs <= EXITS_WITHIN_MS,
        acks: visitors.acks(),
      };
    }),
});
