/** Stops all model calls of a site, or of every site, in every process; held in Redis and answered from memory. */
import type { Redis } from 'ioredis';
import type { Log } from '../lib/log.ts';
import type { RedisKeys } from '../store/keys.ts';

export interface KillSwitch {
  isStopped(siteId: string): boolean;
  /** @param site a site's id, or `EVERY_SITE` */
  stop(site: string, reason: string): Promise<void>;
  resume(site: string): Promise<void>;
  /** What is stopped, and why; as Redis knows it now. */
  read(): Promise<ReadonlyMap<string, string>>;
  close(): void;
}

/** No site can have this id. */
export const EVERY_SITE = '*';

/** @param refreshMs how late a switch that another process turned is seen here */
export function createKillSwitch(redis: Redis, keys: RedisKeys, log: Log, refreshMs: number): KillSwitch {
  let stops: ReadonlyMap<string, string> = new Map();
  const read = async () => {
    stops = new Map(Object.entries(await redis.hgetall(keys.stops())));
    return stops;
  };
  /** Without an answer the last known state stands: an outage neither stops nor resumes anything. */
  const refresh = () =>
    void read().catch((error: unknown) => log.debug({ reason: String(error) }, 'kill switch not read'));
  refresh();
  const timer = setInterval(refresh, refreshMs);

  return {
    isStopped: (siteId) => stops.has(EVERY_SITE) || stops.has(siteId),
    async stop(site, reason) {
      await redis.hset(keys.stops(), site, reason);
      await read();
      log.warn({ site, reason }, 'model calls are stopped');
    },
    async resume(site) {
      await redis.hdel(keys.stops(), site);
      await read();
      log.warn({ site }, 'model calls are resumed');
    },
    read,
    close: () => clearInterval(timer),
  };
}
