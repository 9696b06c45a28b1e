import fc from 'fast-check';
import { expect, test } from 'vitest';
import { quantileOf, type Sample } from './quantile.ts';

const whole = (...waits: number[]): Sample[] => waits.map((ms) => ({ ms, censored: false, weight: 1 }));
const brokenOff = (...waits: number[]): Sample[] => waits.map((ms) => ({ ms, censored: true, weight: 1 }));

const anySample: fc.Arbitrary<Sample> = fc.record({
  ms: fc.integer({ min: 1, max: 5000 }),
  censored: fc.boolean(),
  weight: fc.constantFrom(0.5, 1, 2),
});
const anyShare = fc.double({ min: 0.05, max: 0.95, noNaN: true });

test('complete samples yield the plain quantile', () => {
  expect(quantileOf(whole(5, 1, 4, 2, 3), 0.5)).toEqual({ ms: 3, exact: true });
  expect(quantileOf(whole(5, 1, 4, 2, 3), 0.9)).toEqual({ ms: 5, exact: true });
});

test('a censored sample counts as one that lasted longer', () => {
  const { ms, exact } = quantileOf([...whole(100, 700, 700, 700), ...brokenOff(220, 220, 220)], 0.5);
  expect({ ms, exact }).toEqual({ ms: 700, exact: true });
});

test('with mostly censored samples only a lower bound is known', () => {
  expect(quantileOf([...whole(100), ...brokenOff(220, 240, 260)], 0.5)).toEqual({ ms: 220, exact: false });
});

test('censoring never makes a quantile smaller', () => {
  fc.assert(
    fc.property(fc.array(anySample, { minLength: 1, maxLength: 40 }), anyShare, (waits, share) => {
      const asTheyStand = quantileOf(
        waits.map((wait) => ({ ...wait, censored: false })),
        share,
      );
      return quantileOf(waits, share).ms >= asTheyStand.ms;
    }),
  );
});
