import type { GuidanceStore } from '@firstword/server/records/guidance-store';
import { createMemoryGuidanceStore } from '@firstword/server/records/memory-guidance-store';
import { createPostgresGuidanceStore } from '@firstword/server/records/postgres-guidance-store';
import { NO_GUIDANCE } from '@firstword/shared/guidance';
import { describe, expect, test } from 'vitest';
import { openTestDatabase } from './open-test-database.ts';

const STORES: Readonly<Record<string, () => Promise<GuidanceStore>>> = {
  'in memory': async () => createMemoryGuidanceStore(),
  'in PostgreSQL': async () => createPostgresGuidanceStore(await openTestDatabase()),
};
const warm = { ...NO_GUIDANCE, tone: 'warm' };
const formal = { ...NO_GUIDANCE, tone: 'formal\0' };

describe.each(Object.entries(STORES))('guidance %s', (_name, open) => {
  test('each save is a version, the newest one is in use, and sites are apart', async () => {
    const store = await open();
    expect([await store.load('shop'), await store.listVersions('shop', 5)]).toEqual([undefined, []]);
    expect(await store.save('shop', warm, { after: 0, by: 'Ada' })).toBe('saved');
    expect(await store.save('shop', formal, { after: 1, by: 'Grace' })).toBe('saved');
    expect(await store.save('other', warm, { after: 0, by: 'Ada' })).toBe('saved');
    // PostgreSQL stores no NUL.
    expect(await store.load('shop')).toMatchObject({
      number: 2,
      guidance: { tone: expect.stringMatching(/^formal.$/) },
    });
    expect(await store.loadVersion('shop', 1)).toEqual(warm);
    expect(await store.loadVersion('shop', 3)).toBeUndefined();
    expect(await store.listVersions('shop', 5)).toEqual([
      { number: 2, createdAt: expect.any(Number), by: 'Grace' },
      { number: 1, createdAt: expect.any(Number), by: 'Ada' },
    ]);
    expect(await store.listVersions('shop', 1)).toHaveLength(1);
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
