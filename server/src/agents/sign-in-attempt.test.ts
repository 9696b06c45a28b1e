import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createTokenHash } from '../lib/tokens.ts';
import { ATTEMPT_SECONDS, createSignInAttempts } from './sign-in-attempt.ts';

const tokenHash = createTokenHash('a secret of this test');

test('an attempt is read from its cookie for ten minutes, with secrets of its own', () => {
  let now = 1_790_000_000_000;
  const attempts = createSignInAttempts(tokenHash, () => now);
  const { attempt, cookie } = attempts.begin('/console/tickets/t1');
  expect(attempts.read(cookie)).toEqual(attempt);
  expect(attempt.page).toBe('/console/tickets/t1');
  const { state, nonce, codeVerifier } = attempt.secrets;
  expect(new Set([state, nonce, codeVerifier, attempts.begin(undefined).attempt.secrets.state]).size).toBe(4);
  for (const secret of [state, nonce, codeVerifier]) expect(cookie).not.toContain(secret);
  now += ATTEMPT_SECONDS * 1000 - 1;
  expect(attempts.read(cookie)).toBeDefined();
  now += 1;
  expect(attempts.read(cookie)).toBeUndefined();
});

test('a cookie that was changed, or is of another server, is not read', () => {
  const attempts = createSignInAttempts(tokenHash, Date.now);
  const { cookie } = attempts.begin('/console');
  const [id = '', , page = '', signature = ''] = cookie.split('.');
  const later = [id, Date.now() + 1e9, page, signature].join('.');
  const foreign = createSignInAttempts(createTokenHash('another secret'), Date.now).begin('/console').cookie;
  for (const each of [later, foreign, cookie.slice(1), `${cookie}a`, '', '.', undefined])
    expect(attempts.read(each)).toBeUndefined();
});

test('whatever page is asked for, the agent returns to one of the console', () => {
  const attempts = createSignInAttempts(tokenHash, Date.now);
  const page = fc.oneof(
    fc.string(),
    fc.webUrl(),
    fc.webPath().map((path) => `/console${path}`),
  );
  fc.assert(
    fc.property(page, (asked) => {
      const { href, pathname } = new URL(`https://x.example${attempts.begin(asked).attempt.page}`);
      expect(href).toBe(`https://x.example${pathname}`);
      expect(pathname).toMatch(/^\/console(?:\/|$)/);
    }),
  );
});
