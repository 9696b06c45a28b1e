/** The forms of `REDIS_URL`, converted to what ioredis accepts. */
import type { RedisOptions } from 'ioredis';

const SINGLE = /^(rediss?|unix):\/\//;
/** `redis+sentinel://[user:password@]host[:port][,host[:port]…]/name[/database]` */
const SENTINEL = /^redis\+sentinel:\/\/(?:([^:@/]*):([^@/]*)@)?([^@/]+)\/([\w.-]+)(?:\/(\d+))?$/;
const SENTINEL_PORT = 26_379;

export function isRedisAddress(address: string): boolean {
  return SINGLE.test(address) || SENTINEL.test(address) || isClusterAddress(address);
}

/** Several servers without Sentinel. */
export function isClusterAddress(address: string): boolean {
  return /^rediss?\+cluster:/.test(address) || /^rediss?:\/\/(?:[^@/]*@)?[^@/]*,[^@/]*(?:\/|$)/.test(address);
}

/** An address, a path or a list of Sentinels. User and password are those of Redis, not of the Sentinels. */
export function redisTarget(address: string): string | Omit<RedisOptions, 'replyMapping'> {
  const [, username, password, hosts, name, db] = SENTINEL.exec(address) ?? [];
  if (hosts === undefined || name === undefined)
    return address.startsWith('unix://') ? address.slice('unix://'.length) : address;
  return {
    sentinels: hosts.split(',').map((each) => {
      const [host = '', port] = each.split(':');
      return { host, port: port === undefined ? SENTINEL_PORT : Number(port) };
    }),
    name,
    ...(username ? { username: decodeURIComponent(username) } : {}),
    ...(password ? { password: decodeURIComponent(password) } : {}),
    ...(db === undefined ? {} : { db: Number(db) }),
  };
}
