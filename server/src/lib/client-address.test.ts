import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { expect, test } from 'vitest';
import { createClientAddress } from './client-address.ts';

function requestFrom(peer: string | undefined, forwarded?: string) {
  const peerOf = { remoteAddress: { value: peer, configurable: true } };
  const request = new IncomingMessage(Object.defineProperties(new Socket(), peerOf));
  if (forwarded !== undefined) request.headers['x-forwarded-for'] = forwarded;
  return request;
}
const from = (peer: string | undefined, forwarded?: string, trustProxy: boolean | number | string = false) =>
  createClientAddress(trustProxy)(requestFrom(peer, forwarded));

test.each([
  ['203.0.113.7', '203.0.113.7', '203.0.113.7'],
  ['::ffff:203.0.113.7', '203.0.113.7', '203.0.113.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64', '2001:db8:1::/48'],
  ['2001:db8:1:2:ffff::1', '2001:db8:1:2::/64', '2001:db8:1::/48'],
  ['2001:db8:1:3::1', '2001:db8:1:3::/64', '2001:db8:1::/48'],
  ['fe80::1%eth0', 'fe80::/64', 'fe80::/48'],
  ['::1', '::/64', '::/48'],
])('%s counts as %s, and widely as %s', (peer, counted, network) => {
  expect(from(peer)).toMatchObject({ counted, network });
});

test.each([
  ['no proxy is trusted', '203.0.113.7', '198.51.100.1', false, '203.0.113.7'],
  ['the client is no trusted proxy', '203.0.113.7', '198.51.100.1', 'loopback, 10.0.0.0/8', '203.0.113.7'],
  ['the client forges more than the proxy adds', '10.0.0.2', '198.51.100.1, 203.0.113.7', 1, '203.0.113.7'],
  ['the client names a trusted address', '10.0.0.2', '10.9.9.9, 203.0.113.7', '10.0.0.0/8', '203.0.113.7'],
])('a forged X-Forwarded-For counts for nothing where %s', (_where, peer, forwarded, trust, counted) => {
  expect(from(peer, forwarded, trust).counted).toBe(counted);
});

test.each([
  ['a number of proxies', '10.0.0.2', '198.51.100.1, 203.0.113.7, 10.0.0.9', 2, '203.0.113.7'],
  ['their subnet', '::ffff:10.0.0.2', '203.0.113.7, 10.0.0.9', '10.0.0.0/8', '203.0.113.7'],
  ['a proxy that adds the port', '10.0.0.2', '203.0.113.7:50123', 1, '203.0.113.7'],
  ['a proxy that adds the port to IPv6', '10.0.0.2', '[2001:db8::9]:443', 1, '2001:db8::/64'],
  ['a proxy that names no address', '10.0.0.2', 'unknown', 1, '10.0.0.2'],
])('the address is read from %s', (_what, peer, forwarded, trust, counted) => {
  expect(from(peer, forwarded, trust).counted).toBe(counted);
});

test('other headers are trusted from a proxy only', () => {
  expect(from('203.0.113.7', undefined, '10.0.0.0/8').viaProxy).toBe(false);
  expect(from('10.0.0.2', undefined, '10.0.0.0/8').viaProxy).toBe(true);
});

test('the address stays known after the connection has closed', () => {
  const request = requestFrom('203.0.113.7');
  const addressOf = createClientAddress(false);
  addressOf(request);
  Object.defineProperty(request.socket, 'remoteAddress', { value: undefined });
  expect(addressOf(request).counted).toBe('203.0.113.7');
  expect(from(undefined).counted).toBe('unknown');
});
