/** What is spent today, by account: read before each turn, so it is counted in Redis. */
import type { Redis } from '../lib/redis.ts';
import { defineScript } from '../lib/redis-script.ts';
import type { RedisKeys } from './keys.ts';

export interface Spend {
  /** Known costs in US dollars. */
  readonly usd: number;
  readonly tokens: number;
}

/** One call's part in an account. Integers, because floating-point sums depend on the order. */
export interface SpendEntry {
  /** The same id is not counted again within an hour. */
  readonly id: string;
  /** 1e-12 dollars. */
  readonly picoUsd: number;
  readonly tokens: number;
}

export interface SpendCounters {
  /**
   * Counts each entry once: a batch may be repeated.
   * @param account a key of `RedisKeys`
   * @param keepSeconds after the last entry; without it, the account lasts as long as its conversation
   */
  add(account: string, entries: readonly SpendEntry[], keepSeconds?: number): Promise<void>;
  read(account: string): Promise<Spend>;
}

const PICO = 1e12;
/** A batch is repeated within seconds when its response was lost; an hour covers an outage, too. */
const COUNTED_MS = 60 * 60 * 1000;
const [COST, TOKENS] = ['picoUsd', 'tokens'];
/** What versions before PostgreSQL counted in the same accounts, for a day or a conversation that began with them. */
const FORMER_COSTS = ['["cost:full:picoUsd"]', '["cost:output-only:picoUsd"]'];
const FORMER_TOKENS = ['["promptTokens"]', '["completionTokens"]'];

/** KEYS counted, account · ARGV countedMs, keepSeconds, cost field, tokens field, entries: marks and counts in one step. */
const ADD = `
local time = redis.call('TIME')
local nowMs = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', nowMs - ARGV[1])
for _, entry in ipairs(cjson.decode(ARGV[5])) do
  if redis.call('ZADD', KEYS[1], 'NX', nowMs, entry[1]) == 1 then
    redis.call('HINCRBY', KEYS[2], ARGV[3], entry[2])
    redis.call('HINCRBY', KEYS[2], ARGV[4], entry[3])
  end
end
redis.call('PEXPIRE', KEYS[1], ARGV[1])
if ARGV[2] ~= '0' then redis.call('EXPIRE', KEYS[2], ARGV[2]) end
return 1
`;

export function createSpendCounters(redis: Redis, keys: Pick<RedisKeys, 'counted'>): SpendCounters {
  const add = defineScript(redis, 'fwSpendAdd', 2, ADD);
  return {
    async add(account, entries, keepSeconds = 0) {
      // Amounts are sent as text: Lua numbers lose precision beyond 2^53.
      const sent = entries.map(({ id, picoUsd, tokens }) => [id, String(picoUsd), String(tokens)]);
      await add([keys.counted(account), account], [COUNTED_MS, keepSeconds, COST, TOKENS, JSON.stringify(sent)]);
    },
    async read(account) {
      const costs = [COST, ...FORMER_COSTS];
      const amounts = (await redis.hmget(account, ...costs, TOKENS, ...FORMER_TOKENS)).map(Number);
      const sum = (some: readonly number[]) => some.reduce((total, amount) => total + amount, 0);
      return { usd: sum(amounts.slice(0, costs.length)) / PICO, tokens: sum(amounts.slice(costs.length)) };
    },
  };
}
