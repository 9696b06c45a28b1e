/** Rewrites what an older version stored, once, before anything reads it. */
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { ChainableCommander } from 'ioredis';
import type { Log } from '../lib/log.ts';
import { isCluster, type Redis } from '../lib/redis-connection.ts';
import type { RedisKeys } from './keys.ts';
import { currentName, upgradeEvent, upgradeRun, upgradeTicketRecord } from './stored-names.ts';

/**
 * The format that this version reads and writes. Format 1 had no version key; format 3 renamed a triage handling; format 4
 * renamed the keys of conversations, whose hash tag became the partition.
 */
export const DATA_FORMAT = 4;
/** Written with the first conversation that leaves Redis: versions that don't know cold conversations must not start any more. */
export const COLD_FORMAT = 5;

export interface DataUpgradeSettings {
  /** Redis keys looked at in one step. */
  readonly step?: number;
  /** A process that dies while it upgrades holds the others up for at most this long. */
  readonly lockMs?: number;
}

const STEP = 500;
const LOCK_MS = 10_000;
const WAIT_MS = 100;
const REPORT_MS = 2000;

/**
 * Resolves once the stored data has the current format. On data that has it already this costs one GET. Processes that
 * start together wait for the one that upgrades. An interrupted upgrade is completed by the next start: rewriting
 * what is current changes nothing.
 * @throws Error when a newer version has written the data
 */
export async function upgradeStoredData(
  redis: Redis,
  keys: RedisKeys,
  log: Log,
  { step = STEP, lockMs = LOCK_MS }: DataUpgradeSettings = {},
): Promise<void> {
  // No format before this one was ever stored in a cluster.
  if (isCluster(redis)) await redis.set(keys.dataFormat(), DATA_FORMAT, 'NX');
  const token = randomUUID();
  while (!(await isCurrent(redis, keys))) {
    if ((await redis.set(keys.dataUpgradeLock(), token, 'PX', lockMs, 'NX')) === 'OK')
      await upgrade(redis, keys, log, { step, lockMs, token });
    else await pause(WAIT_MS);
  }
}

async function isCurrent(redis: Redis, keys: RedisKeys): Promise<boolean> {
  const stored = Number((await redis.get(keys.dataFormat())) ?? 1);
  if (stored > COLD_FORMAT)
    throw new Error(
      `Stored data has format ${stored}, and this version reads up to ${COLD_FORMAT}. Start the version that wrote it, or a newer one.`,
    );
  return stored >= DATA_FORMAT;
}

async function upgrade(
  redis: Redis,
  keys: RedisKeys,
  log: Log,
  { step, lockMs, token }: { step: number; lockMs: number; token: string },
): Promise<void> {
  const lock = keys.dataUpgradeLock();
  /** Written only while the lock is ours: a process that was suspended must not overwrite what came after it. */
  const write = async (commands: (batch: ChainableCommander) => void) => {
    await redis.watch(lock);
    if ((await redis.get(lock)) !== token) {
      await redis.unwatch();
      return false;
    }
    const batch = redis.multi();
    commands(batch);
    return (await batch.pexpire(lock, lockMs).exec()) !== null;
  };

  let cursor = '0';
  let looked = 0;
  let rewritten = 0;
  let left = 0;
  let reportAt = Date.now() + REPORT_MS;
  do {
    const [next, found] = await redis.scan(cursor, 'MATCH', keys.allTagged(), 'COUNT', step);
    const changes = await Promise.all(found.map((key) => changesOf(redis, keys, key)));
    const rewrites = changes.flatMap((change) => (change === 'left' ? [] : change));
    const isOurs = await write((batch) => {
      for (const rewrite of rewrites) rewrite(batch);
    });
    if (!isOurs) return; // another process has taken over
    cursor = next;
    looked += found.length;
    rewritten += changes.filter((change) => change !== 'left' && change.length > 0).length;
    left += changes.filter((change) => change === 'left').length;
    if (Date.now() < reportAt) continue;
    reportAt = Date.now() + REPORT_MS;
    log.info({ format: DATA_FORMAT, looked, rewritten }, 'upgrading stored data');
  } while (cursor !== '0');

  if (left > 0)
    log.warn(
      { left, fix: 'Stop every process of the version before, then start this one.' },
      'leaving data that an older version wrote during the upgrade',
    );
  const isDone = await write((batch) => {
    batch.set(keys.dataFormat(), DATA_FORMAT).del(lock);
  });
  if (isDone && rewritten > 0) log.info({ format: DATA_FORMAT, looked, rewritten }, 'upgraded stored data');
}

type Rewrite = (batch: ChainableCommander) => void;

/** What brings one key up to date; `left` where an older version still writes beside this one, under the former name. */
async function changesOf(redis: Redis, keys: RedisKeys, key: string): Promise<Rewrite[] | 'left'> {
  const name = keys.currentName(key);
  if (name !== key && (await redis.exists(name)) === 1) return 'left';
  const rewrite = await rewriteOf(redis, keys, key, name);
  return [...(name === key ? [] : [(batch: ChainableCommander) => batch.renamenx(key, name)]), ...(rewrite ?? [])];
}

/** What brings the content of one key up to date, once it has its current name; undefined when it is current. */
async function rewriteOf(redis: Redis, keys: RedisKeys, stored: string, key: string): Promise<Rewrite[] | undefined> {
  if (keys.conversationOfHead(key) !== undefined) {
    const handler = await redis.hget(stored, 'handler');
    if (handler === null) return undefined;
    return [(batch) => batch.hsetnx(key, 'responder', currentName(handler)).hdel(key, 'handler')];
  }
  switch (keys.ticketPartOf(key)) {
    case 'ticket': {
      const record = await redis.hget(stored, 'record');
      const current = record === null ? record : rewriteJson(record, upgradeTicketRecord);
      return current === record || current === null ? undefined : [(batch) => batch.hset(key, 'record', current)];
    }
    case 'events': {
      const events = await redis.lrange(stored, 0, -1);
      const changed = [...events.entries()].flatMap(([at, event]) => {
        const current = rewriteJson(event, upgradeEvent);
        return current === event ? [] : [{ at, current }];
      });
      if (changed.length === 0) return undefined;
      return changed.map(
        ({ at, current }) =>
          (batch) =>
            batch.lset(key, at, current),
      );
    }
    case 'effects':
      return rewriteFields(await redis.hgetall(stored), key, currentName);
    case 'runs':
      return rewriteFields(await redis.hgetall(stored), key, (run) => rewriteJson(run, upgradeRun));
    default:
      return undefined;
  }
}

function rewriteFields(
  fields: Readonly<Record<string, string>>,
  key: string,
  change: (value: string) => string,
): Rewrite[] | undefined {
  const changed = Object.entries(fields).flatMap(([field, value]) => {
    const current = change(value);
    return current === value ? [] : [[field, current] as const];
  });
  return changed.length === 0 ? undefined : [(batch) => batch.hset(key, new Map(changed))];
}

function rewriteJson(json: string, change: (value: unknown) => unknown): string {
  const before: unknown = JSON.parse(json);
  const after = change(before);
  return JSON.stringify(after) === JSON.stringify(before) ? json : JSON.stringify(after);
}
