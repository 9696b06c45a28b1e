import type { CannedReplyStore } from '@firstword/server/records/canned-reply-store';
import { createMemoryCannedReplyStore } from '@firstword/server/records/memory-canned-reply-store';
import { createPostgresCannedReplyStore } from '@firstword/server/records/postgres-canned-reply-store';
import type { CannedReply } from '@firstword/shared/canned-reply';
import { describe, expect, test } from 'vitest';
import { openTestDatabase } from './open-test-database.ts';

const STORES: Readonly<Record<string, () => Promise<CannedReplyStore>>> = {
  'in memory': async () => createMemoryCannedReplyStore(),
  'in PostgreSQL': async () => createPostgresCannedReplyStore(await openTestDatabase()),
};
const reply = (id: string, shortcut: string, more: Partial<CannedReply> = {}): CannedReply => ({
  ...{ id, shortcut, text: 'Hello\0 there.', changedAt: 1_790_000_000_000, changedBy: 'First Agent' },
  ...more,
});

describe.each(Object.entries(STORES))('canned replies %s', (_name, open) => {
  test('are listed for their sites and for all, by shortcut', async () => {
    const store = await open();
    await store.save(reply('a', 'thanks', { text: 'Thanks.' }));
    await store.save(reply('b', 'refund', { siteId: 'shop', text: 'Refunded.' }));
    await store.save(reply('c', 'refund', { siteId: 'other' }));
    expect((await store.list(['shop'])).map(({ id }) => id)).toEqual(['b', 'a']);
    expect(await store.list([])).toEqual([reply('a', 'thanks', { text: 'Thanks.' })]);
    expect([await store.remove('b'), await store.remove('b')]).toEqual([true, false]);
    expect(await store.find('b')).toBeUndefined();
  });

  test('a shortcut exists once for each site, also when two are saved at a time', async () => {
    const store = await open();
    const saved = await Promise.all([store.save(reply('a', 'hi')), store.save(reply('b', 'hi'))]);
    expect(saved.toSorted()).toEqual(['saved', 'taken']);
    expect(await store.save(reply('c', 'hi', { siteId: 'shop' }))).toBe('saved');
    expect(await store.save(reply('d', 'hi', { siteId: 'shop' }))).toBe('taken');
    expect(await store.save(reply('c', 'hello', { siteId: 'shop' }))).toBe('saved');
    expect((await store.find('c'))?.shortcut).toBe('hello');
  });
});
