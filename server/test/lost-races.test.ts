/** Changes that PostgreSQL undoes because another process was in their way. */
import { randomUUID } from 'node:crypto';
import { createDatabase, type Database } from '@firstword/server/records/database';
import type { LedgerRow } from '@firstword/server/records/ledger-row';
import { createMemoryTicketStore } from '@firstword/server/records/memory-ticket-store';
import { openRecords, type Records } from '@firstword/server/records/records';
import type { TicketStore, TicketWork } from '@firstword/server/records/ticket-store';
import { createAnalysisRuns } from '@firstword/server/tickets/analysis-runs';
import { createTicketEditing } from '@firstword/server/tickets/ticket-editing';
import { TICKET_TIMERS } from '@firstword/server/tickets/ticket-timers';
import { createLatch } from '@firstword/testing/latch';
import { silentLog } from '@firstword/testing/silent-log';
import { createTestDatabase, type TestDatabase } from '@firstword/testing/test-database';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest';
import { conversationOf, messageOf } from './archive-contract.ts';
import { newSite, recordOf, runOf, save, ticketOf } from './ticket-store-contract.ts';

let given: TestDatabase;
let admin: Database;
/** Of two processes. */
let records: Records;
let others: Records;
let site: string;

const run = (statements: string) => admin.query((db) => sql.raw(statements).execute(db));

/** For connections that are opened from now on. */
const setDefault = (setting: string, value: string) =>
  run(`DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET ${setting} = ''${value}''', current_database()); END $$`);

beforeAll(async () => {
  given = await createTestDatabase();
  admin = createDatabase(given.url, silentLog);
  await setDefault('deadlock_timeout', '10ms');
  await setDefault('default_transaction_isolation', 'serializable');
  const open = () => openRecords({ url: given.url, localeOf: () => 'en', log: silentLog });
  [records, others] = await Promise.all([open(), open()]);
});
beforeEach(() => {
  site = newSite();
});
afterAll(async () => {
  await Promise.all([records.close(), others.close(), admin.close()]);
  await given.drop();
});

/** The next changes of a table are undone, after they were made. */
async function loseRaces(table: string, code: string, times: number) {
  // A sequence goes on when a transaction is undone.
  await run(`
    CREATE SEQUENCE races;
    CREATE FUNCTION lose_race() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      IF nextval('races') <= ${times} THEN RAISE EXCEPTION USING ERRCODE = '${code}'; END IF;
      RETURN NULL;
    END $$;
    CREATE TRIGGER lose_race AFTER INSERT OR UPDATE ON ${table} FOR EACH STATEMENT EXECUTE FUNCTION lose_race()`);
  onTestFinished(async () => {
    await run('DROP FUNCTION lose_race CASCADE; DROP SEQUENCE races');
  });
}

const claimed = (version: number) =>
  ({
    at: version,
    action: 'claim',
    actor: { kind: 'agent', id: 'a', name: 'Ada' },
    to: 'in-progress',
    version,
  }) as const;

const callOf = (callId: string): LedgerRow => ({
  ...{ callId, purpose: 'answer', owner: { siteId: site, conversationId: callId }, tier: 'fast', region: 'eu' },
  ...{ modelId: 'quick', endpointId: 'main', startedAt: Date.now(), ttftMs: 180, totalMs: 900, outcome: 'done' },
  usage: { promptTokens: 500, completionTokens: 100, estimated: false },
  ...{ costKnown: 'none', priceTable: 'v1' },
});

/** Each makes a change and returns what is stored of it: one element, or it was lost or doubled. */
const CHANGES: Readonly<Record<string, { table: string; change: () => Promise<readonly unknown[]> }>> = {
  'a transition of a ticket': {
    table: 'ticket_events',
    async change() {
      const record = recordOf(ticketOf(site));
      await save(records.tickets, record, { events: [claimed(1)] });
      return records.tickets.events(record.ticket.id);
    },
  },
  'an analysis run': {
    table: 'ticket_runs',
    async change() {
      const record = recordOf(ticketOf(site));
      await save(records.tickets, record, { runs: [runOf(record.ticket, 1)] });
      return records.tickets.runs(record.ticket.id);
    },
  },
  'a version of a setting': {
    table: 'setting_versions',
    async change() {
      expect(await records.settings.save(site, { color: 'teal' }, { after: 0, by: 'Ada' })).toBe('saved');
      return records.settings.listVersions(site, 9);
    },
  },
  'an archived message': {
    table: 'messages',
    async change() {
      const { id, messages } = conversationOf(records.archive, site);
      await messages(messageOf(1, 'Where is my lamp?'));
      return records.archive.readAfter(id, 0, 9);
    },
  },
  'an erasure': {
    table: 'conversations',
    async change() {
      const { id, messages } = conversationOf(others.archive, site);
      await messages(messageOf(1, 'Where is my lamp?'));
      await run("SELECT setval('races', 1, false)"); // the message lost races, too
      const erased = await records.archive.eraseVisitor(site, 'visitor-1', Date.now());
      expect(await records.archive.find(id, [site], { limit: 9 })).toBeUndefined();
      return erased;
    },
  },
  'a model call': {
    table: 'owner_totals',
    async change() {
      const row = callOf(randomUUID());
      await records.usage.record([{ kind: 'call', row }]);
      expect(await records.usage.amountsOf('conversation', row.callId)).toMatchObject({ calls: 1 });
      return records.usage.callsOf(row.callId, 9);
    },
  },
};

const NAMES = Object.keys(CHANGES);
test.each(['40001', '40P01'].flatMap((code) => NAMES.map((name) => [name, code] as const)))(
  '%s that PostgreSQL undoes twice with %s is stored once',
  async (name, code) => {
    const { table = '', change } = CHANGES[name] ?? {};
    await loseRaces(table, code, 2);
    expect(await change?.()).toHaveLength(1);
  },
);

test('a change that PostgreSQL undoes again and again is refused, and nothing of it is stored', async () => {
  await loseRaces('ticket_events', '40P01', 1000);
  const record = recordOf(ticketOf(site));
  const refused = save(records.tickets, record, { events: [claimed(1)] });
  await expect(refused).rejects.toMatchObject({ name: 'RecordsError', code: 'unavailable' });
  expect(await records.tickets.find(record.ticket.id)).toBeUndefined();
});

test('a new ticket that deadlocks with another process gets its number, and none is left out', async () => {
  const ticket = ticketOf(site);
  const conversation = { id: ticket.conversationId, siteId: site };
  const number = (store: TicketStore, of: typeof conversation) => store.transaction(of, (work) => work.nextNumber());
  await number(records.tickets, { ...conversation, id: randomUUID() });
  await save(records.tickets, recordOf(ticket));
  const [numbers, wanted] = [createLatch(), createLatch()];
  const holding = admin.transaction(async (db) => {
    await sql`SET LOCAL deadlock_timeout = '1min'`.execute(db); // PostgreSQL undoes the transaction that notices first
    await sql`SELECT 1 FROM ticket_numbers WHERE site_id = ${site} FOR UPDATE`.execute(db);
    numbers.open();
    await wanted.opened;
    await sql`SELECT 1 FROM ticket_conversations WHERE id = ${ticket.conversationId} FOR UPDATE`.execute(db);
  });
  await numbers.opened;
  const waiting = async () =>
    (await run("SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")).rows;
  let tries = 0;
  const { result } = await records.tickets.transaction(conversation, async (transaction) => {
    tries += 1;
    wanted.open();
    if (tries === 1) await expect.poll(waiting).toHaveLength(1);
    return transaction.nextNumber();
  });
  await holding;
  expect({ tries, result }).toEqual({ tries: 2, result: 2 });
});

test('two processes change one ticket at once: each change is stored once, on top of the one before', async () => {
  const { ticket } = recordOf(ticketOf(site));
  await save(records.tickets, recordOf(ticket));
  const change = ({ tickets }: Records) =>
    tickets.transactionOf(ticket.id, async (transaction) => {
      const record = await transaction.load(ticket.id);
      if (record === undefined) throw new Error('The ticket is gone.');
      const version = record.ticket.version + 1;
      const run = runOf(ticket, version);
      await transaction.save({
        record: { ...record, ticket: { ...record.ticket, version } },
        ...{ events: [claimed(version)], runs: [run], dueAt: undefined },
      });
    });
  await Promise.all(Array.from({ length: 12 }, (_, n) => change(n % 2 === 0 ? records : others)));
  const versions = Array.from({ length: 12 }, (_, n) => n + 2);
  expect((await records.tickets.find(ticket.id))?.ticket.version).toBe(13);
  expect((await records.tickets.events(ticket.id)).map(({ version }) => version)).toEqual(versions);
  expect((await records.tickets.runs(ticket.id)).map((each) => each.run.number)).toEqual(versions);
});

test('of changes that two processes make to one setting at once, one is saved and the others are conflicts', async () => {
  const save = ({ settings }: Records, n: number) => settings.save(site, { n }, { after: 0, by: 'Ada' });
  const outcomes = await Promise.all(Array.from({ length: 8 }, (_, n) => save(n % 2 === 0 ? records : others, n)));
  expect(outcomes.sort()).toEqual([...Array.from({ length: 7 }, () => 'conflict'), 'saved']);
  expect(await records.settings.listVersions(site, 9)).toHaveLength(1);
});

test('a conversation that one process erases while the other archives it stays erased', async () => {
  const { id, messages } = conversationOf(records.archive, site);
  await messages(messageOf(1, 'Where is my lamp?'));
  const archived = Array.from({ length: 8 }, (_, n) => messages(messageOf(n + 2, 'Where is it?')));
  await Promise.all([others.archive.eraseVisitor(site, 'visitor-1', Date.now()), ...archived]);
  await messages(messageOf(20, 'Where is it now?'));
  expect(await records.archive.find(id, [site], { limit: 9 })).toBeUndefined();
  expect(await records.archive.readAfter(id, 0, 99)).toEqual([]);
});

test('a transaction reads what others commit meanwhile, also where the default of the server is stricter', async () => {
  const conversation = { id: randomUUID(), siteId: site };
  const seen = await records.tickets.transaction(conversation, async (transaction) => {
    const ticket = ticketOf(site);
    const before = await transaction.load(ticket.id);
    await save(others.tickets, recordOf(ticket));
    return { before, after: (await transaction.load(ticket.id))?.ticket.id === ticket.id };
  });
  expect(seen.result).toEqual({ before: undefined, after: true });
});

test('a run that another process ended before its start was repeated is not begun', async () => {
  const store = createMemoryTicketStore();
  const record = recordOf(ticketOf(site));
  const known = runOf(record.ticket, 1);
  await save(store, record, { runs: [known] });
  const undoing = {
    ...store,
    async transactionOf<Result>(ticketId: string, work: TicketWork<Result>) {
      const undone = store.transactionOf(ticketId, async (transaction) => {
        await work(transaction);
        throw new Error('undone');
      });
      await expect(undone).rejects.toThrow('undone');
      await save(store, record, { runs: [{ ...known, run: { ...known.run, state: 'cancelled' } }] });
      return store.transactionOf(ticketId, work);
    },
  };
  const runs = createAnalysisRuns({
    store: undoing,
    editing: createTicketEditing(undoing, { deliver: async () => {} }, TICKET_TIMERS),
    ...{ enqueue: async () => {}, queue: undefined, log: silentLog, now: Date.now },
  });
  expect(await runs.beginRun(known.run.id)).toBeUndefined();
});
