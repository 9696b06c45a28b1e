/** Notices that what was stored may be gone: Redis was emptied, or another one has been put in its place. */
import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { z } from 'zod';
import { defineScript } from '../lib/redis-script.ts';
import type { RedisKeys } from './keys.ts';

export interface StorageGeneration {
  /** True once after what was stored has gone, or a replica, which may not have heard the last of it, took over. */
  changed(): Promise<boolean>;
}

/** KEYS epoch · ARGV a new one: who comes first after a loss names the epoch for all. */
const READ_EPOCH = `
redis.call('SET', KEYS[1], ARGV[1], 'NX')
return redis.call('GET', KEYS[1])
`;

interface History {
  readonly epoch: string;
  /** What Redis calls the line of writes that it is in; undefined where it does not tell. */
  readonly line: string | undefined;
}

export function createStorageGeneration(redis: Redis, keys: RedisKeys): StorageGeneration {
  const read = defineScript(redis, 'fwEpoch', 1, READ_EPOCH);
  let held: History | undefined;

  const readLine = async () => {
    // Not told to everybody: a user's rights may not include it.
    const told = await redis.info('replication').catch(() => '');
    const [line, before] = ['master_replid', 'master_replid2'].map((name) =>
      new RegExp(`^${name}:([0-9a-f]{40})`, 'm').exec(told)?.at(1),
    );
    return { line, before };
  };

  return {
    async changed() {
      const epoch = z.string().parse(await read([keys.epoch()], [randomUUID()]));
      const { line, before } = await readLine();
      // A replica that takes over begins a line of its own and names the one it continues; a restart names none.
      const tookOver = held?.line !== undefined && line !== held.line && before === held.line;
      const changed = held !== undefined && (epoch !== held.epoch || tookOver);
      held = { epoch, line: line ?? held?.line };
      return changed;
    },
  };
}
