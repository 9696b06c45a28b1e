/** The forms of `REDIS_URL`, converted to what ioredis accepts. */
import { readFileSync } from 'node:fs';
import type { ClusterNode, RedisOptions } from 'ioredis';

const SINGLE = /^(rediss?|unix):\/\//;
/** `rediss://…?ca=/path/to/ca.crt`: with a certificate authority of one's own. */
const OWN_CA = /^(rediss:\/\/[^?]+)\?ca=([^&]+)$/;
/** `redis+sentinel://[user:password@]host[:port][,host[:port]…]/name[/database]` */
const SENTINEL = /^redis\+sentinel:\/\/(?:([^:@/]*):([^@/]*)@)?([^@/]+)\/([\w.-]+)(?:\/(\d+))?$/;
const SENTINEL_PORT = 26_379;
/** `redis+cluster://[user:password@]host[:port][,host[:port]…]`, or `rediss+cluster://` */
const CLUSTER = /^redis(s?)\+cluster:\/\/(?:([^:@/]*):([^@/]*)@)?([^@/]+)\/?$/;
/** An IPv6 address is in brackets. */
const CLUSTER_NODE = /^(?:\[([0-9a-f:.]+)\]|([\w.-]+))(?::(\d+))?$/i;
const REDIS_PORT = 6379;
const PORT_MAX = 65_535;

type TargetOptions = Omit<RedisOptions, 'replyMapping'>;

export interface ClusterTarget {
  /** Any of its servers; they name the others. */
  readonly nodes: ClusterNode[];
  readonly options: TargetOptions;
}

export function isRedisAddress(address: string): boolean {
  return SINGLE.test(address) || SENTINEL.test(address) || isClusterAddress(address);
}

export function isClusterAddress(address: string): boolean {
  return /^rediss?\+cluster:/.test(address);
}

/** Several servers, without saying whether they are a cluster or Sentinels. */
export function namesSeveralServers(address: string): boolean {
  return /^rediss?:\/\/(?:[^@/]*@)?[^@/]*,[^@/]*(?:\/|$)/.test(address);
}

/** Undefined for an address that is not one of a cluster, or is malformed. */
export function clusterTarget(address: string): ClusterTarget | undefined {
  const [, tls, username, password, hosts] = CLUSTER.exec(address) ?? [];
  const nodes = hosts?.split(',').map((text) => {
    const [, v6, name, port = REDIS_PORT] = CLUSTER_NODE.exec(text) ?? [];
    const host = v6 ?? name;
    return host === undefined || Number(port) > PORT_MAX ? undefined : { host, port: Number(port) };
  });
  const known = nodes?.filter((node) => node !== undefined) ?? [];
  if (known.length === 0 || known.length !== nodes?.length) return undefined;
  return { nodes: known, options: { ...credentials(username, password), ...(tls === '' ? {} : { tls: {} }) } };
}

/** An address, a path or a list of Sentinels. User and password are those of Redis, not of the Sentinels. @throws Error when the file of `ca` can't be read */
export function redisTarget(address: string): string | TargetOptions {
  const [, username, password, hosts, name, db] = SENTINEL.exec(address) ?? [];
  const [, server, authority] = OWN_CA.exec(address) ?? [];
  if (server !== undefined && authority !== undefined) return tlsTarget(new URL(server), decodeURIComponent(authority));
  if (hosts === undefined || name === undefined)
    return address.startsWith('unix://') ? address.slice('unix://'.length) : address;
  return {
    sentinels: hosts.split(',').map((each) => {
      const [host = '', port] = each.split(':');
      return { host, port: port === undefined ? SENTINEL_PORT : Number(port) };
    }),
    name,
    ...credentials(username, password),
    ...(db === undefined ? {} : { db: Number(db) }),
  };
}

/** @throws Error when the file can't be read */
function tlsTarget({ hostname, port, username, password, pathname }: URL, authority: string): TargetOptions {
  return {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port === '' ? REDIS_PORT : Number(port),
    ...credentials(username, password),
    ...(pathname.length > 1 ? { db: Number(pathname.slice(1)) } : {}),
    tls: { ca: readFileSync(authority) },
  };
}

function credentials(username: string | undefined, password: string | undefined): TargetOptions {
  return {
    ...(username ? { username: decodeURIComponent(username) } : {}),
    ...(password ? { password: decodeURIComponent(password) } : {}),
  };
}
