import type { CaseStore } from '@firstword/server/records/case-store';
import { createMemoryCaseStore } from '@firstword/server/records/memory-case-store';
import { createPostgresCaseStore } from '@firstword/server/records/postgres-case-store';
import type { SavedCase } from '@firstword/shared/evaluation-case';
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
    expect(await store.remove('b', ['another site'])).toBe(false);
    expect([await store.remove('b', ['shop']), await store.remove('b', ['shop'])]).toEqual([true, false]);
  });

  test('an erased conversation takes its cases along', async () => {
    const store = await open();
    await store.save(saved('a'));
    await store.save(saved('b', { conversationId: 'c2' }));
    await store.erase('c1');
    expect((await store.list('shop', 10)).map(({ id }) => id)).toEqual(['b']);
  });
});
