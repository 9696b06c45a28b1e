import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createThrottle, type Throttle } from './throttle.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }));
afterEach(() => void vi.useRealTimers());

const TICK_MS = 100;

/** So many are asked in a second; gives back how many were taken. */
function second(throttle: Throttle, asked: number, strain: (takenInTick: number) => number): number {
  let all = 0;
  for (let tick = 0; tick < 1000 / TICK_MS; tick++) {
    let taken = 0;
    for (let n = 0; n < asked / 10; n++) if (throttle.take()) taken += 1;
    vi.advanceTimersByTime(TICK_MS);
    throttle.adjust(strain(taken));
    all += taken;
  }
  return all;
}

test('takes everything while the process keeps up', () => {
  expect(second(createThrottle(), 500, () => 0)).toBe(500);
});

test('finds what the process carries, and stays near it', () => {
  const throttle = createThrottle();
  const carries = (taken: number) => taken / 10; // 100 a second
  for (let n = 0; n < 10; n++) second(throttle, 500, carries);
  for (let n = 0; n < 10; n++) {
    const taken = second(throttle, 500, carries);
    expect(taken).toBeGreaterThan(50);
    expect(taken).toBeLessThan(130);
  }
});

test('takes two a second however far behind the process is', () => {
  const throttle = createThrottle();
  for (let n = 0; n < 20; n++) second(throttle, 100, () => 3);
  expect(second(throttle, 100, () => 3)).toBe(2);
});

test('takes everything again a while after it has caught up', () => {
  const throttle = createThrottle();
  for (let n = 0; n < 3; n++) second(throttle, 100, () => 3);
  for (let n = 0; n < 25; n++) second(throttle, 100, () => 0);
  expect(second(throttle, 100, () => 0)).toBe(100);
});

test('after a fault of some seconds it soon takes nearly what it took before', () => {
  const throttle = createThrottle();
  for (let n = 0; n < 3; n++) second(throttle, 100, () => 0);
  for (let n = 0; n < 3; n++) second(throttle, 100, () => 2);
  for (let n = 0; n < 5; n++) second(throttle, 100, () => 0);
  expect(second(throttle, 100, () => 0)).toBeGreaterThan(50);
});
