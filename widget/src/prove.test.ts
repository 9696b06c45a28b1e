import { createHash } from 'node:crypto';
import { firstBitsOf } from '@firstword/shared/hash-bits';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { work } from './prove.ts';

const bitsOf = (text: string) => createHash('sha256').update(text).digest().readUInt32BE(0);

test('the bits are those of SHA-256, for a beginning of any length', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 200 }), fc.nat({ max: Number.MAX_SAFE_INTEGER }), (prefix, n) => {
      expect(firstBitsOf(prefix)(n)).toBe(bitsOf(`${prefix}${n}`));
    }),
  );
});

test('a proof has different numbers, each of which solves the challenge', async () => {
  const { token, numbers } = await work({ token: 'a token of the server', tries: 200, numbers: 8 });
  expect(new Set(numbers).size).toBe(8);
  for (const n of numbers) expect(bitsOf(`${token}:${n}`)).toBeLessThan(2 ** 32 / 200);
});
