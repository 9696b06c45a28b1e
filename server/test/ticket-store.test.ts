import { createDatabase, type Database } from '@firstword/server/records/database';
import { createMemoryTicketStore } from '@firstword/server/records/memory-ticket-store';
import { createPostgresConversationArchive } from '@firstword/server/records/postgres-conversation-archive';
import { createPostgresTicketStore } from '@firstword/server/records/postgres-ticket-store';
import { silentLog } from '@firstword/testing/silent-log';
import { createTestDatabase, type TestDatabase } from '@firstword/testing/test-database';
import { sql } from 'kysely';
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

  test('both lists are filtered by what was said in a conversation, how fast, by which tier, and by its ticket', async () => {
    const store = createPostgresTicketStore(database, () => 'en');
    const archive = createPostgresConversationArchive(database, () => 'en');
    const siteIds = [newSite()];
    const [siteId = ''] = siteIds;
    const [ticket, other] = [ticketOf(siteId, { reason: 'legal' }), ticketOf(siteId, { reason: 'complex' })];
    for (const each of [ticket, other]) {
      await save(store, recordOf(each, { verdict: { handling: 'agent', reasons: [], topic: each.reason } }));
      await conversationOf(archive, siteId, 'v', each.conversationId).messages(messageOf(1, 'Hello'));
    }
    const { id, messages, write } = conversationOf(archive, siteId, 'v', ticket.conversationId);
    await messages(messageOf(2, 'Perhaps.', { unsupported: ['Perhaps.'] }));
    await write(
      { type: 'identified', profile: { subject: 'ada', name: 'Ada' } },
      { type: 'message-rated', messageId: 'm2', value: 'down' },
    );
    await database.query(async (db) => {
      await sql`INSERT INTO visits (conversation_id, started_at, site_id, band, completed) VALUES (${id}, now(), ${siteId}, 'slow', true)`.execute(
        db,
      );
      await sql`INSERT INTO ledger_rows (call_id, started_at, site_id, conversation_id, body) VALUES (${id}, now(), ${siteId}, ${id}, '{"tier": "quality"}')`.execute(
        db,
      );
    });
    for (const filter of [
      ...[{ reason: 'legal' }, { topic: 'Legal' }, { tier: 'quality' }, { rated: 'down' }, { unsupported: 'yes' }],
      ...[{ slow: 'yes' }, { verified: 'yes' }, { slow: 'yes', rated: 'down', topic: 'legal' }],
    ] as const) {
      const { tickets } = await store.list({ view: 'open', agentId: 'a', siteIds, limit: 9, ...filter });
      const { conversations } = await archive.list({ siteIds, limit: 9, ...filter });
      expect([filter, tickets.map((each) => each.id), conversations.map((each) => each.id)]).toEqual([
        ...[filter, [ticket.id], [ticket.conversationId]],
      ]);
    }
    const nothing = { tier: 'instant', slow: 'yes' } as const;
    expect((await archive.list({ siteIds, limit: 9, ...nothing })).conversations).toEqual([]);
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
