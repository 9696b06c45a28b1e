/** A connection to Redis, to one server or to a cluster, and what has to be asked of a certain server of a cluster. */
import { type Cluster, Command, type Redis as ServerConnection } from 'ioredis';

/** Commands with keys go to the right server by themselves. All keys of a command or script must share their hash tag. */
export type Redis = ServerConnection | Cluster;
export type { ServerConnection };

export function isCluster(redis: Redis): redis is Cluster {
  return redis.isCluster;
}

/** Every server that may hold the only copy of something, now or after a failover: replicas included. */
export function serversOf(redis: Redis): readonly ServerConnection[] {
  return isCluster(redis) ? redis.nodes('all') : [redis];
}

/** The servers that accept writes, in an order that lasts while they are the same ones. */
export function primariesOf(redis: Redis): readonly ServerConnection[] {
  if (!isCluster(redis)) return [redis];
  return redis.nodes('master').toSorted((one, other) => (addressOf(one) < addressOf(other) ? -1 : 1));
}

/** The server that writes of this key go to; undefined while the cluster does not say. */
export function primaryOf(redis: Redis, key: string): ServerConnection | undefined {
  return isCluster(redis) ? primaryOfSlot(redis, slotOf(key)) : redis;
}

export function slotOf(key: string): number {
  return new Command('get', [key]).getSlot();
}

export function primaryOfSlot(cluster: Cluster, slot: number): ServerConnection | undefined {
  const [address] = cluster.slots[slot] ?? [];
  return cluster.nodes('master').find((server) => addressOf(server) === address);
}

/** As the cluster names its servers. */
export function addressOf({ options }: ServerConnection): string {
  return options.path ?? `${options.host}:${options.port}`;
}
