import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createCoalescedTimer } from './coalesced-timer.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('callbacks added at different times run on the same tick, each once', () => {
  const tick = createCoalescedTimer(() => 100);
  const ran: string[] = [];
  const first = () => ran.push('first');
  tick.add(first);
  vi.advanceTimersByTime(60);
  tick.add(() => ran.push('second'));
  tick.add(first);
  vi.advanceTimersByTime(39);
  expect(ran).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(ran).toEqual(['first', 'second']);
});

test('a callback added during a tick runs on the next one', () => {
  const tick = createCoalescedTimer(() => 100);
  let ran = 0;
  const again = () => {
    ran += 1;
    tick.add(again);
  };
  tick.add(again);
  vi.advanceTimersByTime(100);
  expect(ran).toBe(1);
  vi.advanceTimersByTime(100);
  expect(ran).toBe(2);
});

test("dropped callbacks don't run, and without callbacks there is no timer", () => {
  const tick = createCoalescedTimer(() => 100);
  const run = vi.fn();
  tick.add(run);
  tick.drop(run);
  expect(vi.getTimerCount()).toBe(0);
  vi.advanceTimersByTime(200);
  expect(run).not.toHaveBeenCalled();
});

test('a long tick yields to other work and runs all callbacks except those dropped in between', () => {
  const tick = createCoalescedTimer(() => 100);
  const ran: number[] = [];
  const runs = Array.from({ length: 120 }, (_, at) => () => ran.push(at));
  for (const run of runs) tick.add(run);
  vi.advanceTimersByTime(100);
  expect(ran.length).toBeLessThan(119);
  const [last] = runs.slice(-1);
  if (last) tick.drop(last);
  vi.runAllTimers();
  expect(ran).toEqual(Array.from({ length: 119 }, (_, at) => at));
});
