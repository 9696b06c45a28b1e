/** Adds to counters in Redis idempotently: a repeated entry is not counted again. */
import type { Redis } from '../lib/redis.ts';
import { defineScript } from '../lib/redis-script.ts';

export interface CountedEntry {
  /** The same id is not counted again within the window. */
  readonly id: string;
  /** Integers, because floating-point sums depend on the order. */
  readonly adds: readonly (readonly [key: string, field: string, amount: number])[];
  /** Appended to the account's stream, if it has one. */
  readonly row?: string;
}

export interface CountedBatch {
  /** Sorted set of the ids counted so far. All keys of a batch must share its hash slot. */
  readonly countedKey: string;
  readonly entries: readonly CountedEntry[];
  readonly rows?: { readonly key: string; readonly keep: number };
  /** Keys that expire, with the seconds after the last batch. */
  readonly expire?: Readonly<Record<string, number>>;
}

export type CountOnce = (batch: CountedBatch) => Promise<void>;

/** KEYS counted · ARGV windowMs, entries, rows key, rows to keep, expiries: marks and counts in one step. */
const COUNT_ONCE = `
local time = redis.call('TIME')
local nowMs = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', nowMs - ARGV[1])
for _, entry in ipairs(cjson.decode(ARGV[2])) do
  if redis.call('ZADD', KEYS[1], 'NX', nowMs, entry.id) == 1 then
    for _, add in ipairs(entry.adds) do redis.call('HINCRBY', add[1], add[2], add[3]) end
    if entry.row then redis.call('XADD', ARGV[3], 'MAXLEN', '~', ARGV[4], '*', 'r', entry.row) end
  end
end
for key, seconds in pairs(cjson.decode(ARGV[5])) do redis.call('EXPIRE', key, seconds) end
redis.call('PEXPIRE', KEYS[1], ARGV[1])
return 1
`;

/** @param windowMs how long a repeated entry is recognized */
export function createCountOnce(redis: Redis, windowMs: number): CountOnce {
  const count = defineScript(redis, 'fwCountOnce', 1, COUNT_ONCE);
  return async ({ countedKey, entries, rows, expire = {} }) => {
    // Amounts are sent as text: Lua numbers lose precision beyond 2^53.
    const sent = entries.map((entry) => ({
      ...entry,
      adds: entry.adds.map(([key, field, amount]) => [key, field, String(amount)]),
    }));
    await count(
      [countedKey],
      [windowMs, JSON.stringify(sent), rows?.key ?? '', rows?.keep ?? 0, JSON.stringify(expire)],
    );
  };
}
