import { expect, test } from 'vitest';
import { readMainThread, recordedShare } from './main-thread.ts';

const page = { pid: 7, tid: 1, args: {} };
const task = { ...page, name: 'ThreadControllerImpl::RunTask', ph: 'X' };
const trace = (...traceEvents: object[]) => JSON.stringify({ traceEvents });

test("counts only the page's tasks between the marks, by CPU time where it is known", () => {
  const read = readMainThread(
    trace(
      { ...task, ts: 50, dur: 90_000 },
      { ...page, name: 'begin', ph: 'R', ts: 100 },
      { ...task, ts: 200, dur: 9000, tdur: 4000 },
      { ...task, ts: 300, dur: 2500 },
      { ...task, ts: 400, dur: 70_000, tdur: 60_000 },
      { ...task, tid: 2, ts: 300, dur: 80_000 },
      { ...page, name: 'end', ph: 'R', ts: 80_000 },
      { ...task, ts: 90_000, dur: 70_000 },
      { note: 'of another form' },
    ),
    'begin',
    'end',
  );
  expect(read).toEqual({ wallMs: 79.9, busyMs: 66.5, longestMs: 60, longTasks: 1 });
});

test('refuses a trace without marks', () => {
  expect(() => readMainThread(trace(), 'begin', 'end')).toThrow('"begin"');
});

test('time spent by CPU throttling does not count as lost work', () => {
  const traced = { wallMs: 8000, busyMs: 1600, longestMs: 15, longTasks: 0 };
  const spun = 0.75 * (8000 - 1600);
  expect(recordedShare(traced, 1600 + spun, 4)).toBeCloseTo(1);
  expect(recordedShare({ ...traced, busyMs: 200 }, 1600 + spun, 4)).toBeLessThan(0.5);
  expect(recordedShare(traced, 3200, 1)).toBeCloseTo(0.5);
});
