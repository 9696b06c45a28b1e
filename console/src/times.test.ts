import { expect, test } from 'vitest';
import { agoText, exactText, untilText, waitingText } from './times.ts';

const noon = new Date(2026, 4, 20, 12, 0, 0).getTime();
const minutes = (count: number) => count * 60_000;

test.each([
  [5_000, 'now'],
  [-20_000, 'now'],
  [minutes(1), '1 min ago'],
  [minutes(59), '59 min ago'],
  [minutes(60), '1 h ago'],
  [minutes(60 * 23 + 59), '23 h ago'],
  [minutes(60 * 24), '19 May'],
  [minutes(60 * 24 * 300), '24 Jul 2025'],
])('a time %d ms ago reads "%s"', (passed, text) => {
  expect(agoText(noon - passed, noon, 'en-GB')).toBe(text);
});

test.each([
  [-1000, '0 s'],
  [42_000, '42 s'],
  [minutes(4), '4 min'],
  [minutes(60), '1 h'],
  [minutes(125), '2 h 5 min'],
  [minutes(60 * 24 * 3), '3 d'],
  [minutes(60 * 27), '1 d 3 h'],
])('a wait of %d ms reads "%s"', (passed, text) => {
  expect(waitingText(noon - passed, noon)).toBe(text);
});

test('the exact time has the day and the seconds', () => {
  expect(exactText(noon, 'en-GB')).toMatch(/Wednesday.*20 May 2026.*12:00:00/);
});

test('a later time today has no date, one on another day has', () => {
  expect(untilText(noon + minutes(90), noon, 'en-GB')).toBe('13:30');
  expect(untilText(noon + minutes(60 * 21), noon, 'en-GB')).toMatch(/^Thu,? 21 May, 09:00$/);
});
