import fc from 'fast-check';
import { expect, test } from 'vitest';
import { editDistance } from './edit-distance.ts';

test('an unchanged reply is no distance away, and each changed character counts one', () => {
  expect(editDistance('We refund it.', 'We refund it.')).toBe(0);
  expect(editDistance('We refund it.', 'We refunded it.')).toBe(2);
  expect(editDistance('kitten', 'sitting')).toBe(3);
});

test('it is never more than writing the reply anew, and the same both ways', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (one, other) => {
      const distance = editDistance(one, other);
      expect(distance).toBe(editDistance(other, one));
      expect(distance).toBeLessThanOrEqual(Math.max(one.length, other.length));
      expect(distance === 0).toBe(one === other);
    }),
  );
});

test('two long texts that share nothing are compared in no time', () => {
  const before = performance.now();
  expect(editDistance('one two '.repeat(500), 'three four '.repeat(360))).toBeGreaterThan(0);
  expect(performance.now() - before).toBeLessThan(1000);
});
