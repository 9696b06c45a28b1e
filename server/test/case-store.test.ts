import type { CaseStore } from '@firstword/server/records/case-store';
import { createMemoryCaseStore } from '@firstword/server/records/memory-case-store';
import { createPostgresCaseStore } from '@firstword/server/records/postgres-case-store';
import { createPostgresEvaluationResults } from '@firstword/server/records/postgres-evaluation-results';
import { createPostgresRunStore } from '@firstword/server/records/postgres-run-store';
import { RUNS_KEPT } from '@firstword/server/records/run-store';
import type { SavedCase } from '@firstword/shared/evaluation-case';
import type { CaseResult } from '@firstword/shared/evaluation-run';
import { describe, expect, test } from 'vitest';
import { openTestDatabase } from './open-test-database.ts';

const STORES: Readonly<Record<string, () => Promise<CaseStore>>> = {
  'in memory': async () => createMemoryCaseStore(),
  'in PostgreSQL': async () => createPostgresCaseStore(await openTestDatabase()),
};
const saved = (id: string, more: Partial<SavedCase> = {}): SavedCase => ({
  id,
  siteId: 'shop',
  conversationId: 'c1',
  conversation: ['Where is it?'],
  facts: [],
  absent: ['Tomorrow.'],
  kind: 'any',
  note: 'wrong-facts',
  savedAt: 1_790_000_000_000,
  by: 'Ada',
  ...more,
});

describe.each(Object.entries(STORES))('evaluation cases %s', (_name, open) => {
  test('are listed by site, the newest first, and a case that is saved again is replaced', async () => {
    const store = await open();
    await store.save(saved('a'));
    await store.save(saved('b', { savedAt: 1_790_000_000_001 }));
    await store.save(saved('c', { siteId: 'other' }));
    await store.save(saved('a', { by: 'Grace' }));
    expect(await store.list('shop', 10)).toEqual([
      saved('b', { savedAt: 1_790_000_000_001 }),
      saved('a', { by: 'Grace' }),
    ]);
    expect(await store.list('shop', 1)).toHaveLength(1);
    await store.save(saved('d', { conversationId: 'c2' }));
    expect((await store.list('shop', 10, 'c2')).map(({ id }) => id)).toEqual(['d']);
    expect(await store.remove('b', ['another site'])).toBe(false);
    expect([await store.remove('b', ['shop']), await store.remove('b', ['shop'])]).toEqual([true, false]);
  });

  test('keeps what a case cites, and a case that belongs to no conversation', async () => {
    const store = await open();
    const { conversationId: _, ...written } = saved('a', { cites: ['returns'], kind: 'answered' });
    await store.save(written);
    await store.erase('c1');
    expect(await store.list('shop', 10)).toEqual([written]);
  });

  test('an erased conversation takes its cases along', async () => {
    const store = await open();
    await store.save(saved('a'));
    await store.save(saved('b', { conversationId: 'c2' }));
    await store.erase('c1');
    expect((await store.list('shop', 10)).map(({ id }) => id)).toEqual(['b']);
  });
});

test('the results of an evaluation are listed in order, and end with their cases and with their run', async () => {
  const database = await openTestDatabase();
  const [cases, runs] = [createPostgresCaseStore(database), createPostgresRunStore(database)];
  const results = createPostgresEvaluationResults(database);
  const start = async () => {
    const run = await runs.start({ kind: 'evaluation', subject: 'shop', by: 'Ada', result: {} }, 60_000);
    await runs.end(run?.id ?? '', 'done', {});
    return run?.id ?? '';
  };
  const result = (id: string): CaseResult => ({
    ...{ id, conversation: ['Where is it?'], kind: 'answered', faults: [{ fault: 'said', text: 'Tomorrow.' }] },
    ...{ unsupported: [], text: 'Tomorrow.\0', citedIds: [], found: [] },
  });
  const idsOf = async (runId: string) => (await results.list(runId)).map(({ id }) => id);
  await cases.save(saved('a'));
  await cases.save(saved('b', { conversationId: 'c2' }));
  const run = await start();
  await results.add(run, 1, result('b'));
  await results.add(run, 0, result('a'));
  await results.add(run, 2, result('deleted meanwhile'));
  expect(await idsOf(run)).toEqual(['a', 'b']);
  await cases.erase('c2');
  expect(await results.list(run)).toEqual([{ ...result('a'), text: 'Tomorrow.\ufffd' }]);
  for (let later = 0; later < RUNS_KEPT; later += 1) await start();
  expect(await idsOf(run)).toEqual([]);
});
