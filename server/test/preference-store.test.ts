import { createMemoryPreferenceStore } from '@firstword/server/records/memory-preference-store';
import { createPostgresPreferenceStore } from '@firstword/server/records/postgres-preference-store';
import { DEFAULT_PREFERENCES, type PreferenceStore } from '@firstword/server/records/preference-store';
import { describe, expect, test } from 'vitest';
import { openAccountsDatabase } from './open-test-database.ts';

const STORES: Readonly<Record<string, (agentIds: readonly string[]) => Promise<PreferenceStore>>> = {
  'in memory': async () => createMemoryPreferenceStore(),
  'in PostgreSQL': async (agentIds) => createPostgresPreferenceStore(await openAccountsDatabase(agentIds)),
};

describe.each(Object.entries(STORES))('preferences %s', (_name, open) => {
  test('are the defaults until they are saved, for each agent alone, and are replaced', async () => {
    const store = await open(['one', 'two']);
    const { notifications } = DEFAULT_PREFERENCES;
    expect(notifications).toMatchObject({ 'new-ticket': true, mark: true, desktop: false });
    const silent = { notifications: { ...notifications, sound: false } };
    await store.save('one', silent);
    expect([await store.load('one'), await store.load('two')]).toEqual([silent, DEFAULT_PREFERENCES]);
    const loud = { notifications: { ...notifications, desktop: true } };
    await store.save('one', loud);
    expect(await store.load('one')).toEqual(loud);
  });
});
