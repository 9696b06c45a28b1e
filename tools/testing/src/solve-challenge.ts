/** Solves a proof of work at once, for clients of tests. */
import { firstBitsOf } from '@firstword/shared/hash-bits';
import type { Challenge, Proof } from '@firstword/shared/proof-of-work';

export function solveChallenge({ token, tries, numbers: count }: Challenge): Proof {
  const firstBits = firstBitsOf(`${token}:`);
  const numbers: number[] = [];
  for (let n = 0; numbers.length < count; n += 1) if (firstBits(n) < 2 ** 32 / tries) numbers.push(n);
  return { token, numbers };
}
