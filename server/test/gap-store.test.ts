import type { GapStore } from '@firstword/server/records/gap-store';
import { createMemoryGapStore } from '@firstword/server/records/memory-gap-store';
import { createPostgresGapStore } from '@firstword/server/records/postgres-gap-store';
import { describe, expect, test } from 'vitest';
import { openTestDatabase } from './open-test-database.ts';

const STORES: Readonly<Record<string, () => Promise<GapStore>>> = {
  'in memory': async () => createMemoryGapStore(),
  'in PostgreSQL': async () => createPostgresGapStore(await openTestDatabase()),
};

const asked = (conversationId: string, question: string, words: string[], at = 1_790_000_000_000, siteId = 'shop') => ({
  siteId,
  conversationId,
  seq: 2,
  question,
  words,
  at,
});

describe.each(Object.entries(STORES))('gaps %s', (_name, open) => {
  test('questions about one topic are counted together, the most frequent topic first', async () => {
    const store = await open();
    await store.record(asked('c1', 'Gift cards?', ['gift', 'card']));
    await store.record(asked('c2', 'Do you ship to Norway?', ['ship', 'norway'], 1_790_000_000_001));
    await store.record(
      asked('c3', 'Is shipping to Norway possible?', ['ship', 'norway', 'possibl'], 1_790_000_000_002),
    );
    await store.record(asked('c4', 'Do you ship to Norway?', ['ship', 'norway'], 0, 'other'));
    expect(await store.list('shop', 10)).toEqual([
      {
        id: expect.any(String),
        question: 'Is shipping to Norway possible?',
        count: 2,
        lastAt: 1_790_000_000_002,
        conversations: [
          { id: 'c3', question: 'Is shipping to Norway possible?', at: 1_790_000_000_002 },
          { id: 'c2', question: 'Do you ship to Norway?', at: 1_790_000_000_001 },
        ],
      },
      expect.objectContaining({ question: 'Gift cards?', count: 1 }),
    ]);
    expect(await store.list('shop', 1)).toHaveLength(1);
  });

  test('an event that is delivered again, or in two processes at once, counts once', async () => {
    const store = await open();
    const question = asked('c1', 'Gift cards?', ['gift', 'card']);
    await Promise.all([store.record(question), store.record(question)]);
    await Promise.all([1, 2, 3].map((n) => store.record(asked(`d${n}`, 'Gift cards?', ['gift', 'card']))));
    expect((await store.list('shop', 10)).map(({ count }) => count)).toEqual([4]);
  });

  test('questions without a word of their own are one gap', async () => {
    const store = await open();
    await store.record(asked('c1', '???', []));
    await store.record(asked('c2', 'hm', []));
    expect(await store.list('shop', 10)).toMatchObject([{ count: 2 }]);
  });

  test('a gap is removed, and an erased conversation leaves nothing of itself', async () => {
    const store = await open();
    await store.record(asked('c1', 'Gift cards?', ['gift', 'card']));
    await store.record(asked('c2', 'Gift cards?', ['gift', 'card']));
    await store.record({ ...asked('c2', 'Norway?', ['norway']), seq: 4 });
    await store.erase('c2');
    const [gap, ...others] = await store.list('shop', 10);
    expect([gap?.conversations.map(({ id }) => id), others]).toEqual([['c1'], []]);
    expect(await store.remove(gap?.id ?? '', ['another shop'])).toBe(false);
    const remove = () => store.remove(gap?.id ?? '', ['shop']);
    expect([await remove(), await remove()]).toEqual([true, false]);
    expect(await store.list('shop', 10)).toEqual([]);
  });
});
