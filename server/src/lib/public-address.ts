/** Decides which addresses the server may call on behalf of others: the public internet only, never its private network. */
import { lookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';
import { phrase } from './phrase.ts';
import { PhrasedError } from './phrased-error.ts';

/** An address that we refuse to call. The message is shown to the administrator. */
export class AddressError extends PhrasedError {
  override readonly name = 'AddressError';
}

/** IANA assigns public IPv6 addresses from this block only. */
const PUBLIC_IPV6 = ipaddr.IPv6.parseCIDR('2000::/3');

/** Also refuses private IPv4 addresses inside IPv6 (mapped, NAT64, 6to4, Teredo) and cloud metadata (link-local). */
export function isPublicAddress(address: string): boolean {
  if (isIP(address) === 0) return false;
  const parsed = ipaddr.parse(address);
  if (parsed.range() !== 'unicast') return false;
  return parsed.kind() === 'ipv4' || parsed.match(PUBLIC_IPV6);
}

/**
 * Host names are checked again when they are resolved (`lookupPublic`).
 * @param privateHosts hosts with their port, such as `wiki.internal:8080`, that may be private and speak plain http
 * @throws AddressError unless the URL is https to a public host, or http(s) to one of `privateHosts`
 */
export function checkedUrl(text: string, privateHosts: readonly string[] = []): { url: URL; isPrivate: boolean } {
  if (!URL.canParse(text))
    throw new AddressError(phrase`"${text}" is not a URL. Use an https:// URL, or the path of a file or folder.`);
  const url = new URL(text);
  const isPrivate = privateHosts.includes(url.host) && /^https?:$/.test(url.protocol);
  const shown = `${url.protocol}//${url.host}`;
  if (url.protocol !== 'https:' && !isPrivate)
    throw new AddressError(phrase`${shown}: the URL must begin with https://`);
  if (url.username !== '' || url.password !== '')
    throw new AddressError(phrase`${shown}: the URL must not contain a user name or password`);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (!isPrivate && isIP(host) !== 0 && !isPublicAddress(host)) throw notPublic(host);
  return { url, isPrivate };
}

/** Resolves a host name and accepts public addresses only, so the connection goes to the address that was checked. */
export const lookupPublic: LookupFunction = (host, options, done) => {
  lookup(host, { ...options, all: true }, (error, addresses) => {
    const found = error ? [] : addresses;
    const problem = error ?? (found.every(({ address }) => isPublicAddress(address)) ? null : notPublic(host));
    const [first] = found;
    if (problem !== null || first === undefined) done(problem ?? notPublic(host), '', 0);
    else if (options.all) done(null, found);
    else done(null, first.address, first.family);
  });
};

function notPublic(host: string): AddressError {
  return new AddressError(
    phrase`${host} is not a public internet address. To reach it, add it to "privateHosts" in the configuration.`,
  );
}
