/** Schemas of addresses in the settings. Each message continues the sentence that begins with the name and the value. */
import { isIP } from 'node:net';
import { z } from 'zod';
import { isClusterAddress, isRedisAddress } from './lib/redis-address.ts';

const PORT_MAX = 65_535;
const PROXY_NAMES = ['loopback', 'linklocal', 'uniquelocal'];

function httpUrlFault(value: string): string | undefined {
  if (!/^https?:\/\//i.test(value))
    return 'does not begin with http:// or https://. Begin it with https://, or with http:// for a local server';
  if (/\s/.test(value) || !URL.canParse(value)) return 'is not a valid URL. Check it for spaces and typing errors';
  const { username, password, search, hash } = new URL(value);
  if (username !== '' || password !== '') return 'contains a user or password. Remove them from the address';
  if (search !== '' || hash !== '') return 'has a query or a fragment. Remove everything from the first "?" or "#"';
  return undefined;
}

function baseUrlFault(value: string): string | undefined {
  const base = value.replace(/\/+$/, '');
  const path = /\/(?:chat\/)?completions$/.exec(base)?.[0];
  if (path === undefined) return httpUrlFault(value);
  return `ends with ${path}, which is added to each request. Use ${base.slice(0, -path.length)}`;
}

const httpUrl = (faultOf: (value: string) => string | undefined) =>
  z
    .string()
    .check(({ value, issues }) => {
      const message = faultOf(value);
      if (message !== undefined) issues.push({ code: 'custom', input: value, message });
    })
    .transform((url) => url.replace(/\/+$/, ''));

/** May have a path: the server is then reached below it. */
export const publicUrlSchema = httpUrl(httpUrlFault);
/** Base URL of an OpenAI-compatible API. */
export const baseUrlSchema = httpUrl(baseUrlFault);

export const redisUrlSchema = z
  .string()
  .refine(isRedisAddress, 'is not a Redis address. Begin it with redis://, rediss://, unix:// or redis+sentinel://')
  .refine(
    (value) => !isClusterAddress(value),
    'names a Redis Cluster, which is not supported: queues and totals span its slots. Use one Redis, or Sentinel as ' +
      'redis+sentinel://host:26379,host:26379/name',
  )
  .refine((value) => !/\s/.test(value), 'contains a space. Remove it, or write a space in a password as %20')
  .refine(
    (value) => Number(/^rediss?:.*:(\d+)(?:[/?]|$)/.exec(value)?.[1] ?? 0) <= PORT_MAX,
    `has a port above ${PORT_MAX}. Redis usually listens on 6379`,
  );

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
