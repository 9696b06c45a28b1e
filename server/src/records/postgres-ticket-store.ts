/** Tickets in PostgreSQL. */
import { ticketNoteSchema } from '@firstword/shared/console-wire';
import { handlingSchema, ticketEventSchema } from '@firstword/shared/ticket';
import { sql } from 'kysely';
import { z } from 'zod';
import { searchAnalyses } from './analysis-search.ts';
import { countBriefly } from './count-rows.ts';
import type { Database } from './database.ts';
import { loadTicket, lockConversation, lockConversationOf, readRuns, runWork } from './postgres-ticket-transaction.ts';
import { likePattern } from './search-conditions.ts';
import { searchConfigurationOf } from './search-text.ts';
import { countListedTickets, countTickets, listTags, listTickets } from './ticket-list.ts';
import { runRecordSchema, ticketRecordSchema } from './ticket-record.ts';
import { toConversation } from './ticket-rows.ts';
import type { TicketCountFilter, TicketStore } from './ticket-store.ts';

const confusionRows = z.array(z.object({ from: handlingSchema, to: handlingSchema, count: z.number() }));

/** @param localeOf the language of a site, which decides how its messages are searched */
export function createPostgresTicketStore(database: Database, localeOf: (siteId: string) => string): TicketStore {
  const configurationsOf = ({ siteIds = [] }: TicketCountFilter) =>
    siteIds.map((siteId) => searchConfigurationOf(localeOf(siteId)));
  return {
    transaction: (conversation, work) =>
      database.transaction(async (db) => runWork(db, await lockConversation(db, conversation), work)),
    transactionOf: (ticketId, work) =>
      database.transaction(async (db) => {
        const locked = await lockConversationOf(db, ticketId);
        return locked && runWork(db, locked, work);
      }),
    find: (ticketId) => database.query((db) => loadTicket(db, ticketId)),
    runs: (ticketId) => database.query((db) => readRuns(db, ticketId)),

    events: (ticketId) =>
      database.query(async (db) => {
        const rows = await db
          .selectFrom('ticket_events')
          .select('event')
          .where('ticket_id', '=', ticketId)
          .orderBy('id')
          .execute();
        return rows.map(({ event }) => ticketEventSchema.parse(event));
      }),

    notes: (ticketId) =>
      database.query(async (db) => {
        const rows = await db
          .selectFrom('ticket_notes')
          .select('note')
          .where('ticket_id', '=', ticketId)
          .orderBy('id')
          .execute();
        return rows.map(({ note }) => ticketNoteSchema.parse(note));
      }),

    run: (runId) =>
      database.query(async (db) => {
        const row = await db.selectFrom('ticket_runs').select('run').where('id', '=', runId).executeTakeFirst();
        return row && runRecordSchema.parse(row.run);
      }),

    list: (filter) => database.query((db) => listTickets(db, filter, configurationsOf(filter))),
    count: (filter, max) =>
      countBriefly(database, (db) => countListedTickets(db, filter, max, configurationsOf(filter))),
    tags: (siteIds) => database.query((db) => listTags(db, siteIds)),
    searchAnalyses: (siteIds, q, limit) => database.query((db) => searchAnalyses(db, siteIds, q, limit)),
    counts: (agentId, siteIds) => database.query((db) => countTickets(db, agentId, siteIds)),

    due: (now, limit, after) =>
      database.query(async (db) => {
        let rows = db
          .selectFrom('tickets')
          .select(['id', 'due_at'])
          .where('due_at', '<=', new Date(now))
          .orderBy('due_at')
          .orderBy('id')
          .limit(limit);
        if (after !== undefined)
          rows = rows.where(sql<boolean>`(due_at, id) > (${new Date(after.at)}, ${after.ticketId})`);
        return (await rows.execute()).map((row) => ({ ticketId: row.id, at: row.due_at?.getTime() ?? 0 }));
      }),

    takeUnfinishedRuns: (before, now, limit) =>
      database.query(async (db) => {
        // Skipping what another process is taking now: each run is looked at by one.
        const taken = db
          .selectFrom('ticket_runs')
          .select('id')
          .where('looked_at', '<=', new Date(before))
          .orderBy('looked_at')
          .limit(limit)
          .forUpdate()
          .skipLocked();
        const rows = await db
          .updateTable('ticket_runs')
          .set({ looked_at: new Date(now) })
          .where('id', 'in', taken)
          .returning('id')
          .execute();
        return rows.map(({ id }) => id);
      }),

    confusion: (siteIds) =>
      database.query(async (db) => {
        const { rows } = await sql`
          SELECT record #>> '{inner,verdict,handling}' AS "from", record #>> '{inner,verdict,correctedTo}' AS "to", count(*)::int AS count
            FROM tickets WHERE corrected_at IS NOT NULL AND site_id = ANY(${siteIds}::text[]) GROUP BY 1, 2 ORDER BY 1, 2`.execute(
          db,
        );
        return confusionRows.parse(rows);
      }),

    corrected: (siteIds, limit) =>
      database.query(async (db) => {
        const rows = await db
          .selectFrom('tickets')
          .select('record')
          .where('corrected_at', 'is not', null)
          .where(sql<boolean>`site_id = ANY(${siteIds}::text[])`)
          .orderBy('corrected_at', 'desc')
          .limit(limit)
          .execute();
        return rows.map(({ record }) => ticketRecordSchema.parse(record));
      }),

    delivery: (ticketId) =>
      database.query(async (db) => {
        const row = await db
          .selectFrom('tickets')
          .innerJoin('ticket_conversations', 'ticket_conversations.id', 'tickets.conversation_id')
          .leftJoin('tickets as opened', 'opened.id', 'ticket_conversations.open_ticket')
          .selectAll('ticket_conversations')
          .select(['tickets.record as changed', 'opened.record as opened'])
          .where('tickets.id', '=', ticketId)
          .executeTakeFirst();
        if (row === undefined) return undefined;
        const { changed, opened, ...conversation } = row;
        return {
          conversation: toConversation(conversation),
          changed: ticketRecordSchema.parse(changed),
          open: opened === null ? undefined : ticketRecordSchema.parse(opened),
        };
      }),

    async markDelivered(changes) {
      const ids = changes.map(({ id }) => id);
      if (ids.length > 0) await database.query((db) => db.deleteFrom('ticket_outbox').where('id', 'in', ids).execute());
    },

    deliverOld: (minAgeMs, limit, deliver) =>
      database.transaction(async (db) => {
        const rows = await db
          .selectFrom('ticket_outbox')
          .select(['id', 'ticket_id'])
          .where(sql<boolean>`at < now() - ${minAgeMs} * interval '1 millisecond'`)
          .orderBy('id')
          .limit(limit)
          .forUpdate()
          .skipLocked()
          .execute();
        for (const ticketId of new Set(rows.map((row) => row.ticket_id))) await deliver(ticketId);
        const ids = rows.map(({ id }) => id);
        if (ids.length > 0) await db.deleteFrom('ticket_outbox').where('id', 'in', ids).execute();
        return ids.length;
      }),

    ofConversation: (conversationId) =>
      database.query(async (db) => {
        const rows = await db
          .selectFrom('tickets')
          .select('record')
          .where('conversation_id', '=', conversationId)
          .orderBy('number')
          .execute();
        return rows.map(({ record }) => ticketRecordSchema.parse(record).ticket);
      }),

    withEmail: (email, siteIds) =>
      database.query(async (db) => {
        const rows = await db
          .selectFrom('tickets')
          .select('record')
          .where('site_id', 'in', [...siteIds])
          // The names are indexed, and contain the address.
          .where('names', 'like', likePattern(email))
          .execute();
        return rows
          .map(({ record }) => ticketRecordSchema.parse(record).ticket)
          .filter((ticket) => ticket.email?.toLowerCase() === email.toLowerCase());
      }),

    async forget(conversationId) {
      await database.query((db) => db.deleteFrom('ticket_conversations').where('id', '=', conversationId).execute());
    },
  };
}
