/** Compares what a client shows with a secret or a signature, without telling by the time how much of it is right. */
import { timingSafeEqual } from 'node:crypto';

export function isEqualSecret(given: string, expected: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(expected)];
  return one.length === other.length && timingSafeEqual(one, other);
}
