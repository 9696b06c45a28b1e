import { expect, test } from 'vitest';
import { readMainThread } from './main-thread.ts';

const page = { pid: 7, tid: 1, args: {} };
const task = { ...page, name: 'ThreadControllerImpl::RunTask', ph: 'X' };
const trace = (...traceEvents: object[]) => JSON.stringify({ traceEvents });

test("only the page's own tasks between the marks count, by processor time where it is known", () => {
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
  expect(read).toEqual({ busyMs: 66.5, longestMs: 60, longTasks: 1 });
});

test('a trace without its marks is refused', () => {
  expect(() => readMainThread(trace(), 'begin', 'end')).toThrow('"begin"');
});
