import { createMemoryViewStore } from '@firstword/server/records/memory-view-store';
import { createPostgresViewStore } from '@firstword/server/records/postgres-view-store';
import type { ViewStore } from '@firstword/server/records/view-store';
import type { SavedView } from '@firstword/shared/saved-view';
import { describe, expect, test } from 'vitest';
import { openAccountsDatabase } from './open-test-database.ts';

const STORES: Readonly<Record<string, (agentIds: readonly string[]) => Promise<ViewStore>>> = {
  'in memory': async () => createMemoryViewStore(),
  'in PostgreSQL': async (agentIds) => createPostgresViewStore(await openAccountsDatabase(agentIds)),
};
const viewOf = (id: string): SavedView => ({
  id,
  name: `View ${id}`,
  list: 'tickets',
  filter: { view: 'open', reason: 'legal' },
});

describe.each(Object.entries(STORES))('saved views %s', (_name, open) => {
  test('are listed in the order in which an agent saved them, up to a limit, and removed by that agent alone', async () => {
    const store = await open(['one', 'two']);
    expect([await store.add('one', viewOf('b'), 2), await store.add('one', viewOf('a'), 2)]).toEqual([true, true]);
    expect(await store.add('one', viewOf('c'), 2)).toBe(false);
    expect(await store.add('two', viewOf('d'), 2)).toBe(true);
    expect(await store.list('one')).toEqual([viewOf('b'), viewOf('a')]);
    expect([await store.remove('two', 'a'), await store.remove('one', 'a'), await store.remove('one', 'a')]).toEqual([
      ...[false, true, false],
    ]);
    expect([await store.list('one'), await store.list('two')]).toEqual([[viewOf('b')], [viewOf('d')]]);
  });
});
