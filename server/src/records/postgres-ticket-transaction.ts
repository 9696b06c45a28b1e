/** One transaction about the tickets of a conversation, whose row it has locked. */
import { type Insertable, type Kysely, sql } from 'kysely';
import { storedJson } from './stored-text.ts';
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
import type { TicketTables } from './ticket-tables.ts';
import { takeTurn } from './ticket-turns.ts';

type Db = Kysely<Tables>;

/** Locks the row of a conversation, which is created if there is none. */
export async function lockConversation(
  db: Db,
  { id, siteId }: Pick<TicketConversation, 'id' | 'siteId'>,
): Promise<TicketConversation> {
  const locked = await db
    .insertInto('ticket_conversations')
    .values({ id, site_id: siteId, responder: 'assistant', hand_offs: 0, revision: 0 })
    // An update that changes nothing locks the row and returns it, in one round trip.
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ hand_offs: sql`ticket_conversations.hand_offs` }))
    .returningAll()
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
  const changes: { readonly id: string; readonly ticketId: string }[] = [];
  const effects: Insertable<TicketTables['ticket_effects']>[] = [];
  const known = new Map<string, TicketRecord>();
  let next: TicketConversation | undefined;
  const load = async (ticketId: string) => {
    const record = known.get(ticketId) ?? (await loadTicket(db, ticketId));
    if (record !== undefined) known.set(ticketId, record);
    return record;
  };
  const transaction: TicketTransaction = {
    conversation,
    load,
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

    takeTurn: (agentIds, maxOpen) => takeTurn(db, agentIds, maxOpen),

    async save(write) {
      const { record } = write;
      const ticketId = record.ticket.id;
      next ??= conversation;
      known.set(ticketId, record);
      changes.push({ id: await writeTicket(db, write), ticketId });
    },

    use: (ticketId, { key, action }) => void effects.push({ ticket_id: ticketId, key, action }),

    update(change) {
      next = { ...(next ?? conversation), ...change };
    },
  };
  const result = await work(transaction);
  if (effects.length > 0) await db.insertInto('ticket_effects').values(effects).execute();
  if (next === undefined) return { result, undelivered: [] };
  const written = await writeConversation(db, next);
  const open = written.open === undefined ? undefined : await load(written.open);
  const undelivered = changes.flatMap(({ id, ticketId }): UndeliveredChange[] => {
    const changed = known.get(ticketId);
    return changed === undefined ? [] : [{ id, conversation: written, changed, open }];
  });
  return { result, undelivered };
}

async function writeConversation(
  db: Db,
  { id, responder, open, last, handOffs }: TicketConversation,
): Promise<TicketConversation> {
  const written = await db
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
    .returningAll()
    .executeTakeFirstOrThrow();
  return toConversation(written);
}

/** In one round trip, because agents wait for it. Returns the change's number in the outbox. */
async function writeTicket(db: Db, write: TicketWrite): Promise<string> {
  const { record, events = [], runs = [], notes = [] } = write;
  const { id: ticketId } = record.ticket;
  const row = toTicketRow(write);
  const { id } = await db
    .with('ticket', (statement) =>
      statement
        .insertInto('tickets')
        .values(row)
        .onConflict((conflict) => conflict.column('id').doUpdateSet(row)),
    )
    .with('history', (statement) =>
      statement.insertInto('ticket_events').columns(['ticket_id', 'event']).expression(listOf(ticketId, events)),
    )
    .with('notes', (statement) =>
      statement.insertInto('ticket_notes').columns(['ticket_id', 'note']).expression(listOf(ticketId, notes)),
    )
    .with('runs', (statement) =>
      statement
        .insertInto('ticket_runs')
        .columns(['id', 'ticket_id', 'number', 'looked_at', 'run'])
        .expression(runsOf(runs))
        .onConflict((conflict) =>
          conflict.column('id').doUpdateSet({ looked_at: sql`excluded.looked_at`, run: sql`excluded.run` }),
        ),
    )
    .insertInto('ticket_outbox')
    .values({ ticket_id: ticketId })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** Rows of a ticket's id and one element each, in order. */
const listOf = (ticketId: string, elements: readonly object[]) =>
  sql`SELECT ${ticketId}::text, element
    FROM jsonb_array_elements(${storedJson(elements)}::jsonb) WITH ORDINALITY AS list (element, place) ORDER BY place`;

const runsOf = (records: readonly RunRecord[]) =>
  sql`SELECT run #>> '{run,id}', run #>> '{run,ticketId}', (run #>> '{run,number}')::integer,
      CASE WHEN run #>> '{run,id}' = ANY (${unfinishedOf(records)}::text[])
        THEN to_timestamp((run ->> 'queuedAt')::double precision / 1000) END,
      run
    FROM jsonb_array_elements(${storedJson(records)}::jsonb) AS list (run)`;

const unfinishedOf = (records: readonly RunRecord[]) => records.flatMap(({ run }) => (hasEnded(run) ? [] : [run.id]));

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
