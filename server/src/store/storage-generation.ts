/** Detects that stored data may be gone: Redis was emptied or replaced, or a replica took over. */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { isCluster, primariesOf, type Redis, type ServerConnection } from '../lib/redis-connection.ts';
import { defineScript } from '../lib/redis-script.ts';
import type { RedisKeys } from './keys.ts';
import { PARTITIONS } from './partition.ts';

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
  /** The replication ids of the servers; none where they cannot be read. */
  readonly replicationIds: ReadonlySet<string>;
}

export function createStorageGeneration(redis: Redis, keys: RedisKeys): StorageGeneration {
  const read = defineScript(redis, 'fwGeneration', 1, READ_GENERATION);
  // Each server of a cluster can lose its data alone.
  const where = isCluster(redis)
    ? Array.from({ length: PARTITIONS }, (_, partition) => keys.partitionGeneration(partition))
    : [keys.storageGeneration()];
  let held: History | undefined;

  return {
    async changed() {
      const generations = await Promise.all(where.map((key) => read([key], [randomUUID()])));
      const generation = z.array(z.string()).parse(generations).join();
      const servers = await Promise.all(primariesOf(redis).map(readReplicationId));
      // A promoted replica gets a new id and names the one it continues; a restarted Redis names none.
      const wasPromoted = servers.some(
        ({ current, previous }) =>
          current !== undefined &&
          previous !== undefined &&
          held?.replicationIds.has(previous) === true &&
          !held.replicationIds.has(current),
      );
      const changed = held !== undefined && (generation !== held.generation || wasPromoted);
      const replicationIds = servers.flatMap(({ current }) => current ?? []);
      held = { generation, replicationIds: new Set([...(held?.replicationIds ?? []), ...replicationIds]) };
      return changed;
    },
  };
}

async function readReplicationId(server: ServerConnection): Promise<{ current?: string; previous?: string }> {
  // An ACL user may not be allowed to read it.
  const info = await server.info('replication').catch(() => '');
  const read = (name: string) => new RegExp(`^${name}:([0-9a-f]{40})`, 'm').exec(info)?.at(1);
  const [current, previous] = [read('master_replid'), read('master_replid2')];
  return { ...(current && { current }), ...(previous && { previous }) };
}
