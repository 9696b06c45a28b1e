/** Ledger rows and totals as versions before PostgreSQL stored them here. */
import type { Redis } from '../lib/redis.ts';
import type { FormerUsageKey } from './former-usage-keys.ts';
import type { RedisKeys } from './keys.ts';

export type FormerUsageRecord = {
  /** Of its kind, the same at each reading. */
  readonly key: string;
} & (
  | (Exclude<FormerUsageKey, { kind: 'prices' | 'rows' | 'index' }> & {
      /** Counters, by a JSON list of their group and their name. */
      readonly fields: Readonly<Record<string, string>>;
    })
  | { readonly kind: 'index' }
  | { readonly kind: 'prices'; readonly version: string; readonly json: string }
  | { readonly kind: 'rows'; readonly ids: readonly string[]; readonly jsons: readonly string[] }
);

export interface FormerUsage {
  /** Everything that is left, in any order; what was removed is not read again. */
  read(): AsyncIterable<FormerUsageRecord>;
  /** What budgets still count with stays. */
  remove(record: FormerUsageRecord): Promise<void>;
}

/** Redis keys looked at in one step. */
const STEP = 500;
const ROWS = 500;

export function createFormerUsage(redis: Redis, keys: RedisKeys): FormerUsage {
  async function* rowsOf(key: string): AsyncIterable<FormerUsageRecord> {
    let from = '-';
    for (;;) {
      const entries = await redis.xrange(key, from, '+', 'COUNT', ROWS);
      const last = entries.at(-1);
      if (last === undefined) return;
      yield { kind: 'rows', key, ids: entries.map(([id]) => id), jsons: entries.map(([, [, json = '']]) => json) };
      from = `(${last[0]}`;
    }
  }
  async function* recordsIn(key: string): AsyncIterable<FormerUsageRecord> {
    const found = keys.formerUsageOf(key);
    if (found === undefined) return;
    if (found.kind === 'index') yield { kind: 'index', key };
    else if (found.kind === 'rows') yield* rowsOf(key);
    else if (found.kind === 'prices') {
      const json = await redis.get(key);
      if (json !== null) yield { ...found, key, json };
    } else {
      const fields = Object.entries(await redis.hgetall(key)).filter(([field]) => isFormer(field, found.kind));
      if (fields.length > 0) yield { ...found, key, fields: Object.fromEntries(fields) };
    }
  }
  return {
    async *read() {
      let cursor = '0';
      do {
        const [next, found] = await redis.scan(cursor, 'MATCH', keys.allTagged(), 'COUNT', STEP);
        for (const key of found) yield* recordsIn(key);
        cursor = next;
      } while (cursor !== '0');
    },
    async remove(record) {
      if (record.kind === 'rows') await redis.xdel(record.key, ...record.ids);
      if (record.kind === 'rows' ? (await redis.xlen(record.key)) === 0 : REMOVED_WHOLE.has(record.kind))
        await redis.del(record.key);
      if (record.kind === 'call-totals') await redis.hdel(record.key, ...Object.keys(record.fields));
    },
  };
}

/** A conversation's hash has its budget, too, and is deleted with the conversation. */
const REMOVED_WHOLE: ReadonlySet<FormerUsageRecord['kind']> = new Set([
  'felt-totals',
  'visit-totals',
  'ticket',
  'prices',
  'index',
]);

/** A site's day also has what budgets count, in fields without a group. */
function isFormer(field: string, kind: FormerUsageRecord['kind']): boolean {
  return kind === 'call-totals' ? field.startsWith('["') && field.includes('","') : field.startsWith('[');
}
