import { expect, test } from 'vitest';
import { createSessionCookie } from './session-cookie.ts';

const token = 'a'.repeat(43);
const cookie = createSessionCookie(false);

test('the cookie that is set can be read, over https and over plain http', () => {
  for (const https of [true, false]) {
    const [pair = ''] = cookie.set(token, https).split(';');
    expect(cookie.read(`other=1; ${pair}; more=2`, https)).toBe(token);
    expect(cookie.read(pair, !https)).toBeUndefined();
  }
});

test('over https the cookie is Secure and bound to this host', () => {
  expect(cookie.set(token, true)).toBe(`__Host-firstword-agent=${token}; Path=/; HttpOnly; SameSite=Lax; Secure`);
  expect(createSessionCookie(true).set(token, false)).toBe(cookie.set(token, true));
});

test.each([
  undefined,
  '',
  'firstword-agent',
  'firstword-agent=',
  `firstword-agent=${token}x`,
  `x-firstword-agent=${token}`,
])('there is no session in %j', (header) => {
  expect(cookie.read(header, false)).toBeUndefined();
});
