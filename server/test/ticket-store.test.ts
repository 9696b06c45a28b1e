import { createDatabase, type Database } from '@firstword/server/records/database';
import { createMemoryTicketStore } from '@firstword/server/records/memory-ticket-store';
import { createPostgresConversationArchive } from '@firstword/server/records/postgres-conversation-archive';
import { createPostgresTicketStore } from '@firstword/server/records/postgres-ticket-store';
import { silentLog } from '@firstword/testing/silent-log';
import { createTestDatabase, type TestDatabase } from '@firstword/testing/test-database';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { conversationOf, messageOf } from './archive-contract.ts';
import { describeTicketStore, newSite, recordOf, save, ticketOf } from './ticket-store-contract.ts';

let given: TestDatabase;
let database: Database;
beforeAll(async () => {
  given = await createTestDatabase();
  database = createDatabase(given.url, silentLog);
});
afterAll(async () => {
  await database.close();
  await given.drop();
});

describe('tickets in memory', () => {
  const store = createMemoryTicketStore();
  describeTicketStore(() => store);
});

describe('tickets in PostgreSQL', () => {
  describeTicketStore(() => createPostgresTicketStore(database, () => 'en'));

  test('a ticket is found by the words of its conversation, and by its visitor’s name', async () => {
    const store = createPostgresTicketStore(database, () => 'de');
    const archive = createPostgresConversationArchive(database, () => 'de');
    const siteId = newSite();
    const ticket = ticketOf(siteId);
    await save(store, recordOf(ticket));
    await save(store, recordOf(ticketOf(siteId)));
    const conversation = conversationOf(archive, siteId, 'v', ticket.conversationId);
    await conversation.messages(messageOf(1, 'Die Rücksendung wurde nie erstattet'));
    await conversation.write({ type: 'visitor', preChat: { name: 'Ada Lovelace' } });
    for (const q of ['rucksendungen', 'erstattet', 'lovelace']) {
      const { tickets } = await store.list({ view: 'review', agentId: 'a', siteIds: [siteId], q, limit: 9 });
      expect([q, tickets.map(({ id }) => id)]).toEqual([q, [ticket.id]]);
    }
  });

  test('a delivery in progress is not passed to another process', async () => {
    const store = createPostgresTicketStore(database, () => 'en');
    const ticket = ticketOf(newSite());
    await save(store, recordOf(ticket));
    await store.deliverOld(-1, 100, async () => {
      expect(await store.deliverOld(-1, 100, async () => expect.unreachable())).toBe(0);
    });
  });
});
