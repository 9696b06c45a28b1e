/** Opens Redis connections with settings for chat: commands fail fast, subscribers reconnect forever. */
import { Redis, type RedisOptions } from 'ioredis';
import { hideSecrets, shownUrl } from './hide-secrets.ts';
import type { Log } from './log.ts';
import { redisTarget } from './redis-address.ts';

export type { Redis };

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

/**
 * By default ioredis resends unanswered commands and keeps them pending for more than 30 s while Redis is down. Here a
 * command fails within 1 s. Every write is an idempotent script, because a timed-out one may have been executed.
 */
const commands: Omit<RedisOptions, 'replyMapping'> = {
  commandTimeout: 1000,
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

/**
 * Opens a connection and waits until it is ready.
 * @param address `redis://`, `rediss://`, `unix:///path/to/socket` or the Sentinel form, see redis-address.ts
 * @throws Error with the address, without its password, when Redis isn't ready within `readyMs`
 */
export async function connectRedis(address: string, role: RedisRole, log: Log, readyMs = 10_000): Promise<Redis> {
  const redis = openConnection(redisTarget(address), { ...settings[role], lazyConnect: true });
  if (role === 'waiting') tolerateLostSubscriptions(redis);
  else writeTogether(redis);
  let lastError: Error | undefined;
  redis.on('error', (error: Error) => {
    if (lastError?.message !== error.message)
      log.warn({ role, reason: hideSecrets(error.message) }, 'redis unreachable');
    lastError = error;
  });
  redis.on('ready', () => {
    lastError = undefined;
  });
  await untilReady(redis, readyMs).catch(() => {
    redis.disconnect();
    const reason = hideSecrets(lastError?.message ?? 'no reply');
    throw new Error(`Redis at ${shownUrl(address)} did not answer within ${readyMs / 1000} s: ${reason}`);
  });
  return redis;
}

/**
 * After a reconnect ioredis subscribes again without awaiting the reply, so a connection that closes meanwhile would cause
 * an unhandled rejection. A caller that awaits its own command still gets the error.
 */
function tolerateLostSubscriptions(redis: Redis): void {
  const send = redis.sendCommand.bind(redis);
  redis.sendCommand = (command, stream) => {
    command.promise.catch(() => {});
    return send(command, stream);
  };
}

/**
 * Sends all commands of one tick in one write: with `appendfsync always`, Redis would otherwise sync the disk for each.
 * Replaces an internal of ioredis, so its version is pinned and redis.test.ts guards this.
 */
function writeTogether(redis: Redis): void {
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

function openConnection(target: ReturnType<typeof redisTarget>, options: Omit<RedisOptions, 'replyMapping'>): Redis {
  return typeof target === 'string' ? new Redis(target, options) : new Redis({ ...target, ...options });
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
