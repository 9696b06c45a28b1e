import { createMemoryVersionStore } from '@firstword/server/records/memory-version-store';
import { createPostgresVersionStore } from '@firstword/server/records/postgres-version-store';
import type { VersionStore } from '@firstword/server/records/version-store';
import { type Guidance, guidanceSchema, NO_GUIDANCE } from '@firstword/shared/guidance';
import { describe, expect, test } from 'vitest';
import { openTestDatabase } from './open-test-database.ts';

const TABLE = { name: 'guidance_versions', id: 'site_id', value: 'guidance' };
const STORES: Readonly<Record<string, () => Promise<VersionStore<Guidance>>>> = {
  'in memory': async () => createMemoryVersionStore(),
  'in PostgreSQL': async () => createPostgresVersionStore(await openTestDatabase(), TABLE, guidanceSchema),
};
const warm = { ...NO_GUIDANCE, tone: 'warm' };
const formal = { ...NO_GUIDANCE, tone: 'formal\0' };

describe.each(Object.entries(STORES))('versions %s', (_name, open) => {
  test('each save is a version, the newest one is in use, and sites are apart', async () => {
    const store = await open();
    expect([await store.load('shop'), await store.listVersions('shop', 5)]).toEqual([undefined, []]);
    expect(await store.save('shop', warm, { after: 0, by: 'Ada' })).toBe('saved');
    expect(await store.save('shop', formal, { after: 1, by: 'Grace' })).toBe('saved');
    expect(await store.save('other', warm, { after: 0, by: 'Ada' })).toBe('saved');
    // PostgreSQL stores no NUL.
    expect(await store.load('shop')).toMatchObject({
      number: 2,
      value: { tone: expect.stringMatching(/^formal.$/) },
    });
    expect(await store.loadVersion('shop', 1)).toEqual(warm);
    expect(await store.loadVersion('shop', 3)).toBeUndefined();
    expect(await store.listVersions('shop', 5)).toEqual([
      { number: 2, createdAt: expect.any(Number), by: 'Grace' },
      { number: 1, createdAt: expect.any(Number), by: 'Ada' },
    ]);
    expect(await store.listVersions('shop', 1)).toHaveLength(1);
    expect((await store.loadAll()).get('other')).toEqual({ number: 1, value: warm });
    expect((await store.loadAll()).get('shop')).toEqual(await store.load('shop'));
    expect(await store.numbers()).toEqual(
      new Map([
        ['shop', 2],
        ['other', 1],
      ]),
    );
  });

  test('of two changes to the same version, one is a conflict', async () => {
    const store = await open();
    const saves = ['Ada', 'Grace', 'Joan'].map((by) => store.save('shop', warm, { after: 0, by }));
    expect((await Promise.all(saves)).sort()).toEqual(['conflict', 'conflict', 'saved']);
    expect(await store.save('shop', warm, { after: 5, by: 'Ada' })).toBe('conflict');
    expect(await store.listVersions('shop', 5)).toHaveLength(1);
  });
});
