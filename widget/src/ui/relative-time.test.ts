import { expect, test } from 'vitest';
import { relativeTime } from './relative-time.ts';

const noon = Date.UTC(2030, 0, 15, 12);
const minutes = (count: number) => relativeTime(noon - count * 60_000, noon, 'en', 'now');

test('time is relative within a day and a date before that', () => {
  expect(minutes(0)).toBe('now');
  expect(minutes(5)).toBe('5 min. ago');
  expect(minutes(180)).toBe('3 hr. ago');
  expect(minutes(60 * 24 * 3)).toBe('Jan 12');
});
