/** The numbered deltas of running turns in Redis, for other processes and for clients that reconnect. */

import type { Delta } from '@firstword/shared/wire';
import { z } from 'zod';
import type { Redis } from '../lib/redis.ts';
import { defineScript } from '../lib/redis-script.ts';
import type { RedisKeys } from './keys.ts';
import { partitionOf } from './partition.ts';
import { NOW_MS } from './redis-clock.ts';

export type LoggedDelta = Readonly<Delta>;

export interface DeltaLog {
  /**
   * Appends consecutive deltas and renews the lease; repeating it has no effect. False when the turn is no longer
   * running and its producer must stop. Appends of one tick go to Redis as one script call for each partition.
   */
  append(conversationId: string, turnId: string, deltas: readonly LoggedDelta[]): Promise<boolean>;
  /** Deltas with `n` above `after`, in order. */
  read(conversationId: string, turnId: string, after: number): Promise<LoggedDelta[]>;
}

/** Lua's stack holds no more fields per XADD. */
const ENTRY_MAX = 1000;

/**
 * KEYS turn, deltas, turn, deltas … · ARGV leaseMs, then for each turn: how many deltas, the first one's number, which of
 * them (from 1) is the last that replaces the text before it, or 0, and their texts. A field is `t`, or `r` if it replaces.
 * Deltas appended together become one entry with the last one's number as id. Returns for each turn whether it is running.
 */
const APPEND_DELTAS = `${NOW_MS}
local lease = inMs(ARGV[1])
local running = {}
local at = 2
for k = 1, #KEYS, 2 do
  local count, first, replacing = tonumber(ARGV[at]), tonumber(ARGV[at + 1]), tonumber(ARGV[at + 2])
  local isRunning = redis.call('HGET', KEYS[k], 'state') == 'running'
  if isRunning then
    redis.call('HSET', KEYS[k], 'lease', lease)
    local last = redis.call('XREVRANGE', KEYS[k + 1], '+', '-', 'COUNT', 1)
    local lastN = last[1] and tonumber(string.match(last[1][1], '^(%d+)')) or 0
    local fields = {}
    for i = math.max(1, lastN - first + 2), count do
      fields[#fields + 1] = i == replacing and 'r' or 't'
      fields[#fields + 1] = ARGV[at + 2 + i]
      if i == count or #fields == 2 * ${ENTRY_MAX} then
        redis.call('XADD', KEYS[k + 1], (first + i - 1) .. '-0', unpack(fields))
        fields = {}
      end
    end
  end
  running[#running + 1] = isRunning and 1 or 0
  at = at + 3 + count
end
return running
`;

const repliesSchema = z.array(z.number());

interface Waiting {
  readonly keys: readonly [turn: string, deltas: string];
  readonly deltas: readonly LoggedDelta[];
  readonly settle: (isRunning: boolean) => void;
  readonly fail: (error: unknown) => void;
}

/** @param leaseMs how long the process that runs a turn may be silent */
export function createDeltaLog(redis: Redis, keys: RedisKeys, leaseMs: number): DeltaLog {
  const script = defineScript(redis, 'fwDeltas', 'any', APPEND_DELTAS);
  /** By partition, because a script can only change keys that share a hash tag. */
  let waiting = new Map<number, Waiting[]>();

  const write = async (together: readonly Waiting[]) => {
    const args = together.flatMap(({ deltas }) => [
      deltas.length,
      deltas[0]?.n ?? 1,
      deltas.findLastIndex(({ replaces }) => replaces) + 1,
      ...deltas.map(({ text }) => text),
    ]);
    const where = together.flatMap((turn) => turn.keys);
    try {
      const running = repliesSchema.parse(await script(where, [leaseMs, ...args]));
      for (const [index, { settle }] of together.entries()) settle(running[index] === 1);
    } catch (error) {
      for (const { fail } of together) fail(error);
    }
  };
  const writeAll = () => {
    const partitions = waiting;
    waiting = new Map();
    for (const together of partitions.values()) void write(together);
  };

  return {
    append: (id, turnId, deltas) =>
      new Promise((settle, fail) => {
        if (waiting.size === 0) queueMicrotask(writeAll);
        const partition = partitionOf(id);
        const together = waiting.get(partition) ?? [];
        together.push({ keys: [keys.turn(id, turnId), keys.deltas(id, turnId)], deltas, settle, fail });
        waiting.set(partition, together);
      }),

    async read(id, turnId, after) {
      // An entry's id is its last delta's number, so the first one wanted is in the entry with that id or a later one.
      const entries = await redis.xrange(keys.deltas(id, turnId), `${after + 1}-0`, '+');
      return entries.flatMap(readEntry).filter(({ n }) => n > after);
    },
  };
}

/** The deltas of one log entry. */
export function readEntry([id, fields]: readonly [id: string, fields: readonly string[]]): LoggedDelta[] {
  const texts = fields.filter((_, index) => index % 2 === 1);
  const first = Number.parseInt(id, 10) - texts.length + 1;
  return texts.map((text, index) => ({
    n: first + index,
    text,
    ...(fields[2 * index] === 'r' ? { replaces: true } : {}),
  }));
}

/** The text that the deltas make together. */
export function textOf(deltas: readonly LoggedDelta[]): string {
  const from = deltas.findLastIndex(({ replaces }) => replaces);
  return deltas
    .slice(Math.max(0, from))
    .map(({ text }) => text)
    .join('');
}
