import { Secret, TOTP } from 'otpauth';
import { expect, test } from 'vitest';
import { createTokenHash } from '../lib/tokens.ts';
import { createSecondFactors } from './second-factor.ts';

let now = Date.UTC(2026, 4, 20);
const factors = createSecondFactors(createTokenHash('a secret of this test'), () => now);
const codeOf = (secret: string, at = now) =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: at });

function enabled() {
  const { secret } = factors.start('ada@shop.example');
  const made = factors.enable(secret, codeOf(secret));
  if (made === undefined) throw new Error('the code was refused');
  return { secret, ...made };
}

test('an app reads the secret from the address of the QR code', () => {
  const { secret, uri } = factors.start('ada@shop.example');
  expect(uri).toMatch(/^otpauth:\/\/totp\/Firstword:ada%40shop\.example\?/);
  expect(new URL(uri).searchParams.get('secret')).toBe(secret);
});

test('a code works once, and an older one never', () => {
  const { secret, factor } = enabled();
  expect(factors.use(factor, codeOf(secret))).toBeUndefined(); // used to enable
  now += 30_000;
  const next = factors.use(factor, codeOf(secret));
  expect(next).toBeDefined();
  expect(next && factors.use(next, codeOf(secret))).toBeUndefined();
  expect(next && factors.use(next, codeOf(secret, now - 30_000))).toBeUndefined();
});

test('a phone whose clock is half a minute ahead or behind is accepted, a minute is not', () => {
  const { secret, factor } = enabled();
  now += 300_000;
  for (const [ms, accepted] of [
    [-60_000, false],
    [-30_000, true],
    [30_000, true],
    [60_000, false],
  ] as const)
    expect([ms, factors.use(factor, codeOf(secret, now + ms)) !== undefined]).toEqual([ms, accepted]);
});

test('a recovery code works once, however it is typed', () => {
  const { factor, recoveryCodes } = enabled();
  expect(new Set(recoveryCodes).size).toBe(10);
  const [first = '', second = ''] = recoveryCodes;
  const next = factors.use(factor, ` ${first.toUpperCase().replaceAll('-', ' ')}`);
  expect(next?.recoveryCodes).toHaveLength(9);
  expect(next && factors.use(next, first)).toBeUndefined();
  expect(next && factors.use(next, second)?.recoveryCodes).toHaveLength(8);
});

test.each(['', '000000', '12345', 'abcdef', '1234567'])('the code %j is refused', (code) => {
  expect(factors.use(enabled().factor, code)).toBeUndefined();
});

test('what is stored has neither the secret nor a recovery code, and another key does not open it', () => {
  const { secret, factor, recoveryCodes } = enabled();
  for (const text of [secret, ...recoveryCodes]) expect(JSON.stringify(factor)).not.toContain(text);
  const other = createSecondFactors(createTokenHash('another secret'), () => now);
  expect(() => other.use(factor, codeOf(secret))).toThrow();
});
