import { expect, test } from 'vitest';
import { type Hours, openTimeAfter } from './hours.ts';
import { pendingTarget, targetFor, warningAt, workTime } from './waiting-target.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const hours: Hours = {
  timeZone: 'Europe/Berlin',
  open: [
    { days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '09:00', to: '12:00' },
    { days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '13:00', to: '17:00' },
  ],
};
const at = (text: string) => Date.parse(text);

test.each([
  ['within a period', '2026-05-18T09:30:00+02:00', 60, '2026-05-18T10:30:00+02:00'],
  ['over the lunch break', '2026-05-18T11:30:00+02:00', 60, '2026-05-18T13:30:00+02:00'],
  ['to the end of a period', '2026-05-18T11:30:00+02:00', 30, '2026-05-18T12:00:00+02:00'],
  ['from the evening', '2026-05-18T20:00:00+02:00', 15, '2026-05-19T09:15:00+02:00'],
  ['over the weekend', '2026-05-22T16:50:00+02:00', 30, '2026-05-25T09:20:00+02:00'],
  ['over the change of clocks', '2026-03-27T16:30:00+01:00', 60, '2026-03-30T09:30:00+02:00'],
])('open time is counted %s', (_name, from, minutes, expected) => {
  expect(new Date(openTimeAfter(hours, at(from), minutes * MINUTE) ?? 0)).toEqual(new Date(expected));
});

test('without hours all time counts, and hours that never open have no target', () => {
  expect(openTimeAfter(undefined, 5, 10)).toBe(15);
  expect(openTimeAfter({ timeZone: 'UTC', open: [] }, 5, 10)).toBeUndefined();
  expect(targetFor({ replyTargets: { high: 5 }, hours: { timeZone: 'UTC', open: [] } }, 'high', 0)).toBeUndefined();
});

test('an urgency without minutes has no target; a warning comes after three quarters of the time', () => {
  const settings = { replyTargets: { high: 60 } };
  expect(targetFor(settings, 'low', 0)).toBeUndefined();
  expect(targetFor(settings, 'high', 0)).toEqual({ warnAt: 45 * MINUTE, at: HOUR });
});

test('a target counts until an agent replies, and warns twice', () => {
  const target = { warnAt: 45, at: 60 };
  const ticket = { state: 'new', openedAt: 1, waitingSince: 2, target } as const;
  expect([pendingTarget(ticket), warningAt(ticket), workTime(ticket)]).toEqual([target, 45, 60]);
  expect(warningAt({ ...ticket, target: { ...target, warned: 'near' } })).toBe(60);
  expect(warningAt({ ...ticket, target: { ...target, warned: 'missed' } })).toBeUndefined();
  for (const ended of [
    { ...ticket, state: 'snoozed' as const },
    { ...ticket, target: { ...target, repliedAt: 9 } },
  ])
    expect([pendingTarget(ended), warningAt(ended), workTime(ended)]).toEqual([undefined, undefined, 2]);
});
