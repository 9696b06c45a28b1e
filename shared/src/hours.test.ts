import { expect, test } from 'vitest';
import { type Hours, nextOpening } from './hours.ts';

const berlin: Hours = {
  timeZone: 'Europe/Berlin',
  open: [
    { days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '09:00', to: '17:00' },
    { days: ['sat'], from: '10:00', to: '12:00' },
  ],
};
const next = (at: string, hours = berlin) => {
  const found = nextOpening(hours, Date.parse(at));
  return found === undefined ? undefined : new Date(found).toISOString();
};

test.each([
  ['in the middle of a day', '2026-11-24T12:34:56.000Z', '2026-11-24T12:34:56.000Z'],
  ['at the first minute', '2026-11-24T08:00:00.000Z', '2026-11-24T08:00:00.000Z'],
])('%s agents are available', (_, at, opens) => {
  expect(next(at)).toBe(opens);
});

test.each([
  ['before the morning', '2026-11-24T07:59:30.000Z', '2026-11-24T08:00:00.000Z'],
  ['at the last minute', '2026-11-24T16:00:00.000Z', '2026-11-25T08:00:00.000Z'],
  ['on a Friday night', '2026-11-27T20:00:00.000Z', '2026-11-28T09:00:00.000Z'],
  ['on a Saturday afternoon', '2026-11-28T15:00:00.000Z', '2026-11-30T08:00:00.000Z'],
  ['over the night in which summer time ends', '2026-10-24T15:00:00.000Z', '2026-10-26T08:00:00.000Z'],
  ['over the night in which summer time begins', '2026-03-28T15:00:00.000Z', '2026-03-30T07:00:00.000Z'],
])('%s they come at the next opening', (_, at, opens) => {
  expect(next(at)).toBe(opens);
});

test('a whole day, a single weekday, and no day', () => {
  const sunday: Hours = { timeZone: 'Asia/Tokyo', open: [{ days: ['sun'], from: '00:00', to: '24:00' }] };
  expect(next('2026-11-22T14:59:00.000Z', sunday)).toBe('2026-11-22T14:59:00.000Z');
  expect(next('2026-11-22T15:00:00.000Z', sunday)).toBe('2026-11-28T15:00:00.000Z');
  expect(next('2026-11-22T15:00:00.000Z', { timeZone: 'UTC', open: [] })).toBeUndefined();
});
