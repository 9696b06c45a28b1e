/** Tells from which address a request comes, and under which addresses limits count it. */
import type { IncomingMessage } from 'node:http';
import ipaddr from 'ipaddr.js';
import proxyAddr from 'proxy-addr';

export interface ClientAddress {
  /** For logs and records; an IPv4 address inside of IPv6 is written as IPv4. */
  readonly ip: string;
  /** An IPv4 address, or the /64 of an IPv6 address: a single machine may use every address of it. */
  readonly counted: string;
  /** The /48 of an IPv6 address, which one customer of a provider may have; for IPv4 the same as `counted`. */
  readonly network: string;
  /** A trusted proxy forwarded the request, so its other headers, such as the country, can be trusted as well. */
  readonly viaProxy: boolean;
}

export type ClientAddressOf = (request: IncomingMessage) => ClientAddress;

/** Requests whose connection is gone already count together. */
const UNKNOWN = 'unknown';

/** @param trustProxy the proxies whose `X-Forwarded-For` counts, as Express reads them */
export function createClientAddress(trustProxy: boolean | number | string): ClientAddressOf {
  const isTrusted = trustOf(trustProxy);
  /** A connection that has closed no longer knows its peer. */
  const known = new WeakMap<IncomingMessage, ClientAddress>();
  const read: ClientAddressOf = (request) => {
    const { remoteAddress: peer } = request.socket;
    if (peer === undefined) return { ip: UNKNOWN, counted: UNKNOWN, network: UNKNOWN, viaProxy: false };
    // From the peer to the first address that is no trusted proxy; everything before that is the client's own claim.
    const path = proxyAddr.all(request, isTrusted);
    const ip = path.map(readAddress).findLast((address) => address !== undefined);
    return { ...networksOf(ip), viaProxy: isTrusted(peer, 0) };
  };
  return (request) => {
    const found = known.get(request) ?? read(request);
    known.set(request, found);
    return found;
  };
}

function trustOf(setting: boolean | number | string): (address: string, hop: number) => boolean {
  if (typeof setting === 'boolean') return () => setting;
  if (typeof setting === 'number') return (_address, hop) => hop < setting;
  return proxyAddr.compile(setting.split(/ *, */));
}

/** Some proxies add the port. Undefined for anything that is no address, such as `unknown`. */
function readAddress(text: string): ipaddr.IPv4 | ipaddr.IPv6 | undefined {
  const address = text
    .trim()
    .replace(/^\[([^\]]*)\](?::\d+)?$/, '$1')
    .replace(/^([\d.]+):\d+$/, '$1');
  return ipaddr.isValid(address) ? ipaddr.process(address) : undefined;
}

function networksOf(address: ipaddr.IPv4 | ipaddr.IPv6 | undefined): Omit<ClientAddress, 'viaProxy'> {
  if (address === undefined) return { ip: UNKNOWN, counted: UNKNOWN, network: UNKNOWN };
  const ip = address.toString();
  if (!(address instanceof ipaddr.IPv6)) return { ip, counted: ip, network: ip };
  const first = (groups: number) =>
    `${new ipaddr.IPv6(address.parts.map((part, index) => (index < groups ? part : 0)))}/${groups * 16}`;
  return { ip, counted: first(4), network: first(3) };
}
