/** The forms of `REDIS_URL`, converted to what ioredis accepts. */
import { readFileSync } from 'node:fs';
import type { RedisOptions } from 'ioredis';

const SINGLE = /^(rediss?|unix):\/\//;
/** `rediss://…?ca=/path/to/ca.crt`: with a certificate authority of one's own. */
const OWN_CA = /^(rediss:\/\/[^?]+)\?ca=([^&]+)$/;
/** `redis+sentinel://[user:password@]host[:port][,host[:port]…]/name[/database][?parameters]`, or `rediss+sentinel://` */
const SENTINEL = /^redis(s?)\+sentinel:\/\/(?:([^:@/]*):([^@/]*)@)?([^@/]+)\/([\w.-]+)(?:\/(\d+))?(?:\?(.*))?$/;
/** Of TLS, and of the Sentinels themselves. */
const SENTINEL_PARAMETERS = ['ca', 'sentinelUser', 'sentinelPassword'];
const SENTINEL_PORT = 26_379;
/** `redis+cluster://[user:password@]host[:port][,host[:port]…]`, or `rediss+cluster://…[?ca=/path/to/ca.crt]` */
const CLUSTER = /^redis(s?)\+cluster:\/\/(?:([^:@/]*):([^@/]*)@)?([^@/?]+)\/?(?:\?ca=([^&]+))?$/;
/** An IPv6 address is in brackets. */
const CLUSTER_NODE = /^(?:\[([0-9a-f:.]+)\]|([\w.-]+))(?::(\d+))?$/i;
const REDIS_PORT = 6379;
const PORT_MAX = 65_535;

type TargetOptions = Omit<RedisOptions, 'replyMapping'>;

export interface ClusterTarget {
  /** Any of its servers; they name the others. */
  readonly nodes: { readonly host: string; readonly port: number }[];
  readonly account: Pick<RedisOptions, 'username' | 'password'>;
  /** Undefined without TLS; `authority` is the file of one's own certificate authority. */
  readonly tls: { readonly authority?: string } | undefined;
}

export function isRedisAddress(address: string): boolean {
  return SINGLE.test(address) || isSentinelAddress(address) || isClusterAddress(address);
}

function isSentinelAddress(address: string): boolean {
  const [, tls, , , , , , query] = SENTINEL.exec(address) ?? [];
  if (tls === undefined) return false;
  const given = [...new URLSearchParams(query ?? '').keys()];
  return given.every((name) => SENTINEL_PARAMETERS.includes(name) && (name !== 'ca' || tls !== ''));
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
  const [, tls, username, password, hosts, ca] = CLUSTER.exec(address) ?? [];
  const nodes = hosts?.split(',').map((text) => {
    const [, v6, name, port = REDIS_PORT] = CLUSTER_NODE.exec(text) ?? [];
    const host = v6 ?? name;
    return host === undefined || Number(port) > PORT_MAX ? undefined : { host, port: Number(port) };
  });
  const known = nodes?.filter((node) => node !== undefined) ?? [];
  if (known.length === 0 || known.length !== nodes?.length) return undefined;
  if (ca !== undefined && tls === '') return undefined;
  return {
    nodes: known,
    account: credentials(username, password),
    tls: tls === '' ? undefined : ca === undefined ? {} : { authority: decodeURIComponent(ca) },
  };
}

/** An address, a path or a list of Sentinels. @throws Error when the file of `ca` can't be read */
export function redisTarget(address: string): string | TargetOptions {
  const [, server, authority] = OWN_CA.exec(address) ?? [];
  if (server !== undefined && authority !== undefined) return tlsTarget(new URL(server), decodeURIComponent(authority));
  if (address.startsWith('unix://')) return address.slice('unix://'.length);
  return sentinelTarget(address) ?? address;
}

/** User and password before the hosts are those of Redis. */
function sentinelTarget(address: string): TargetOptions | undefined {
  const [, tls, username, password, hosts, name, db, query] = SENTINEL.exec(address) ?? [];
  if (hosts === undefined || name === undefined) return undefined;
  const parameters = new URLSearchParams(query ?? '');
  const [user, secret] = [parameters.get('sentinelUser'), parameters.get('sentinelPassword')];
  return {
    sentinels: hosts.split(',').map((each) => {
      const [host = '', port] = each.split(':');
      return { host, port: port === undefined ? SENTINEL_PORT : Number(port) };
    }),
    name,
    ...credentials(username, password),
    ...(user === null ? {} : { sentinelUsername: user }),
    ...(secret === null ? {} : { sentinelPassword: secret }),
    ...(tls === '' ? {} : sentinelTls(parameters.get('ca') ?? undefined)),
    ...(db === undefined ? {} : { db: Number(db) }),
  };
}

/** Of Redis and of its Sentinels. */
function sentinelTls(authority?: string): TargetOptions {
  const tls = tlsOptions(authority);
  return { tls, enableTLSForSentinelMode: true, sentinelTLS: tls };
}

/** @throws Error when the file can't be read */
export function tlsOptions(authority?: string) {
  return authority === undefined ? {} : { ca: readFileSync(authority) };
}

/** @throws Error when the file can't be read */
function tlsTarget({ hostname, port, username, password, pathname }: URL, authority: string): TargetOptions {
  return {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port === '' ? REDIS_PORT : Number(port),
    ...credentials(username, password),
    ...(pathname.length > 1 ? { db: Number(pathname.slice(1)) } : {}),
    tls: tlsOptions(authority),
  };
}

function credentials(username: string | undefined, password: string | undefined): ClusterTarget['account'] {
  return {
    ...(username ? { username: decodeURIComponent(username) } : {}),
    ...(password ? { password: decodeURIComponent(password) } : {}),
  };
}
