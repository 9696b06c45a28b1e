/** What is recorded of the use of an installation: model calls, felt TTFT, visits, and the prices of calls. */
import { VISIT_BANDS } from '@firstword/shared/reports';
import { z } from 'zod';
import { ledgerRowSchema } from './ledger-row.ts';

/** One answer that a browser has begun to paint. */
export const feltSampleSchema = z.object({
  /** One sample is counted per turn, however often the browser reports it. */
  turnId: z.string(),
  siteId: z.string(),
  region: z.string(),
  tier: z.string(),
  modelId: z.string(),
  ms: z.number().min(0),
  /** By the server's clock, because a visitor's may be off by days. Milliseconds since 1970. */
  at: z.number(),
});
export type FeltSample = z.infer<typeof feltSampleSchema>;

/** A finished visit. The same conversation and start are the same visit. */
export const visitRecordSchema = z.object({
  conversationId: z.string(),
  siteId: z.string(),
  visitorId: z.string().optional(),
  startedAt: z.number(),
  /** By the `feltTtft` of its first answer. */
  band: z.enum(VISIT_BANDS),
  completed: z.boolean(),
});
export type VisitRecord = z.infer<typeof visitRecordSchema>;

const priceSchema = z.object({
  inputUsdPerMillion: z.number().exactOptional(),
  outputUsdPerMillion: z.number().exactOptional(),
  cachedInputUsdPerMillion: z.number().exactOptional(),
});
/** Lets the version that rows name be looked up later. */
export const priceTableSchema = z.object({ version: z.string(), prices: z.record(z.string(), priceSchema) });

export const usageRecordSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('call'), row: ledgerRowSchema }),
  z.object({ kind: z.literal('felt'), sample: feltSampleSchema }),
  z.object({ kind: z.literal('visit'), visit: visitRecordSchema }),
  z.object({ kind: z.literal('prices'), table: priceTableSchema }),
]);
export type UsageRecord = z.infer<typeof usageRecordSchema>;

/** The records of one batch by kind, each only once. */
export function sortRecords(records: readonly UsageRecord[]) {
  const calls = new Map<string, Extract<UsageRecord, { kind: 'call' }>['row']>();
  const felt = new Map<string, FeltSample>();
  const visits = new Map<string, VisitRecord>();
  const tables = new Map<string, z.infer<typeof priceTableSchema>>();
  for (const record of records) {
    if (record.kind === 'call') calls.set(record.row.callId, record.row);
    else if (record.kind === 'felt') felt.set(record.sample.turnId, record.sample);
    else if (record.kind === 'visit') visits.set(visitKey(record.visit), record.visit);
    else tables.set(record.table.version, record.table);
  }
  return {
    calls: [...calls.values()],
    felt: [...felt.values()],
    visits: [...visits.values()],
    tables: [...tables.values()],
  };
}

export const visitKey = ({ conversationId, startedAt }: VisitRecord) => `${conversationId} ${startedAt}`;
