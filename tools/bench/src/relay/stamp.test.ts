import { nowMicros, readStamps, writeStamp } from '@firstword/testing/stamp';
import { expect, test } from 'vitest';

function agesIn(text: string, now: number): number[] {
  const ages: number[] = [];
  readStamps(text, now, (ageMs) => ages.push(ageMs));
  return ages;
}

test('a stamp is as long as a token and contains its age in milliseconds', () => {
  const stamp = writeStamp(1_234_567);
  expect(stamp).toHaveLength(7);
  expect(agesIn(`42/widget,["turn-event",{"text":"${stamp}"}]`, 1_236_067)).toEqual([1.5]);
});

test('every token of a batch is counted', () => {
  expect(agesIn(`{"text":"${writeStamp(1000)}${writeStamp(2000)}"}`, 4000)).toEqual([3, 2]);
});

test('the age is not negative after the clock has wrapped around', () => {
  expect(agesIn(writeStamp(36 ** 6 - 1000), 1000)).toEqual([2]);
});

test('text that is no stamp is ignored', () => {
  expect(agesIn('"a@"', 5)).toEqual([]);
});

test('the clock counts microseconds', async () => {
  const before = nowMicros();
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(nowMicros() - before).toBeGreaterThan(18_000);
});
