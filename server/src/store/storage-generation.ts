/** Detects that stored data may be gone: Redis was emptied or replaced, or a replica took over. */
import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { z } from 'zod';
import { defineScript } from '../lib/redis-script.ts';
import type { RedisKeys } from './keys.ts';

export interface StorageGeneration {
  /** True once after data was lost, or after a failover to a replica that may miss the last writes. */
  changed(): Promise<boolean>;
}

/** KEYS generation · ARGV a new id: the first process after a loss starts a new generation for all. */
const READ_GENERATION = `
redis.call('SET', KEYS[1], ARGV[1], 'NX')
return redis.call('GET', KEYS[1])
`;

interface History {
  readonly generation: string;
  /** Redis' replication id; undefined where it cannot be read. */
  readonly replicationId: string | undefined;
}

export function createStorageGeneration(redis: Redis, keys: RedisKeys): StorageGeneration {
  const read = defineScript(redis, 'fwGeneration', 1, READ_GENERATION);
  let held: History | undefined;

  const readReplicationId = async () => {
    // An ACL user may not be allowed to read it.
    const info = await redis.info('replication').catch(() => '');
    const [current, previous] = ['master_replid', 'master_replid2'].map((name) =>
      new RegExp(`^${name}:([0-9a-f]{40})`, 'm').exec(info)?.at(1),
    );
    return { current, previous };
  };

  return {
    async changed() {
      const generation = z.string().parse(await read([keys.storageGeneration()], [randomUUID()]));
      const { current, previous } = await readReplicationId();
      // A promoted replica gets a new id and names the one it continues; a restarted Redis names none.
      const wasPromoted =
        held?.replicationId !== undefined && current !== held.replicationId && previous === held.replicationId;
      const changed = held !== undefined && (generation !== held.generation || wasPromoted);
      held = { generation, replicationId: current ?? held?.replicationId };
      return changed;
    },
  };
}
