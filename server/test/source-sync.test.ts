/** What a web process does by itself with sources: it answers from what is published, and imports what is due. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startRedisServer } from '@firstword/testing/redis-server';
import { silentLog } from '@firstword/testing/silent-log';
import { startTestServer } from '@firstword/testing/test-server';
import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { createArticleStore } from '../src/knowledge/article-store.ts';
import { createMemoryKnowledgeStore } from '../src/records/memory-knowledge-store.ts';
import { createMemoryRecords } from '../src/records/memory-records.ts';
import { RecordsError } from '../src/records/records-error.ts';
import { openSources } from '../src/sources/open-sources.ts';
import { createRedisKeys } from '../src/store/keys.ts';

const HOUR_MS = 3_600_000;
const NO_ARTICLES = 'The site "acme" has no help articles to answer from.';
const article = {
  id: 'gift',
  title: 'Gift cards',
  category: '',
  keywords: '',
  url: '',
  body: 'Valid for three years.',
};

async function warningsOf(port: number): Promise<string[]> {
  const response = await fetch(`http://127.0.0.1:${port}/health/ready`);
  const { warnings } = z.object({ warnings: z.array(z.string()).default([]) }).parse(await response.json());
  return warnings;
}

test('a process that starts while the database is away answers from what was published before', async () => {
  const redis = await startRedisServer();
  onTestFinished(() => redis.stop());
  const before = createMemoryRecords();
  const articles = createArticleStore(await redis.connect(), createRedisKeys('test'));
  const parts = { store: before.knowledge, articles, siteIds: () => ['acme'], privateHosts: [], log: silentLog };
  await openSources(parts).admin.writeArticle('acme', article, 'Ada');

  const away = async () => {
    throw new RecordsError('unavailable', 'The database did not answer: connect ECONNREFUSED 127.0.0.1:5432');
  };
  const knowledge = { ...before.knowledge, siteStates: away, endLostRuns: away, startDueRun: away };
  const records = { ...createMemoryRecords(), check: away, knowledge };
  const server = await startTestServer({ redis, records, articles: [] });
  onTestFinished(() => server.stop());
  expect(await warningsOf(server.port)).not.toContain(NO_ARTICLES);
  expect(await warningsOf(server.port)).toContain(NO_ARTICLES.replace('acme', 'other'));
});

test('a source whose time has come is imported, used, and counted', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'firstword-due-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, 'gift.md'), '# Gift cards\n\nValid for three years.');
  let now = Date.now() - 2 * HOUR_MS;
  const knowledge = createMemoryKnowledgeStore(() => now);
  const origin = { kind: 'folder', path: folder } as const;
  const { id } = await knowledge.addSource({ siteId: 'acme', name: 'Help', origin, everyHours: 1 });
  now = Date.now();
  const server = await startTestServer({ records: { ...createMemoryRecords(), knowledge }, articles: [] });
  onTestFinished(() => server.stop());
  await expect
    .poll(async () => (await knowledge.loadSource(id))?.lastRun, { timeout: 20_000 })
    .toMatchObject({ trigger: 'schedule', state: 'done', added: 1 });
  await expect.poll(() => warningsOf(server.port), { timeout: 10_000 }).not.toContain(NO_ARTICLES);
  const metrics = await (await fetch(`http://127.0.0.1:${server.port}/metrics`)).text();
  expect(metrics).toContain('firstword_imports_total{state="done"} 1');
});
