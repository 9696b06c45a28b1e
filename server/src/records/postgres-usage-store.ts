/** The use of an installation in PostgreSQL. */
import { VISIT_BANDS } from '@firstword/shared/reports';
import { type Kysely, sql } from 'kysely';
import { z } from 'zod';
import { CALL_AMOUNTS, mapAmounts, NO_AMOUNTS } from './call-amounts.ts';
import type { Database } from './database.ts';
import { importOnce } from './imports.ts';
import { ledgerRowSchema } from './ledger-row.ts';
import { type ExpiryPart, expiryParts } from './site-expiry.ts';
import type { Tables } from './tables.ts';
import { histogramOf, TTFT_BUCKETS } from './ttft-histogram.ts';
import { priceTableSchema } from './usage-record.ts';
import type { UsageStore } from './usage-store.ts';
import { AMOUNT_COLUMNS, addTotals, insertCalls, writeUsage } from './usage-writer.ts';
import { completionOf } from './visit-completion.ts';

/** Any number that no other program uses as an advisory lock in this database. */
const LOCK = 7_146_031_806;
/** Rows deleted in one statement, which locks them. */
const DELETED_AT_ONCE = 5000;

const CALL_KEYS = {
  day: 'day',
  site: 'site_id',
  tier: 'tier',
  region: 'region',
  model: 'model_id',
  purpose: 'purpose',
} as const;
const FELT_KEYS = { day: 'day', tier: 'tier', region: 'region', model: 'model_id' } as const;

const amountsShape = z.object(Object.fromEntries(AMOUNT_COLUMNS.map((column) => [column, z.number()])));
const groupRow = z.object({ key: z.string(), tier: z.string(), purpose: z.string() });
const ttftRow = z.object({ key: z.string(), ttft: z.array(z.number()) });
const bucketRow = z.object({ bucket: z.number(), count: z.number() });
const visitsRow = z.object({
  ...{ band: z.enum(VISIT_BANDS), visits: z.number(), completed: z.number(), returned: z.number() },
});

/** As `float8`, sums arrive as numbers, and are formed in half the time that `bigint` takes. */
const AMOUNT_SUMS = sql.join(
  AMOUNT_COLUMNS.map((column) => sql`sum(${sql.ref(column)}::float8) AS ${sql.ref(column)}`),
);
/** Many times faster than to unnest the arrays and to group by bucket. */
const TTFT_SUMS = sql`ARRAY[${sql.join(
  Array.from({ length: TTFT_BUCKETS }, (_, bucket) => sql`sum(ttft[${sql.lit(bucket + 1)}]::float8)`),
)}]`;

export function createPostgresUsageStore(database: Database): UsageStore {
  return {
    record: (records) =>
      database.transaction(async (db) => {
        if (!(await isAlone(db))) return 'busy';
        await writeUsage(db, records);
        return 'recorded';
      }),

    async readCalls({ from, to, siteIds, by }) {
      const key = sql`${sql.ref(CALL_KEYS[by])}::text`;
      const rows = sql`FROM call_totals WHERE day BETWEEN ${from} AND ${to} ${siteIds === undefined ? sql`` : sql`AND site_id = ANY(${siteIds}::text[])`}`;
      const [sums, ttft] = await Promise.all([
        database.query((db) =>
          sql`SELECT ${key} AS key, tier, purpose, ${AMOUNT_SUMS} ${rows} GROUP BY 1, 2, 3`.execute(db),
        ),
        database.query((db) => sql`SELECT ${key} AS key, ${TTFT_SUMS} AS ttft ${rows} GROUP BY 1`.execute(db)),
      ]);
      return {
        sums: sums.rows.map((row) => ({ ...groupRow.parse(row), amounts: toAmounts(row) })),
        ttft: ttftRow.array().parse(ttft.rows),
      };
    },

    readFelt: ({ from, to, siteId, by }) =>
      database.query(async (db) => {
        const { rows } = await sql`
          SELECT ${sql.ref(FELT_KEYS[by])}::text AS key, ${TTFT_SUMS} AS ttft FROM felt_totals
           WHERE site_id = ${siteId} AND day BETWEEN ${from} AND ${to} GROUP BY 1`.execute(db);
        return ttftRow.array().parse(rows);
      }),

    feltSince: (siteId, since) =>
      database.query(async (db) => {
        const { rows } = await sql`
          SELECT bucket, count(*)::float8 AS count FROM felt_samples
           WHERE site_id = ${siteId} AND at >= ${new Date(since)} GROUP BY bucket`.execute(db);
        return histogramOf(
          bucketRow
            .array()
            .parse(rows)
            .map(({ bucket, count }) => [bucket, count] as const),
        );
      }),

    completion: (siteId, { from, to }) =>
      database.query(async (db) => {
        const { rows } = await sql`
          SELECT band, sum(visits)::float8 AS visits, sum(completed)::float8 AS completed, sum(returned)::float8 AS returned
            FROM visit_totals WHERE site_id = ${siteId} AND day BETWEEN ${from} AND ${to} GROUP BY band`.execute(db);
        const counted = new Map(
          visitsRow
            .array()
            .parse(rows)
            .map((row) => [row.band, row]),
        );
        return completionOf(
          VISIT_BANDS.map((band) => counted.get(band) ?? { band, visits: 0, completed: 0, returned: 0 }),
        );
      }),

    amountsOf: (owner, ownerId) =>
      database.query(async (db) => {
        const { rows } = await sql`
          SELECT ${AMOUNT_SUMS} FROM owner_totals WHERE owner = ${owner} AND owner_id = ${ownerId}
           HAVING count(*) > 0`.execute(db);
        return rows.length === 0 ? NO_AMOUNTS : toAmounts(rows[0]);
      }),

    callsOf: (conversationId, limit) =>
      database.query(async (db) => {
        const rows = await db
          .selectFrom('ledger_rows')
          .select('body')
          .where('conversation_id', '=', conversationId)
          .orderBy('started_at', 'desc')
          .limit(limit)
          .execute();
        return rows.map(({ body }) => ledgerRowSchema.parse(body)).reverse();
      }),
    lastCalls: (limit) =>
      database.query(async (db) => {
        const rows = await db
          .selectFrom('ledger_rows')
          .select('body')
          .orderBy('recorded_at', 'desc')
          .orderBy('started_at', 'desc')
          .limit(limit)
          .execute();
        return rows.map(({ body }) => ledgerRowSchema.parse(body));
      }),
    prices: (version) =>
      database.query(async (db) => {
        const row = await db
          .selectFrom('price_tables')
          .select('prices')
          .where('version', '=', version)
          .executeTakeFirst();
        return row && priceTableSchema.shape.prices.parse(row.prices);
      }),

    async importTotals(source, totals) {
      await importOnce(database, `usage:${source}`, async (db) => {
        await sql`SELECT pg_advisory_xact_lock(${LOCK}::bigint)`.execute(db);
        await addTotals(db, totals);
      });
    },

    async importCalls(rows) {
      await database.query((db) => insertCalls(db, rows));
    },

    forget: ({ conversationIds, ticketIds }) =>
      database.transaction(async (db) => {
        await sql`
          DELETE FROM owner_totals
           WHERE (owner = 'conversation' AND owner_id = ANY(${conversationIds}::text[]))
              OR (owner = 'ticket' AND owner_id = ANY(${ticketIds}::text[]))`.execute(db);
        await sql`DELETE FROM ledger_rows WHERE conversation_id = ANY(${conversationIds}::text[])`.execute(db);
        await sql`UPDATE visits SET visitor_id = NULL WHERE conversation_id = ANY(${conversationIds}::text[])`.execute(
          db,
        );
      }),

    async deleteBefore({ rowsBefore, samplesBefore, totalsBefore }) {
      for (const part of expiryParts(rowsBefore))
        while (await deleteSome(database, 'ledger_rows', 'recorded_at', part));
      for (const [table, column, before] of [
        ['felt_samples', 'recorded_at', samplesBefore],
        ['call_totals', 'day', totalsBefore],
        ['felt_totals', 'day', totalsBefore],
        ['visit_totals', 'day', totalsBefore],
        ['visits', 'started_at', totalsBefore],
      ] as const)
        while (await deleteSome(database, table, column, { before: new Date(before), isOfPart: sql<boolean>`true` }));
    },
  };
}

/** False while another process records; until the end of the transaction otherwise. */
async function isAlone(db: Kysely<Tables>): Promise<boolean> {
  const { rows } = await sql`SELECT pg_try_advisory_xact_lock(${LOCK}::bigint) AS alone`.execute(db);
  return z.array(z.object({ alone: z.boolean() })).parse(rows)[0]?.alone ?? false;
}

/** False when nothing is left to delete. */
async function deleteSome(
  database: Database,
  table: string,
  column: string,
  { before, isOfPart }: ExpiryPart,
): Promise<boolean> {
  const isOld = sql`${sql.ref(column)} < ${before} AND ${isOfPart}`;
  const old = sql`SELECT ctid FROM ${sql.table(table)} WHERE ${isOld} LIMIT ${DELETED_AT_ONCE}`;
  const { numAffectedRows = 0n } = await database.query((db) =>
    sql`DELETE FROM ${sql.table(table)} WHERE ctid = ANY(ARRAY(${old}))`.execute(db),
  );
  return Number(numAffectedRows) === DELETED_AT_ONCE;
}

function toAmounts(row: unknown) {
  const amounts = amountsShape.parse(row);
  return mapAmounts((name) => amounts[AMOUNT_COLUMNS[CALL_AMOUNTS.indexOf(name)] ?? ''] ?? 0);
}
