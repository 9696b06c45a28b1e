import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRhythm } from './rhythm.ts';

function pauseAfter(...gaps: number[]): number {
  const rhythm = createRhythm();
  for (const gap of gaps) rhythm.add(gap);
  return rhythm.pauseMs();
}

test.each([
  ['without a rhythm yet', [170, 170, 170, 170], 400],
  ['of an even typist', [150, 160, 150, 150, 160], 240],
  ['of a very fast typist', [60, 60, 60, 60, 60], 180],
  ['of a slow typist', [300, 300, 300, 300, 300], 400],
  ['who hesitates within words', [150, 150, 310, 150, 150], 310],
])('the pause of a visitor %s', (_name, gaps, expected) => {
  expect(pauseAfter(...gaps)).toBe(expected);
});

test('only the latest 24 gaps count', () => {
  expect(pauseAfter(390, ...Array.from({ length: 24 }, () => 125))).toBe(200);
});

test('the pause is always between 180 and 400 ms', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 1e6, noNaN: true })), (gaps) => {
      const pause = pauseAfter(...gaps);
      expect(pause >= 180 && pause <= 400).toBe(true);
    }),
  );
});
