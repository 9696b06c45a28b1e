/** Usage records on their way to PostgreSQL. They wait in Redis, so that a process that is killed loses none. */
import type { Redis } from '../lib/redis.ts';
import { defineScript } from '../lib/redis-script.ts';
import type { RedisKeys } from './keys.ts';

export interface QueuedRecord {
  readonly id: string;
  readonly json: string;
}

export interface UsageQueue {
  /** May be repeated: what stores the records recognizes them. */
  add(records: readonly string[]): Promise<void>;
  /** The oldest ones. They stay until they are removed. */
  read(limit: number): Promise<QueuedRecord[]>;
  remove(ids: readonly string[]): Promise<void>;
  waiting(): Promise<number>;
}

/** About 120 MB. As many as a million visitors leave in a day. */
const KEEP = 200_000;

/** KEYS queue · ARGV keep, records: returns the number of dropped ones. */
const ADD = `
for _, record in ipairs(cjson.decode(ARGV[2])) do redis.call('XADD', KEYS[1], '*', 'r', record) end
return redis.call('XTRIM', KEYS[1], 'MAXLEN', ARGV[1])
`;

export interface UsageQueueSettings {
  /** Beyond it, the oldest records are dropped. */
  readonly keep?: number;
  readonly onDropped?: (count: number) => void;
}

export function createUsageQueue(
  redis: Redis,
  keys: Pick<RedisKeys, 'usageQueue'>,
  { keep = KEEP, onDropped = () => {} }: UsageQueueSettings = {},
): UsageQueue {
  const key = keys.usageQueue();
  const add = defineScript(redis, 'fwUsageAdd', 1, ADD);
  return {
    async add(records) {
      if (records.length === 0) return;
      const dropped = Number(await add([key], [keep, JSON.stringify(records)]));
      if (dropped > 0) onDropped(dropped);
    },
    async read(limit) {
      const entries = await redis.xrange(key, '-', '+', 'COUNT', limit);
      return entries.map(([id, [, json = '']]) => ({ id, json }));
    },
    async remove(ids) {
      if (ids.length > 0) await redis.xdel(key, ...ids);
    },
    waiting: () => redis.xlen(key),
  };
}
