/** Opens Redis connections with settings for chat: commands fail fast, subscribers reconnect forever. */
import { Cluster, type RedisOptions, Redis as Server } from 'ioredis';
import { hideSecrets, shownUrl } from './hide-secrets.ts';
import type { Log } from './log.ts';
import { type ClusterTarget, clusterTarget, redisTarget, tlsOptions } from './redis-address.ts';
import { isCluster, primariesOf, type Redis } from './redis-connection.ts';
import { keepShardedSubscriptions } from './sharded-subscriptions.ts';

export type { Redis } from './redis-connection.ts';

/**
 * `commands`: requests with a reply. `confirmed`: writes that wait for replicas. `waiting`: subscriptions and blocking
 * reads.
 */
export type RedisRole = 'commands' | 'confirmed' | 'waiting';

/** Short, because nothing works until Redis is reachable again. */
const RECONNECT_MAX_MS = 500;
const reconnectMs = (attempt: number) =>
  Math.min(RECONNECT_MAX_MS, 50 * 2 ** Math.min(attempt, 6)) * (0.5 + Math.random() / 2);
/** While Redis loads its data it accepts connections but rejects commands; this is the retry interval. */
const LOADING_RETRY_MS = 250;

/** A subscriber sends nothing, so only TCP keep-alive detects a dead peer: 10 probes, 1 s apart. */
const KEEP_ALIVE_MS = 5000;

/** How long a command may wait for its reply. */
const COMMAND_MS = 1000;

/**
 * By default ioredis resends unanswered commands and keeps them pending for more than 30 s while Redis is down. Here a
 * command fails within 1 s. Every write is an idempotent script, because a timed-out one may have been executed.
 */
const commands: Omit<RedisOptions, 'replyMapping'> = {
  // After a failover a former primary may keep its connections, while its address already leads to the new one.
  reconnectOnError: ({ message }) => message.startsWith('READONLY'),
  maxRetriesPerRequest: 1,
  enableOfflineQueue: false,
  // A timed-out command keeps its connection open, and a dead connection would fail every command for minutes. Long
  // enough that a blocked event loop doesn't mistake an unread reply for a dead connection.
  socketTimeout: 3000,
  connectTimeout: 2000,
  keepAlive: KEEP_ALIVE_MS,
  retryStrategy: reconnectMs,
  maxLoadingRetryTime: LOADING_RETRY_MS,
};
const settings: Record<RedisRole, Omit<RedisOptions, 'replyMapping'>> = {
  commands,
  // WAIT counts the writes of its own connection, so it must not be resent on another one.
  confirmed: { ...commands, autoResendUnfulfilledCommands: false },
  waiting: {
    maxRetriesPerRequest: null,
    connectTimeout: 2000,
    keepAlive: KEEP_ALIVE_MS,
    retryStrategy: reconnectMs,
    maxLoadingRetryTime: LOADING_RETRY_MS,
  },
};

/** A promoted replica is found at once, by the refusal of a command; this finds other changes of the cluster. */
const CLUSTER_REFRESH_MS = 5000;
const CLUSTER_RETRY_MS = 100;

/**
 * Opens a connection and waits until it is ready.
 * @param address `redis://`, `rediss://`, `unix:///path/to/socket` or the form of Sentinel or a cluster, see redis-address.ts
 * @throws Error with the address, without its password, when Redis isn't ready within `readyMs`
 */
export async function connectRedis(address: string, role: RedisRole, log: Log, readyMs = 10_000): Promise<Redis> {
  const redis = openConnection(address, role);
  const prepare = role === 'waiting' ? tolerateLostSubscriptions : prepareForCommands;
  if (!isCluster(redis)) prepare(redis);
  else redis.on('+node', prepare);
  if (isCluster(redis) && role === 'waiting') keepShardedSubscriptions(redis);
  let lastError: Error | undefined;
  const onError = (error: Error, server?: string) => {
    if (lastError?.message !== error.message)
      log.warn({ role, ...(server && { server }), reason: hideSecrets(error.message) }, 'redis unreachable');
    lastError = error;
  };
  // Of a cluster, `error` says only that no server answered; `node error` says why.
  if (isCluster(redis)) redis.on('node error', onError).on('error', () => {});
  else redis.on('error', onError);
  redis.on('ready', () => {
    lastError = undefined;
  });
  await untilReady(redis, readyMs).catch(async () => {
    redis.disconnect();
    const reason = (await refusalOfFirst(address)) ?? lastError?.message;
    throw new Error(`Redis at ${shownUrl(address)} did not answer within ${readyMs / 1000} s: ${explain(reason)}`);
  });
  // Connections to a cluster's servers open with the first command, which would fail while the machine is busy.
  if (isCluster(redis)) await Promise.allSettled(primariesOf(redis).map((server) => server.ping()));
  else if (await isInCluster(redis)) {
    redis.disconnect();
    throw new Error(
      `Redis at ${shownUrl(address)} cannot be used: it is a server of a cluster. Begin REDIS_URL with redis+cluster://.`,
    );
  }
  return redis;
}

/** False also for a user who may not ask. */
async function isInCluster(server: Server): Promise<boolean> {
  return /cluster_enabled:1/.test(await server.info('cluster').catch(() => ''));
}

/**
 * Why the first server of a cluster accepts no connection: ioredis says only that it was closed. Undefined where it accepts
 * one, and for an address that is not one of a cluster.
 */
function refusalOfFirst(address: string): Promise<string | undefined> {
  const cluster = clusterTarget(address);
  const [node] = cluster?.nodes ?? [];
  if (cluster === undefined || node === undefined) return Promise.resolve(undefined);
  const server = new Server({
    ...commands,
    ...clusterOptions(cluster),
    ...node,
    lazyConnect: true,
    retryStrategy: () => null,
  });
  return new Promise<string | undefined>((resolve) => {
    server.once('error', ({ message }) => resolve(message));
    server.connect().then(
      () => resolve(undefined),
      () => resolve(undefined),
    );
  }).finally(() => server.disconnect());
}

function explain(reason = 'no reply'): string {
  if (/cluster support disabled/.test(reason))
    return 'it is not a cluster. Begin REDIS_URL with redis:// instead of redis+cluster://.';
  return hideSecrets(reason);
}

/**
 * After a reconnect ioredis subscribes again without awaiting the reply, so a connection that closes meanwhile would cause
 * an unhandled rejection. A caller that awaits its own command still gets the error.
 */
function tolerateLostSubscriptions(redis: Server): void {
  const send = redis.sendCommand.bind(redis);
  redis.sendCommand = (command, stream) => {
    command.promise.catch(() => {});
    return send(command, stream);
  };
}

function prepareForCommands(redis: Server): void {
  limitWaits(redis);
  writeTogether(redis);
}

/**
 * Instead of the option `commandTimeout`: after the event loop was held up, timers expire before the replies that wait in the
 * socket are read. `setImmediate` runs after they are.
 */
function limitWaits(redis: Server): void {
  const send = redis.sendCommand.bind(redis);
  redis.sendCommand = (command, stream) => {
    const giveUp = () => {
      if (!command.isSettled) command.reject(new Error('Command timed out'));
    };
    const timer = setTimeout(() => setImmediate(giveUp), COMMAND_MS);
    const settled = () => clearTimeout(timer);
    command.promise.then(settled, settled);
    return send(command, stream);
  };
}

/**
 * Sends all commands of one tick in one write: with `appendfsync always`, Redis would otherwise sync the disk for each.
 * Replaces an internal of ioredis, so its version is pinned and redis.test.ts guards this.
 */
function writeTogether(redis: Server): void {
  const send = redis.sendCommand.bind(redis);
  let corked = false;
  redis.sendCommand = (command, stream) => {
    const sink = redis.stream;
    if (!corked && redis.status === 'ready') {
      corked = true;
      sink.cork();
      process.nextTick(() => {
        corked = false;
        sink.uncork();
      });
    }
    return send(command, stream);
  };
}

function openConnection(address: string, role: RedisRole): Redis {
  const cluster = clusterTarget(address);
  const options = { ...settings[role], lazyConnect: true };
  if (cluster === undefined) {
    const target = redisTarget(address);
    return typeof target === 'string' ? new Server(target, options) : new Server({ ...target, ...options });
  }
  return new Cluster(cluster.nodes, {
    lazyConnect: true,
    enableOfflineQueue: options.enableOfflineQueue,
    clusterRetryStrategy: reconnectMs,
    slotsRefreshInterval: CLUSTER_REFRESH_MS,
    retryDelayOnFailover: CLUSTER_RETRY_MS,
    shardedSubscribers: role === 'waiting',
    redisOptions: { ...options, ...clusterOptions(cluster) },
    // The certificate names the host, so it must not become an IP address.
    ...(cluster.tls && { dnsLookup: (host, callback) => callback(null, host) }),
  });
}

function clusterOptions({ account, tls }: ClusterTarget): Omit<RedisOptions, 'replyMapping'> {
  return { ...account, ...(tls && { tls: tlsOptions(tls.authority) }) };
}

function untilReady(redis: Redis, readyMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('not ready in time')), readyMs);
    redis.once('ready', () => {
      clearTimeout(timer);
      resolve();
    });
    redis.connect().catch(() => {}); // the retry strategy continues; `error` has reported the reason
  });
}
