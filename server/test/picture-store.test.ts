import { createMemoryPictureStore } from '@firstword/server/records/memory-picture-store';
import type { PictureStore } from '@firstword/server/records/picture-store';
import { createPostgresAccountStore } from '@firstword/server/records/postgres-account-store';
import { createPostgresPictureStore } from '@firstword/server/records/postgres-picture-store';
import { describe, expect, test } from 'vitest';
import { openAccountsDatabase } from './open-test-database.ts';

const STORES: Readonly<Record<string, (agentIds: readonly string[]) => Promise<PictureStore>>> = {
  'in memory': async () => createMemoryPictureStore(),
  'in PostgreSQL': async (agentIds) => createPostgresPictureStore(await openAccountsDatabase(agentIds)),
};
const [first, second] = [Buffer.from('first'), Buffer.from('second')];

describe.each(Object.entries(STORES))('pictures %s', (_name, open) => {
  test('are replaced: the content of an older one is deleted, and its name leads to the present one', async () => {
    const store = await open(['one', 'two']);
    await store.save('one', 'a.png', first);
    await store.save('two', 'b.png', second);
    expect(await store.find('a.png')).toEqual({ content: first, current: 'a.png' });
    await store.save('one', 'c.png', second);
    expect(await store.find('a.png')).toEqual({ current: 'c.png' });
    expect(await store.current()).toEqual({ one: 'c.png', two: 'b.png' });
    expect(await store.find('unknown.png')).toBeUndefined();
  });

  test('are removed for one agent alone, and the same one can be saved again', async () => {
    const store = await open(['one', 'two']);
    await store.save('one', 'a.png', first);
    await store.save('two', 'b.png', second);
    await store.remove('one');
    expect([await store.find('a.png'), await store.current()]).toEqual([{}, { two: 'b.png' }]);
    await store.save('one', 'a.png', first);
    await store.save('one', 'a.png', first);
    expect(await store.current()).toEqual({ one: 'a.png', two: 'b.png' });
  });

  test('leave one when two are saved at the same time', async () => {
    const store = await open(['one']);
    await Promise.all(['a.png', 'b.png', 'c.png'].map((name) => store.save('one', name, first)));
    const { one = '' } = await store.current();
    for (const name of ['a.png', 'b.png', 'c.png'])
      expect(await store.find(name)).toEqual({ current: one, ...(name === one && { content: first }) });
  });
});

test('pictures in PostgreSQL are deleted with their account', async () => {
  const database = await openAccountsDatabase(['one']);
  const [store, accounts] = [createPostgresPictureStore(database), createPostgresAccountStore(database)];
  await store.save('one', 'a.png', first);
  const account = await accounts.load('one');
  if (account === undefined) throw new Error('no account');
  await accounts.remove(account);
  expect(await store.find('a.png')).toBeUndefined();
});
