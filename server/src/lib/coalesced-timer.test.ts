import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createCoalescedTimer } from './coalesced-timer.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('what comes at different moments runs at one beat, each once', () => {
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

test('what is added during a beat waits for the next', () => {
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

test('what was dropped does not run, and nothing beats for nobody', () => {
  const tick = createCoalescedTimer(() => 100);
  const run = vi.fn();
  tick.add(run);
  tick.drop(run);
  expect(vi.getTimerCount()).toBe(0);
  vi.advanceTimersByTime(200);
  expect(run).not.toHaveBeenCalled();
});

test('a long beat gives way to other work, runs everything in the end, and nothing that was dropped meanwhile', () => {
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
