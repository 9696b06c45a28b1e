/** Which addresses a URL that somebody gave us may lead to: the public internet, never this machine's own network. */
import { lookup } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { KnowledgeError } from './knowledge-error.ts';

/** Everything that IANA keeps from the public internet, cloud metadata (link-local) among it. */
const NOT_PUBLIC = new BlockList();
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const)
  NOT_PUBLIC.addSubnet(network, prefix, 'ipv4');
/** Only 2000::/3 is handed out; what tunnels IPv4 inside of it could hide a private address. */
const PUBLIC_IPV6 = new BlockList();
PUBLIC_IPV6.addSubnet('2000::', 3, 'ipv6');
for (const [network, prefix] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
] as const)
  NOT_PUBLIC.addSubnet(network, prefix, 'ipv6');

export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !NOT_PUBLIC.check(address, 'ipv4');
  return family === 6 && PUBLIC_IPV6.check(address, 'ipv6') && !NOT_PUBLIC.check(address, 'ipv6');
}

/** Loopback in plain words only, as an operator types it on purpose: `127.1` and the like mean to hide it. */
const LOOPBACK = /^https?:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?:[:/?#]|$)/i;

/**
 * @throws KnowledgeError unless it is https to a public host, or http(s) to loopback by name; a name is looked at again
 *   when it is resolved
 */
export function checkedUrl(text: string): { url: URL; loopback: boolean } {
  if (!URL.canParse(text)) throw new KnowledgeError(`${text}: is not an address`);
  const url = new URL(text);
  const loopback = LOOPBACK.test(text);
  const shown = `${url.protocol}//${url.host}`;
  if (url.protocol !== 'https:' && !(loopback && url.protocol === 'http:'))
    throw new KnowledgeError(`${shown}: must begin with https://`);
  if (url.username !== '' || url.password !== '')
    throw new KnowledgeError(`${shown}: must not hold a name or password`);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (!loopback && isIP(host) !== 0 && !isPublicAddress(host)) throw notPublic(host);
  return { url, loopback };
}

/** Resolves as usual but hands on only public addresses, so that what was checked is what is connected to. */
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

function notPublic(host: string): KnowledgeError {
  return new KnowledgeError(`${host}: is not on the public internet`);
}
