/** Writes a batch of usage records: rows that are not there yet, and their totals. */
import { VISIT_BANDS } from '@firstword/shared/reports';
import { type Kysely, type RawBuilder, sql } from 'kysely';
import { z } from 'zod';
import { dayOf } from '../lib/days.ts';
import { CALL_AMOUNTS, type CallAmounts } from './call-amounts.ts';
import type { LedgerRow } from './ledger-row.ts';
import type { Tables } from './tables.ts';
import { ttftBucket } from './ttft-histogram.ts';
import { type FeltSample, sortRecords, type UsageRecord, type VisitRecord, visitKey } from './usage-record.ts';
import { type FormerTotals, RETURN_MS } from './usage-store.ts';
import { mergeBy, totalsOfCalls, totalsOfFelt, totalsOfOwners } from './usage-totals.ts';

type Db = Kysely<Tables>;
type VisitTotals = NonNullable<FormerTotals['visits']>[number];

/** In one transaction, which only one process at a time may run: rows of totals are locked in any order. */
export async function writeUsage(db: Db, records: readonly UsageRecord[]): Promise<void> {
  const { felt, tables, ...sorted } = sortRecords(records);
  const { calls, visits } = await withoutErased(db, sorted);
  if (tables.length > 0)
    await db
      .insertInto('price_tables')
      .values(tables.map(({ version, prices }) => ({ version, prices: JSON.stringify(prices) })))
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  const newCalls = await insertCalls(db, calls);
  await addTotals(db, {
    calls: totalsOfCalls(newCalls),
    owners: totalsOfOwners(newCalls),
    felt: totalsOfFelt(await insertSamples(db, felt)),
    visits: await insertVisits(db, visits),
  });
}

/** A call or a visit may end after its conversation was erased: it counts, but names no one. */
async function withoutErased(db: Db, { calls, visits }: Pick<ReturnType<typeof sortRecords>, 'calls' | 'visits'>) {
  const ids = [
    ...calls.flatMap(({ owner }) => owner.conversationId ?? []),
    ...visits.map((visit) => visit.conversationId),
  ];
  if (ids.length === 0) return { calls, visits };
  const rows = await db
    .selectFrom('conversations')
    .select('id')
    .where(sql<boolean>`id = ANY(${[...new Set(ids)]}::text[])`)
    .where('erased_at', 'is not', null)
    .execute();
  const erased = new Set(rows.map(({ id }) => id));
  return {
    calls: calls.map((row) =>
      erased.has(row.owner.conversationId ?? '') ? { ...row, owner: { siteId: row.owner.siteId } } : row,
    ),
    visits: visits.map((visit) => (erased.has(visit.conversationId) ? { ...visit, visitorId: undefined } : visit)),
  };
}

export async function addTotals(db: Db, { calls = [], owners = [], felt = [], visits = [] }: FormerTotals) {
  const amounts = sql.join(AMOUNT_COLUMNS.map((column) => sql.ref(column)));
  if (calls.length > 0)
    await sql`
      INSERT INTO call_totals AS known (day, site_id, tier, region, model_id, purpose, ${amounts}, ttft)
      VALUES ${sql.join(
        calls.map(
          ({ day, siteId, tier, region, modelId, purpose, amounts: own, ttft }) =>
            sql`(${day}, ${siteId}, ${tier}, ${region}, ${modelId}, ${purpose}, ${valuesOf(own)}, ${ttft})`,
        ),
      )}
      ON CONFLICT (day, site_id, tier, region, model_id, purpose)
      DO UPDATE SET ${addedAmounts()}, ttft = add_counts(known.ttft, excluded.ttft)`.execute(db);
  if (owners.length > 0)
    await sql`
      INSERT INTO owner_totals AS known (owner, owner_id, ${amounts})
      VALUES ${sql.join(owners.map(({ owner, ownerId, amounts: own }) => sql`(${owner}, ${ownerId}, ${valuesOf(own)})`))}
      ON CONFLICT (owner, owner_id) DO UPDATE SET ${addedAmounts()}`.execute(db);
  if (felt.length > 0)
    await sql`
      INSERT INTO felt_totals AS known (day, site_id, region, tier, model_id, ttft)
      VALUES ${sql.join(
        felt.map(
          ({ day, siteId, region, tier, modelId, ttft }) =>
            sql`(${day}, ${siteId}, ${region}, ${tier}, ${modelId}, ${ttft})`,
        ),
      )}
      ON CONFLICT (site_id, day, region, tier, model_id)
      DO UPDATE SET ttft = add_counts(known.ttft, excluded.ttft)`.execute(db);
  if (visits.length > 0)
    await sql`
      INSERT INTO visit_totals AS known (day, site_id, band, visits, completed, returned)
      VALUES ${sql.join(
        visits.map(
          ({ day, siteId, band, visits: count, completed, returned }) =>
            sql`(${day}, ${siteId}, ${band}, ${count}, ${completed}, ${returned})`,
        ),
      )}
      ON CONFLICT (site_id, day, band)
      DO UPDATE SET ${addedColumns(['visits', 'completed', 'returned'])}`.execute(db);
}

/** @returns the calls that were not recorded before */
export async function insertCalls(db: Db, calls: readonly LedgerRow[]): Promise<LedgerRow[]> {
  if (calls.length === 0) return [];
  const added = await db
    .insertInto('ledger_rows')
    .values(
      calls.map((row) => ({
        call_id: row.callId,
        started_at: new Date(row.startedAt),
        site_id: row.owner.siteId,
        conversation_id: row.owner.conversationId ?? null,
        body: JSON.stringify(row),
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .returning('call_id')
    .execute();
  const ids = new Set(added.map(({ call_id: id }) => id));
  return calls.filter(({ callId }) => ids.has(callId));
}

async function insertSamples(db: Db, samples: readonly FeltSample[]): Promise<FeltSample[]> {
  if (samples.length === 0) return [];
  const added = await db
    .insertInto('felt_samples')
    .values(
      samples.map(({ turnId, siteId, at, ms }) => ({
        ...{ turn_id: turnId, site_id: siteId, at: new Date(at), bucket: ttftBucket(ms) },
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .returning('turn_id')
    .execute();
  const ids = new Set(added.map(({ turn_id: id }) => id));
  return samples.filter(({ turnId }) => ids.has(turnId));
}

const returnedRows = z.array(z.object({ site_id: z.string(), band: z.enum(VISIT_BANDS), started_at: z.date() }));

/** @returns what is added to the totals: the new visits, and visits whose visitor came back within 30 days */
async function insertVisits(db: Db, visits: readonly VisitRecord[]): Promise<VisitTotals[]> {
  if (visits.length === 0) return [];
  const added = await db
    .insertInto('visits')
    .values(
      visits.map(({ conversationId, startedAt, siteId, visitorId, band, completed }) => ({
        ...{ conversation_id: conversationId, started_at: new Date(startedAt), site_id: siteId },
        ...{ visitor_id: visitorId ?? null, band, completed },
      })),
    )
    .onConflict((conflict) => conflict.columns(['conversation_id', 'started_at']).doNothing())
    .returning(['conversation_id', 'started_at'])
    .execute();
  const keys = new Set(added.map(({ conversation_id: id, started_at: at }) => `${id} ${at.getTime()}`));
  const fresh = visits.filter((visit) => keys.has(visitKey(visit)));
  const visitors = [...new Set(fresh.flatMap(({ visitorId }) => visitorId ?? []))];
  // Of all visits of these visitors, not only the last ones: visits may be recorded in any order.
  const { rows } = await sql`
    UPDATE visits SET returned = true
     WHERE NOT returned AND site_id = ANY(${[...new Set(fresh.map(({ siteId }) => siteId))]}) AND visitor_id = ANY(${visitors})
       AND EXISTS (
         SELECT 1 FROM visits AS later
          WHERE later.site_id = visits.site_id AND later.visitor_id = visits.visitor_id
            AND later.started_at > visits.started_at
            AND later.started_at <= visits.started_at + ${RETURN_MS / 1000} * interval '1 second')
     RETURNING site_id, band, started_at`.execute(db);
  const returned = returnedRows.parse(rows).map(({ site_id: siteId, band, started_at: at }) => ({
    ...{ day: dayOf(at.getTime()), siteId, band, visits: 0, completed: 0, returned: 1 },
  }));
  const counted = fresh.map(({ siteId, band, startedAt, completed }) => ({
    ...{ day: dayOf(startedAt), siteId, band, visits: 1, completed: completed ? 1 : 0, returned: 0 },
  }));
  return mergeBy(
    [...counted, ...returned],
    ({ day, siteId, band }) => [day, siteId, band],
    (one, other) => ({
      ...one,
      visits: one.visits + other.visits,
      completed: one.completed + other.completed,
      returned: one.returned + other.returned,
    }),
  );
}

/** Columns of the amounts, in their order. */
export const AMOUNT_COLUMNS = CALL_AMOUNTS.map((name) =>
  name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
);

const valuesOf = (amounts: CallAmounts): RawBuilder<unknown> => sql.join(CALL_AMOUNTS.map((name) => amounts[name]));
const addedAmounts = () => addedColumns(AMOUNT_COLUMNS);
const addedColumns = (columns: readonly string[]) =>
  sql.join(columns.map((column) => sql`${sql.ref(column)} = known.${sql.ref(column)} + excluded.${sql.ref(column)}`));
