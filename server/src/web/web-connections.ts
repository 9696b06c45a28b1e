/** Opens the web process' connections to Redis. A connection answers its commands in order, so each kind of work has its own. */
import { connectRedis } from '../lib/redis.ts';
import { isCluster, type Redis } from '../lib/redis-connection.ts';
import type { WebAppSettings } from './web-settings.ts';

export interface WebConnections {
  /** For commands that a visitor waits for. */
  readonly redis: Redis;
  /** For commands that no visitor waits for. */
  readonly background: Redis;
  /** Publishes for the Socket.IO adapter. */
  readonly publisher: Redis;
  /** Subscribes for the Socket.IO adapter. */
  readonly subscriber: Redis;
  /** Subscribes to ticket changes. */
  readonly ticketChanges: Redis;
  /** Waits for replicas after each write; undefined where none has to confirm. */
  readonly confirmed: Redis | undefined;
  /** A further connection for blocking reads, closed by its reader. */
  openReader(): Promise<Redis>;
  close(): void;
}

export async function openWebConnections({
  redisUrl,
  redisReplicas,
  log,
}: Pick<WebAppSettings, 'redisUrl' | 'redisReplicas' | 'log'>): Promise<WebConnections> {
  const redis = await connectRedis(redisUrl, 'commands', log);
  const background = await connectRedis(redisUrl, 'commands', log);
  const publisher = await connectRedis(redisUrl, 'commands', log);
  const subscriber = await connectRedis(redisUrl, 'waiting', log);
  const confirmed = redisReplicas > 0 ? await connectRedis(redisUrl, 'confirmed', log) : undefined;
  const ticketChanges = await connectRedis(redisUrl, 'waiting', log);
  return {
    redis,
    background,
    publisher,
    subscriber,
    ticketChanges,
    confirmed,
    // Reads of a cluster never block, so they may fail fast.
    openReader: () => connectRedis(redisUrl, isCluster(redis) ? 'commands' : 'waiting', log),
    close() {
      for (const connection of [background, ticketChanges, subscriber, publisher, confirmed, redis])
        connection?.disconnect();
    },
  };
}
