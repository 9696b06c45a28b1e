/** One transaction about the tickets of a conversation, whose row it has locked. */
import { type Kysely, sql } from 'kysely';
import type { Tables } from './tables.ts';
import { hasEnded, type RunRecord, runRecordSchema, type TicketRecord, ticketRecordSchema } from './ticket-record.ts';
import { toConversation, toTicketRow } from './ticket-rows.ts';
import type {
  Committed,
  TicketConversation,
  TicketTransaction,
  TicketWork,
  TicketWrite,
  UndeliveredChange,
} from './ticket-store.ts';

type Db = Kysely<Tables>;

/** Locks the row of a conversation, which is created if there is none. */
export async function lockConversation(
  db: Db,
  { id, siteId }: Pick<TicketConversation, 'id' | 'siteId'>,
): Promise<TicketConversation> {
  const row = { id, site_id: siteId, responder: 'assistant', hand_offs: 0, revision: 0 };
  await db
    .insertInto('ticket_conversations')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const locked = await db
    .selectFrom('ticket_conversations')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirstOrThrow();
  return toConversation(locked);
}

export async function lockConversationOf(db: Db, ticketId: string): Promise<TicketConversation | undefined> {
  const locked = await db
    .selectFrom('ticket_conversations')
    .innerJoin('tickets', 'tickets.conversation_id', 'ticket_conversations.id')
    .selectAll('ticket_conversations')
    .where('tickets.id', '=', ticketId)
    .forUpdate('ticket_conversations')
    .executeTakeFirst();
  return locked && toConversation(locked);
}

/** @param conversation as it was locked */
export async function runWork<Result>(
  db: Db,
  conversation: TicketConversation,
  work: TicketWork<Result>,
): Promise<Committed<Result>> {
  const undelivered: UndeliveredChange[] = [];
  let next: TicketConversation | undefined;
  const transaction: TicketTransaction = {
    conversation,
    load: (ticketId) => loadTicket(db, ticketId),
    runs: (ticketId) => readRuns(db, ticketId),

    async usedBy(ticketId, key) {
      const row = await db
        .selectFrom('ticket_effects')
        .select('action')
        .where('ticket_id', '=', ticketId)
        .where('key', '=', key)
        .executeTakeFirst();
      return row?.action;
    },

    async nextNumber() {
      const { last } = await db
        .insertInto('ticket_numbers')
        .values({ site_id: conversation.siteId, last: 1 })
        .onConflict((conflict) => conflict.column('site_id').doUpdateSet({ last: sql`ticket_numbers.last + 1` }))
        .returning('last')
        .executeTakeFirstOrThrow();
      return last;
    },

    async keepNumbers(last) {
      await db
        .insertInto('ticket_numbers')
        .values({ site_id: conversation.siteId, last })
        .onConflict((conflict) =>
          conflict.column('site_id').doUpdateSet({ last: sql`greatest(ticket_numbers.last, excluded.last)` }),
        )
        .execute();
    },

    async save(write) {
      next ??= conversation;
      undelivered.push(await writeTicket(db, write));
    },

    async use(ticketId, { key, action }) {
      await db.insertInto('ticket_effects').values({ ticket_id: ticketId, key, action }).execute();
    },

    update(change) {
      next = { ...(next ?? conversation), ...change };
    },
  };
  const result = await work(transaction);
  if (next !== undefined) await writeConversation(db, next);
  return { result, undelivered };
}

async function writeConversation(db: Db, { id, responder, open, last, handOffs }: TicketConversation): Promise<void> {
  await db
    .updateTable('ticket_conversations')
    .set({
      responder,
      open_ticket: open ?? null,
      last_ticket: last ?? null,
      hand_offs: handOffs,
      // Never below what Redis has seen, also when the database was restored from a backup.
      revision: sql`greatest(revision + 1, (extract(epoch FROM clock_timestamp()) * 1000)::bigint)`,
    })
    .where('id', '=', id)
    .execute();
}

async function writeTicket(db: Db, write: TicketWrite): Promise<UndeliveredChange> {
  const { record, events = [], runs = [], notes = [] } = write;
  const { id: ticketId } = record.ticket;
  const row = toTicketRow(write);
  await db
    .insertInto('tickets')
    .values(row)
    .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
    .execute();
  if (events.length > 0)
    await db
      .insertInto('ticket_events')
      .values(events.map((event) => ({ ticket_id: ticketId, event: JSON.stringify(event) })))
      .execute();
  if (notes.length > 0)
    await db
      .insertInto('ticket_notes')
      .values(notes.map((note) => ({ ticket_id: ticketId, note: JSON.stringify(note) })))
      .execute();
  for (const run of runs) await writeRun(db, run);
  const { id } = await db
    .insertInto('ticket_outbox')
    .values({ ticket_id: ticketId })
    .returning('id')
    .executeTakeFirstOrThrow();
  return { id, ticketId };
}

async function writeRun(db: Db, record: RunRecord): Promise<void> {
  const { run, queuedAt } = record;
  const content = { run: JSON.stringify(record), looked_at: hasEnded(run) ? null : new Date(queuedAt) };
  await db
    .insertInto('ticket_runs')
    .values({ id: run.id, ticket_id: run.ticketId, number: run.number, ...content })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(content))
    .execute();
}

export async function loadTicket(db: Db, ticketId: string): Promise<TicketRecord | undefined> {
  const row = await db.selectFrom('tickets').select('record').where('id', '=', ticketId).executeTakeFirst();
  return row && ticketRecordSchema.parse(row.record);
}

export async function readRuns(db: Db, ticketId: string): Promise<RunRecord[]> {
  const rows = await db
    .selectFrom('ticket_runs')
    .select('run')
    .where('ticket_id', '=', ticketId)
    .orderBy('number')
    .execute();
  return rows.map(({ run }) => runRecordSchema.parse(run));
}
