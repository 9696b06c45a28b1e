/** Checks Redis: reachable, writable, safe for acknowledged messages, with its replicas, and in step with our clock. */
import { shownUrl } from '../../lib/hide-secrets.ts';
import {
  addressOf,
  isCluster,
  primariesOf,
  primaryOf,
  type Redis,
  type ServerConnection,
} from '../../lib/redis-connection.ts';
import { readDurability } from '../../lib/redis-durability.ts';
import { checkWritable } from '../../lib/redis-writable.ts';
import { PARTITIONS } from '../../store/partition.ts';
import type { Finding } from './report.ts';

export interface RedisNeeds {
  readonly address: string;
  readonly replicas: number;
  readonly production: boolean;
  /** A key that the check may write. */
  readonly key: (partition?: number) => string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** Identity tokens are valid for ten minutes at most; the clock of a message is seen by people. */
const CLOCK_WARNING_MS = 2_000;
const CLOCK_FAULT_MS = 60_000;

const REMEDIES: readonly (readonly [RegExp, string])[] = [
  [
    /NOAUTH|WRONGPASS|invalid (?:username-)?password/i,
    'Put the user and password into REDIS_URL: redis://user:password@host:6379.',
  ],
  [/ENOTFOUND|EAI_AGAIN/, 'Check the host in REDIS_URL for a typing error, and that the DNS of this server knows it.'],
  [/ECONNREFUSED|ENOENT/, 'Start Redis, or correct REDIS_URL. In a container, localhost is the container itself.'],
  [/CERT|SSL|TLS|self.signed/i, 'Check the certificate of Redis. For a private authority set NODE_EXTRA_CA_CERTS.'],
];

/** What to do about a Redis that could not be connected. */
export function unreachableRedis(address: string, error: unknown): Finding {
  const reason = error instanceof Error ? error.message : String(error);
  return {
    area: 'redis',
    level: 'fault',
    subject: 'connection',
    found: reason,
    asked: shownUrl(address),
    fix: REMEDIES.find(([pattern]) => pattern.test(reason))?.[1] ?? 'Check REDIS_URL, and the log of Redis.',
  };
}

/** Never rejects. */
export async function checkRedis(redis: Redis, needs: RedisNeeds): Promise<Finding[]> {
  const about = { area: 'redis', asked: shownUrl(needs.address) } as const;
  try {
    return [
      ...(await storageOf(redis, needs)).map((finding) => ({ ...about, ...finding })),
      await clockOf(redis, needs),
    ];
  } catch (error) {
    return [unreachableRedis(needs.address, error)];
  }
}

async function storageOf(redis: Redis, { replicas, production, key }: RedisNeeds): Promise<Omit<Finding, 'area'>[]> {
  const servers = primariesOf(redis);
  const refused = (await Promise.all(servers.map((server) => refusalOf(redis, server, key)))).find(Boolean);
  const { lossy, warnings } = await readDurability(redis);
  const replicasOf = async (server: ServerConnection) =>
    Number(/connected_slaves:(\d+)/.exec(await server.info('replication'))?.[1] ?? 0);
  const connected = Math.min(...(await Promise.all(servers.map(replicasOf))));
  const ofEach = servers.length > 1 ? ' to a server' : '';
  return [
    refused === undefined
      ? {
          level: 'ok',
          subject: 'connection',
          found: isCluster(redis)
            ? `a cluster of ${servers.length} servers that answer and accept writes`
            : 'answers, and accepts writes',
        }
      : { level: 'fault', subject: 'writes', found: 'refuses to write', fix: refused },
    ...warnings.map((warning) => {
      const [found = '', fix = ''] = warning.split('; ');
      const level = production && lossy ? 'fault' : 'warning';
      return { level, subject: 'durability', found, fix: fix === '' ? found : `${fix}.` } as const;
    }),
    ...(connected < replicas
      ? [
          {
            level: 'fault',
            subject: 'replicas',
            found: `${connected} connected${ofEach}, but REDIS_REPLICAS is ${replicas}, so every message is refused`,
            fix: 'Connect the replicas, or lower REDIS_REPLICAS.',
          } as const,
        ]
      : []),
  ];
}

/** Undefined when the server accepts a write, or holds no partition. */
async function refusalOf(redis: Redis, server: ServerConnection, key: RedisNeeds['key']): Promise<string | undefined> {
  const partitions = Array.from({ length: PARTITIONS }, (_, partition) => partition);
  const keys = isCluster(redis) ? partitions.map(key) : [key()];
  const own = keys.find((each) => primaryOf(redis, each) === server);
  return own === undefined
    ? undefined
    : checkWritable(redis, own).then(
        () => undefined,
        (error: unknown) => (error instanceof Error ? error.message : String(error)),
      );
}

async function clockOf(redis: Redis, { now, address }: RedisNeeds): Promise<Finding> {
  const servers = await Promise.all(
    primariesOf(redis).map(async (server) => ({ server, aheadMs: await readAheadMs(server, now) })),
  );
  const worst = servers.toSorted((one, other) => Math.abs(other.aheadMs) - Math.abs(one.aheadMs))[0];
  const { aheadMs } = worst ?? { aheadMs: 0 };
  const apartMs = Math.abs(aheadMs);
  const which = worst !== undefined && isCluster(redis) ? ` ${addressOf(worst.server)}` : '';
  const found = `${apartMs} ms ${aheadMs >= 0 ? 'ahead of' : 'behind'} Redis${which}`;
  const about = { area: 'clock', subject: 'this server', asked: shownUrl(address) } as const;
  if (apartMs < CLOCK_WARNING_MS) return { ...about, level: 'ok', found };
  return {
    ...about,
    level: apartMs < CLOCK_FAULT_MS ? 'warning' : 'fault',
    found,
    fix: 'Synchronise the clocks of both machines, for example with chrony or systemd-timesyncd.',
  };
}

/** How far this machine's clock is ahead. */
async function readAheadMs(server: ServerConnection, now: () => number): Promise<number> {
  const before = now();
  const [seconds, micros] = await server.time();
  const between = (before + now()) / 2;
  return Math.round(between - (Number(seconds) * 1000 + Number(micros) / 1000));
}
