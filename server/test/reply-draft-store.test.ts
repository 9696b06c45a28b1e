import { createMemoryReplyDraftStore } from '@firstword/server/records/memory-reply-draft-store';
import { createPostgresReplyDraftStore } from '@firstword/server/records/postgres-reply-draft-store';
import { createPostgresTicketStore } from '@firstword/server/records/postgres-ticket-store';
import type { ReplyDraftStore } from '@firstword/server/records/reply-draft-store';
import { describe, expect, test } from 'vitest';
import { openTestDatabase } from './open-test-database.ts';
import { recordOf, save, ticketOf } from './ticket-store-contract.ts';

/** With a ticket `t`. */
async function openInPostgres() {
  const database = await openTestDatabase();
  const tickets = createPostgresTicketStore(database, () => 'en');
  await save(tickets, recordOf(ticketOf('shop', { id: 't', conversationId: 'c' })));
  return { store: createPostgresReplyDraftStore(database), tickets };
}
const STORES: Readonly<Record<string, () => Promise<ReplyDraftStore>>> = {
  'in memory': async () => createMemoryReplyDraftStore(),
  'in PostgreSQL': async () => (await openInPostgres()).store,
};

describe.each(Object.entries(STORES))('drafts of replies %s', (_name, open) => {
  test('each agent has their own, and the last one counts', async () => {
    const store = await open();
    await store.save('a', 't', { text: 'It ships', afterSeq: 3 });
    await store.save('a', 't', { text: 'It ships today.', runId: 't.1' });
    await store.save('b', 't', { text: 'Mine' });
    expect(await store.find('a', 't')).toEqual({ text: 'It ships today.', runId: 't.1' });
    await store.remove('a', 't');
    await store.remove('a', 't');
    expect(await store.find('a', 't')).toBeUndefined();
    expect(await store.find('b', 't')).toEqual({ text: 'Mine' });
  });
});

test('a draft is deleted with its ticket, and none is stored afterwards', async () => {
  const { store, tickets } = await openInPostgres();
  await store.save('a', 't', { text: 'It ships' });
  await tickets.forget('c');
  await store.save('a', 't', { text: 'It ships' });
  expect(await store.find('a', 't')).toBeUndefined();
});
