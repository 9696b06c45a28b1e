import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startPeriodic } from './periodic.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('a run that takes longer than the interval is not run beside another, and a stop waits for it', async () => {
  let runs = 0;
  let finish = () => {};
  const task = () => {
    runs += 1;
    return new Promise<void>((resolve) => {
      finish = resolve;
    });
  };
  const periodic = startPeriodic(task, 10, () => {});
  await vi.advanceTimersByTimeAsync(50);
  expect(runs).toBe(1);
  finish();
  await vi.advanceTimersByTimeAsync(10);
  expect(runs).toBe(2);
  let isStopped = false;
  const stopped = periodic.stop().then(() => {
    isStopped = true;
  });
  await vi.advanceTimersByTimeAsync(50);
  expect([runs, isStopped]).toEqual([2, false]);
  finish();
  await stopped;
});

test('of several failures in a row the first is reported', async () => {
  const reasons: string[] = [];
  let fails = true;
  let runs = 0;
  const task = async () => {
    runs += 1;
    if (fails) throw new Error(`run ${runs}`);
  };
  const periodic = startPeriodic(task, 10, (reason) => reasons.push(reason));
  await vi.advanceTimersByTimeAsync(30);
  fails = false;
  await vi.advanceTimersByTimeAsync(10);
  fails = true;
  await vi.advanceTimersByTimeAsync(20);
  expect(reasons).toEqual(['Error: run 1', 'Error: run 5']);
  await periodic.stop();
});
