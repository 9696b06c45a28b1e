/** Schemas of addresses in the settings. Each message continues the sentence that begins with the name and the value. */
import { isIP } from 'node:net';
import { z } from 'zod';
import { baseUrlFault, normaliseBaseUrl } from '../gateway/chat-address.ts';
import { serversOf } from '../lib/postgres-servers.ts';
import { clusterTarget, isClusterAddress, isRedisAddress, namesSeveralServers } from '../lib/redis-address.ts';
import { repairAddress } from './endpoint-values.ts';

const PORT_MAX = 65_535;
const LOOPBACK = /^(?:localhost|127\.0\.0\.1|\[::1\])$/;
const PROXY_NAMES = ['loopback', 'linklocal', 'uniquelocal'];

/** What every address of a server needs. */
function urlFault(value: string): string | undefined {
  if (!/^https?:\/\//i.test(value))
    return 'does not begin with http:// or https://. Begin it with https://, or with http:// for a local server';
  if (/\s/.test(value) || !URL.canParse(value)) return 'is not a valid URL. Check it for spaces and typing errors';
  const { username, password } = new URL(value);
  return username !== '' || password !== '' ? 'contains a user or password. Remove them from the address' : undefined;
}

function publicUrlFault(value: string): string | undefined {
  return (
    urlFault(value) ??
    (/[?#]/.test(value) ? 'has a query or a fragment. Remove everything from the first "?" or "#"' : undefined)
  );
}

function endpointFault(given: string): string | undefined {
  const { value } = repairAddress(given);
  return (
    urlFault(value) ??
    (value.includes('#') ? 'has a fragment. Remove everything from the "#"' : undefined) ??
    baseUrlFault(value)
  );
}

const checked = (faultOf: (value: string) => string | undefined) =>
  z.string().check(({ value, issues }) => {
    const message = faultOf(value);
    if (message !== undefined) issues.push({ code: 'custom', input: value, message });
  });

/** May have a path: the server is then reached below it. */
export const publicUrlSchema = checked(publicUrlFault).transform((url) => url.replace(/\/+$/, ''));
/** Of a single call or file of another service. */
export const serviceUrlSchema = checked(urlFault);
/** Base URL of an OpenAI-compatible API. */
export const baseUrlSchema = checked(endpointFault).transform((given) => normaliseBaseUrl(repairAddress(given).value));

function issuerFault(value: string): string | undefined {
  const fault = publicUrlFault(value);
  if (fault !== undefined) return fault;
  const { protocol, hostname } = new URL(value);
  return protocol === 'https:' || LOOPBACK.test(hostname)
    ? undefined
    : 'does not begin with https://. Use https://; plain http is accepted for localhost only';
}

/** The issuer of an OpenID Connect provider, exactly as it names itself. */
export const issuerSchema = checked(issuerFault);

/** As other programs read it: a host without a scheme is an HTTP proxy. */
export const proxySchema = z
  .string()
  .transform((value) => (/^[\w.-]+:\d+\/?$/.test(value) ? `http://${value}` : value))
  .refine(
    (value) => /^(?:https?|socks5?):\/\/[^/]/.test(value) && URL.canParse(value),
    'is not the address of a proxy. Use http://host:port, with user:password@ before the host where it needs them',
  );

function redisFault(value: string): string | undefined {
  if (!isRedisAddress(value))
    return 'is not a Redis address. Begin it with redis://, rediss://, unix://, redis+sentinel:// or redis+cluster://';
  if (/\s/.test(value)) return 'contains a space. Remove it, or write a space in a password as %20';
  if (namesSeveralServers(value))
    return (
      'names several servers. Begin it with redis+cluster:// if they are a cluster, or name their Sentinels as ' +
      'redis+sentinel://host:26379,host:26379/name'
    );
  if (Number(/^rediss?:.*:(\d+)(?:[/?]|$)/.exec(value)?.[1] ?? 0) > PORT_MAX)
    return `has a port above ${PORT_MAX}. Redis usually listens on 6379`;
  return isClusterAddress(value) ? clusterFault(value) : undefined;
}

function clusterFault(value: string): string | undefined {
  if (/\/\w+$/.test(value.replace(/^.*:\/\//, '').replace(/\?.*$/, '')))
    return 'names a database, but a cluster has only one. Remove the last "/" and what follows it';
  return clusterTarget(value) === undefined
    ? 'is not the address of a cluster. Name at least one of its servers, as in redis+cluster://user:password@host:6379,host:6379'
    : undefined;
}

export const redisUrlSchema = checked(redisFault);

/** `postgres://user@/name?host=/folder` names a unix socket; other programs' parsers reject its empty host. */
const databaseUrlOf = (value: string) => {
  const complete = value.replace('@/', '@socket/');
  return URL.canParse(complete) ? new URL(complete) : undefined;
};

function databaseFault(value: string): string | undefined {
  if (!/^postgres(?:ql)?:\/\//.test(value))
    return 'is not the address of a PostgreSQL. Begin it with postgres://, as in postgres://user:password@host:5432/name';
  if (/\s/.test(value)) return 'contains a space. Remove it, or write a space in a password as %20';
  const servers = serversOf(value);
  if (servers.length > 1 && servers.some((server) => /(?:@|\/\/)(?::\d*)?(?:[/?]|$)/.test(server)))
    return 'names a server without a host. Separate them by one comma, as in postgres://user:password@db-1:5432,db-2:5432/name';
  const urls = servers.map(databaseUrlOf);
  if (urls.includes(undefined))
    return 'is not a valid URL. Write special characters of the password encoded, such as %40 for @ and %2F for /, and use a port up to 65535';
  return urls.every((url) => url !== undefined && url.pathname.length > 1)
    ? undefined
    : 'names no database. End it with its name, as in postgres://user:password@host:5432/firstword';
}

export const databaseUrlSchema = checked(databaseFault);

export const smtpUrlSchema = z
  .string()
  .refine(
    (value) => /^smtps?:\/\//.test(value) && URL.canParse(value) && new URL(value).hostname !== '',
    'is not the address of a mail server. Use smtp://user:password@host:587, or smtps:// for implicit TLS',
  );

export const hostSchema = z
  .string()
  .refine(
    (value) => isIP(value) !== 0 || /^[a-z0-9]([\w.-]*[a-z0-9])?$/i.test(value),
    'is not a host name or an IP address. Use 127.0.0.1, or 0.0.0.0 for all interfaces; the port is set by PORT',
  );

/** As Express reads it: how many proxies to trust, or which. */
export const trustProxySchema = z
  .string()
  .default('false')
  .refine(
    (value) => /^(?:true|false|\d+)$/.test(value) || value.split(/ *, */).every(isProxy),
    'is not a proxy. Use the number of proxies in front, such as 1, or their IP addresses or subnets, such as 10.0.0.0/8',
  )
  .transform((value) =>
    value === 'false' ? false : /^\d+$/.test(value) ? Number(value) : value === 'true' ? true : value,
  );

function isProxy(value: string): boolean {
  const [address = '', range, ...rest] = value.split('/');
  if (PROXY_NAMES.includes(value)) return true;
  if (isIP(address) === 0 || rest.length > 0) return false;
  const bits = isIP(address) === 4 ? 32 : 128;
  return (
    range === undefined ||
    isIP(range) === isIP(address) ||
    (/^\d+$/.test(range) && Number(range) >= 1 && Number(range) <= bits)
  );
}
