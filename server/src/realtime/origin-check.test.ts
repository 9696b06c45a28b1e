import { expect, test } from 'vitest';
import { createOriginCheck, originOf } from './origin-check.ts';

const site = { allowedOrigins: ['https://shop.example', 'http://localhost:3000'] };
const { allows } = createOriginCheck(() => false);

test.each(site.allowedOrigins)('a page of %s, which the site allows, may open a socket', (origin) => {
  expect(allows(site, origin)).toBe(true);
});

test('a client without an origin is refused', () => {
  expect(allows(site, undefined)).toBe(false);
  expect(allows(site, '')).toBe(false);
});

test.each([
  'null',
  'https://evil.example',
  'https://shop.example.evil.example',
  'https://evil-shop.example',
  'https://sub.shop.example',
  'https://shop.example:8443',
  'http://shop.example',
  'https://shop.example/',
  'https://SHOP.example',
  'https://shop.example.',
  'https://shop.example@evil.example',
  'https://sh\u043ep.example', // a Cyrillic letter that looks like the Latin one
])('%s is not an allowed origin', (origin) => {
  expect(allows(site, origin)).toBe(false);
});

test.each(['*', 'https://*', 'https://*.shop.example'])(
  '%s in a list is compared literally, and matches nothing',
  (form) => {
    expect(allows({ allowedOrigins: [form] }, 'https://shop.example')).toBe(false);
    expect(allows({ allowedOrigins: [form] }, 'https://sub.shop.example')).toBe(false);
  },
);

test("the server's own origins may open every site", () => {
  const check = createOriginCheck((origin) => origin === 'https://support.example');
  expect(check.allows({ allowedOrigins: ['https://shop.example'] }, 'https://support.example')).toBe(true);
  expect(check.allows({ allowedOrigins: ['https://shop.example'] }, 'https://other.example')).toBe(false);
});

test.each([
  ['//shop.example', true],
  ['//sub.shop.example', false],
  ['//example', false],
])('a page on the same host %s is allowed: %s', (origin, allowed) => {
  expect(allows({ allowedOrigins: ['https://shop.example'] }, origin)).toBe(allowed);
});

test('only long-polling may leave the origin out, and then it is the host of the request', () => {
  const headers = { host: 'support.example' };
  expect(originOf({ headers, query: { transport: 'polling' } })).toBe('//support.example');
  expect(originOf({ headers, query: { transport: 'websocket' } })).toBeUndefined();
  expect(originOf({ headers: { ...headers, origin: 'https://shop.example' }, query: {} })).toBe('https://shop.example');
});
