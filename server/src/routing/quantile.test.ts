import fc from 'fast-check';
import { expect, test } from 'vitest';
import { quantileOf, type Wait } from './quantile.ts';

const whole = (...waits: number[]): Wait[] => waits.map((ms) => ({ ms, censored: false, weight: 1 }));
const brokenOff = (...waits: number[]): Wait[] => waits.map((ms) => ({ ms, censored: true, weight: 1 }));

const anyWait: fc.Arbitrary<Wait> = fc.record({
  ms: fc.integer({ min: 1, max: 5000 }),
  censored: fc.boolean(),
  weight: fc.constantFrom(0.5, 1, 2),
});
const anyShare = fc.double({ min: 0.05, max: 0.95, noNaN: true });

test('whole waits give the plain quantile', () => {
  expect(quantileOf(whole(5, 1, 4, 2, 3), 0.5)).toEqual({ ms: 3, exact: true });
  expect(quantileOf(whole(5, 1, 4, 2, 3), 0.9)).toEqual({ ms: 5, exact: true });
});

test('a wait broken off early counts with those that lasted longer', () => {
  const { ms, exact } = quantileOf([...whole(100, 700, 700, 700), ...brokenOff(220, 220, 220)], 0.5);
  expect({ ms, exact }).toEqual({ ms: 700, exact: true });
});

test('when most waits were broken off only a lower bound is known', () => {
  expect(quantileOf([...whole(100), ...brokenOff(220, 240, 260)], 0.5)).toEqual({ ms: 220, exact: false });
});

test('breaking a wait off never makes a quantile smaller than that of the waits as they stand', () => {
  fc.assert(
    fc.property(fc.array(anyWait, { minLength: 1, maxLength: 40 }), anyShare, (waits, share) => {
      const asTheyStand = quantileOf(
        waits.map((wait) => ({ ...wait, censored: false })),
        share,
      );
      return quantileOf(waits, share).ms >= asTheyStand.ms;
    }),
  );
});
