/** Redis connections with settings fit for chat: a command fails fast, a subscriber waits for ever. */
import { Redis, type RedisOptions } from 'ioredis';
import { hideSecrets, shownUrl } from './hide-secrets.ts';
import type { Log } from './log.ts';
import { redisTarget } from './redis-address.ts';

/**
 * `commands` for everything with an answer, `confirmed` for writes that wait for replicas, `waiting` for subscriptions and
 * blocking reads.
 */
export type RedisRole = 'commands' | 'confirmed' | 'waiting';

/** Nothing works until it is back, so what is waited for must not add seconds of its own. */
const RECONNECT_MAX_MS = 500;
const reconnectMs = (attempt: number) =>
  Math.min(RECONNECT_MAX_MS, 50 * 2 ** Math.min(attempt, 6)) * (0.5 + Math.random() / 2);
/** While Redis reads its file back it takes connections and refuses commands; it is asked again so often. */
const LOADING_RETRY_MS = 250;

/** A subscriber asks nothing, so only the system's probes find out that the other side has gone: 10 of them, 1 s apart. */
const KEEP_ALIVE_MS = 5000;

/**
 * ioredis' own defaults resend an unanswered command and let it pend for more than 30 s while Redis is away. Here a
 * command ends within 1 s, and every write is an idempotent script, because a timed-out one may still have happened.
 */
const commands: Omit<RedisOptions, 'replyMapping'> = {
  commandTimeout: 1000,
  maxRetriesPerRequest: 1,
  enableOfflineQueue: false,
  // A command that times out leaves its connection open: a dead one would fail every command for minutes. Long
  // enough that an event loop that was held up does not take the answer it has not read yet for a dead connection.
  socketTimeout: 3000,
  connectTimeout: 2000,
  keepAlive: KEEP_ALIVE_MS,
  retryStrategy: reconnectMs,
  maxLoadingRetryTime: LOADING_RETRY_MS,
};
const settings: Record<RedisRole, Omit<RedisOptions, 'replyMapping'>> = {
  commands,
  // Sent again on another connection, WAIT would speak of nothing.
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
 * Opens a connection and waits until it can be used.
 * @param address `redis://`, `rediss://`, `unix:///path/to/socket` or the Sentinel form, see redis-address.ts
 * @throws Error naming the address without its password when Redis does not answer within `readyMs`.
 */
export async function connectRedis(address: string, role: RedisRole, log: Log, readyMs = 10_000): Promise<Redis> {
  const redis = openConnection(redisTarget(address), { ...settings[role], lazyConnect: true });
  if (role !== 'waiting') writeTogether(redis);
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
 * Commands of one tick leave in one write. Each write of its own would reach Redis alone, and with `appendfsync always`
 * would cost a wait for the disk of its own.
 */
function writeTogether(redis: Redis): void {
  const send = redis.sendCommand.bind(redis);
  let held = false;
  redis.sendCommand = (command, stream) => {
    const sink = redis.stream;
    if (!held && redis.status === 'ready') {
      held = true;
      sink.cork();
      process.nextTick(() => {
        held = false;
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
    redis.connect().catch(() => {}); // the retry strategy goes on; `error` has said why
  });
}
