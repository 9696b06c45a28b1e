/** Takes over the ledger rows and totals that versions before PostgreSQL stored in Redis. Can be interrupted and repeated. */
import { VISIT_BANDS } from '@firstword/shared/reports';
import { z } from 'zod';
import { parseJson } from '../lib/parse-json.ts';
import { type CALL_AMOUNTS, mapAmounts } from '../records/call-amounts.ts';
import { ledgerRowSchema } from '../records/ledger-row.ts';
import { histogramOf } from '../records/ttft-histogram.ts';
import { priceTableSchema } from '../records/usage-record.ts';
import type { FormerTotals, UsageStore } from '../records/usage-store.ts';
import type { FormerUsage, FormerUsageRecord } from '../store/former-usage.ts';

export interface TakeOverUsageParts {
  readonly former: Pick<FormerUsage, 'remove'>;
  readonly usage: Pick<UsageStore, 'record' | 'importCalls' | 'importTotals'>;
}

/** Processes of older versions must be stopped: what they count afterwards is lost. */
export async function takeOverUsage({ former, usage }: TakeOverUsageParts, record: FormerUsageRecord): Promise<void> {
  if (record.kind === 'rows')
    await usage.importCalls(record.jsons.flatMap((json) => ledgerRowSchema.safeParse(parseJson(json)).data ?? []));
  else if (record.kind === 'prices') await takePrices(usage, record.version, record.json);
  else if (record.kind !== 'index') await usage.importTotals(sourceOf(record), totalsIn(record));
  await former.remove(record);
}

/** How many entries of Redis a record stands for. */
export function entriesOf(record: FormerUsageRecord): number {
  if (record.kind === 'index') return 0; // names others
  return record.kind === 'rows' ? record.jsons.length : 1;
}

type Counters = Extract<FormerUsageRecord, { fields: unknown }>;

async function takePrices(usage: Pick<UsageStore, 'record'>, version: string, json: string): Promise<void> {
  const table = priceTableSchema.safeParse({ version, prices: parseJson(json) }).data;
  if (table === undefined) return;
  while ((await usage.record([{ kind: 'prices', table }])) === 'busy');
}

function sourceOf(record: Counters): string {
  return 'id' in record ? `${record.kind}:${record.id}` : `${record.kind}:${record.day}:${record.siteId}`;
}

function totalsIn(record: Counters): FormerTotals {
  const groups = groupsOf(record.fields);
  switch (record.kind) {
    case 'conversation':
    case 'ticket':
      return {
        owners: groups.map(({ sums }) => ({ owner: record.kind, ownerId: record.id, amounts: amountsIn(sums) })),
      };
    case 'call-totals':
      return {
        calls: groups.map(({ group: [tier = '', region = '', modelId = '', purpose = ''], sums }) => ({
          ...{ day: record.day, siteId: record.siteId, tier, region, modelId, purpose },
          amounts: amountsIn(sums),
          ttft: histogramOf(bucketsIn(sums, TTFT)),
        })),
      };
    case 'felt-totals':
      return {
        felt: groups.map(({ group: [region = '', tier = '', modelId = ''], sums }) => ({
          ...{ day: record.day, siteId: record.siteId, region, tier, modelId },
          ttft: histogramOf(bucketsIn(sums, '')),
        })),
      };
    case 'visit-totals':
      return {
        visits: groups.flatMap(({ group: [name], sums }) => {
          const band = VISIT_BANDS.find((each) => each === name);
          const of = (counter: string) => sums.get(counter) ?? 0;
          const counts = { visits: of('visits'), completed: of('completed'), returned: of('returned') };
          return band === undefined ? [] : [{ day: record.day, siteId: record.siteId, band, ...counts }];
        }),
      };
  }
}

const fieldSchema = z.array(z.string()).min(1);

/** A field is a JSON list of the group and the counter's name. */
function groupsOf(fields: Readonly<Record<string, string>>) {
  const groups = new Map<string, { readonly group: readonly string[]; readonly sums: Map<string, number> }>();
  for (const [field, value] of Object.entries(fields)) {
    const parts = fieldSchema.safeParse(parseJson(field)).data;
    if (parts === undefined) continue;
    const group = parts.slice(0, -1);
    const key = JSON.stringify(group);
    const known = groups.get(key) ?? { group, sums: new Map<string, number>() };
    known.sums.set(parts.at(-1) ?? '', Number(value));
    groups.set(key, known);
  }
  return [...groups.values()];
}

/** The prefix of a bucket of `modelTtft`. */
const TTFT = 'wait:';
const FORMER_NAMES: Readonly<Partial<Record<(typeof CALL_AMOUNTS)[number], string>>> = {
  fullCalls: 'cost:full:calls',
  fullPicoUsd: 'cost:full:picoUsd',
  outputOnlyCalls: 'cost:output-only:calls',
  outputOnlyPicoUsd: 'cost:output-only:picoUsd',
  unknownCalls: 'cost:none:calls',
};

const amountsIn = (sums: ReadonlyMap<string, number>) =>
  mapAmounts((name) => sums.get(FORMER_NAMES[name] ?? name) ?? 0);

function bucketsIn(sums: ReadonlyMap<string, number>, prefix: string): [number, number][] {
  return [...sums].flatMap(([name, count]): [number, number][] =>
    name.startsWith(prefix) ? [[Number(name.slice(prefix.length)), count]] : [],
  );
}
