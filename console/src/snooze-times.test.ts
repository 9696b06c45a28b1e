import { expect, test } from 'vitest';
import { snoozeTimes } from './snooze-times.ts';

const untilOf = (now: Date, index: number) => new Date(snoozeTimes(now.getTime())[index]?.until ?? 0);

test('tomorrow is the next morning, also at the end of a month', () => {
  expect(untilOf(new Date(2026, 4, 31, 23, 30), 2)).toEqual(new Date(2026, 5, 1, 9));
});

test.each([
  [new Date(2026, 4, 20, 15), new Date(2026, 4, 25, 9)],
  [new Date(2026, 4, 24, 15), new Date(2026, 4, 25, 9)],
  [new Date(2026, 4, 25, 8), new Date(2026, 5, 1, 9)],
])('from %s the next Monday morning is %s', (now, monday) => {
  expect(untilOf(now, 3)).toEqual(monday);
});

test('the last choice has no time', () => {
  expect(snoozeTimes(0).at(-1)).not.toHaveProperty('until');
});
