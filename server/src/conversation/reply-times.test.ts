import { silentLog } from '@firstword/testing/silent-log';
import { expect, test, vi } from 'vitest';
import { createReplyTimes, type FirstResponse, usualReplyMinutes } from './reply-times.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** A Monday at 12:00 in UTC. */
const NOON = Date.UTC(2026, 4, 4, 12);
const NOW = NOON + 7 * DAY;
const answered = (minutes: number, count: number, openedAt = NOON): FirstResponse[] =>
  Array.from({ length: count }, () => ({ openedAt, waitedMs: minutes * MINUTE }));
const unanswered = (count: number, openedAt = NOON): FirstResponse[] =>
  Array.from({ length: count }, () => ({ openedAt }));
const hours = {
  timeZone: 'UTC',
  open: [{ days: ['mon' as const], from: '09:00', to: '17:00' }],
};

test.each([
  ['the step above the median', answered(7, 20), 10],
  ['the next step where the median is exactly one', answered(10, 20), 15],
  ['nothing with too few tickets', answered(2, 19), undefined],
  ['nothing where the median is above a day', answered(25 * 60, 20), undefined],
  ['the slower half where most were slow', [...answered(2, 9), ...answered(50, 11)], 60],
  ['nothing where half got no reply', [...answered(2, 20), ...unanswered(20)], undefined],
  ['nothing of tickets that are still waiting', [...answered(2, 20), ...unanswered(30, NOW - MINUTE)], 5],
  ['nothing of tickets opened out of hours', [...answered(4, 20), ...answered(900, 30, NOON + 8 * 60 * MINUTE)], 5],
] as const)('a site says %s', (_name, responses, minutes) => {
  expect(usualReplyMinutes(responses, hours, NOW)).toBe(minutes);
});

test('without office hours every ticket counts', () => {
  const atNight = answered(900, 30, NOON + 8 * 60 * MINUTE);
  expect(usualReplyMinutes([...answered(4, 20), ...atNight], undefined, NOW)).toBe(24 * 60);
});

test('a site is read once in ten minutes, and keeps what it knew while the database is away', async () => {
  let at = NOW;
  const read = vi.fn(async () => answered(4, 20));
  const times = createReplyTimes({ read, log: silentLog, now: () => at });
  expect([times.of({ id: 'shop' }), times.of({ id: 'shop' })]).toEqual([undefined, undefined]);
  await vi.waitFor(() => expect(times.of({ id: 'shop' })).toBe(5));
  expect(read.mock.calls).toEqual([['shop', NOW - 28 * DAY]]);
  at += 11 * MINUTE;
  read.mockRejectedValueOnce(new Error('away'));
  expect([times.of({ id: 'shop' }), times.of({ id: 'shop' })]).toEqual([5, 5]);
  expect(read).toHaveBeenCalledTimes(2);
});
