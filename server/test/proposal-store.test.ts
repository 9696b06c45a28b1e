import { createMemoryProposalStore } from '@firstword/server/records/memory-proposal-store';
import { createPostgresProposalStore } from '@firstword/server/records/postgres-proposal-store';
import type { ProposalStore } from '@firstword/server/records/proposal-store';
import type { Proposal } from '@firstword/shared/proposal';
import { describe, expect, test } from 'vitest';
import { openTestDatabase } from './open-test-database.ts';

const STORES: Readonly<Record<string, () => Promise<ProposalStore>>> = {
  'in memory': async () => createMemoryProposalStore(),
  'in PostgreSQL': async () => createPostgresProposalStore(await openTestDatabase()),
};
const proposal = (id: string, more: Partial<Proposal> = {}): Proposal => ({
  ...{ id, siteId: 'shop', state: 'drafting', question: 'Norway?', title: '', body: '', articles: [] },
  ...{ conversationIds: ['c1', 'c2'], createdAt: 1_790_000_000_000, by: 'Ada' },
  ...more,
});

describe.each(Object.entries(STORES))('proposed articles %s', (_name, open) => {
  test('are listed by site, the newest first', async () => {
    const store = await open();
    await store.add(proposal('a'));
    await store.add(proposal('b', { createdAt: 1_790_000_000_001 }));
    await store.add(proposal('c', { siteId: 'other' }));
    expect((await store.list('shop', 10)).map(({ id }) => id)).toEqual(['b', 'a']);
    expect(await store.list('shop', 1)).toHaveLength(1);
    expect([await store.load('a'), await store.load('x')]).toEqual([proposal('a'), undefined]);
  });

  test('of two decisions, the first counts', async () => {
    const store = await open();
    await store.add(proposal('a'));
    const draft = { title: 'Norway', body: 'Four days.', articles: [{ id: 'delivery', title: 'Delivery' }] };
    expect(await store.move('a', 'drafting', 'open', draft)).toEqual(proposal('a', { state: 'open', ...draft }));
    const decide = (to: 'accepted' | 'rejected', decidedBy: string) => store.move('a', 'open', to, { decidedBy });
    const decisions = await Promise.all([decide('accepted', 'Ada'), decide('rejected', 'Grace')]);
    expect(decisions.filter((decision) => decision !== undefined)).toHaveLength(1);
    expect(await store.move('a', 'drafting', 'failed', {})).toBeUndefined();
  });

  test('an erased conversation takes what was drafted from it along', async () => {
    const store = await open();
    await store.add(proposal('a'));
    await store.add(proposal('b', { conversationIds: ['c3'] }));
    await store.erase('c2');
    expect((await store.list('shop', 10)).map(({ id }) => id)).toEqual(['b']);
  });
});
