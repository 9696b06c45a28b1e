import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { createLoopProbe, createReadThrottle, READ_THROTTLE_SETTINGS } from './read-throttle.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A throttle in a process with the utilisation `load.share`. */
function throttleUnder(load: { share: number }, running: number = READ_THROTTLE_SETTINGS.runningFrom) {
  return createReadThrottle({ ...READ_THROTTLE_SETTINGS, utilisation: () => load.share, running: () => running });
}

const look = () => vi.advanceTimersByTime(READ_THROTTLE_SETTINGS.everyMs);

test('a pause lasts as long as configured', () => {
  const goOn = vi.fn();
  throttleUnder({ share: 0.8 }).pause(goOn);
  vi.advanceTimersByTime(READ_THROTTLE_SETTINGS.pauseMs - 1);
  expect(goOn).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(goOn).toHaveBeenCalledOnce();
});

/** Whether reads are throttled after each sample of the utilisation. */
function throttledAfter(shares: readonly number[], running?: number): boolean[] {
  const load = { share: 0 };
  const throttle = throttleUnder(load, running);
  return shares.map((share) => {
    load.share = share;
    look();
    return throttle.busy();
  });
}

test('throttling starts once the event loop has been short of time for 600 ms', () => {
  expect(throttledAfter([0.9, 0.5, 0.9])).toEqual([false, false, true]);
});

test('neither a busy moment nor a steady load with time to spare starts throttling', () => {
  expect(throttledAfter([1, 1, 0.3, 1, 1, 0.1])).not.toContain(true);
  expect(throttledAfter(Array.from({ length: 20 }, () => 0.49))).not.toContain(true);
});

test('a few answers are never throttled, however busy the process is', () => {
  expect(throttledAfter([1, 1, 1, 1, 1], READ_THROTTLE_SETTINGS.runningFrom - 1)).not.toContain(true);
});

test('throttling lowers the load and continues until the load is gone', () => {
  const shares = [0.8, 0.8, 0.8, 0.3, 0.22, 0.21, 0.8, 0.8, 0.8];
  expect(throttledAfter(shares)).toEqual([false, false, true, true, true, false, false, false, true]);
});

test('it stops sampling once stopped', () => {
  const utilisation = vi.fn(() => 1);
  const throttle = createReadThrottle({ ...READ_THROTTLE_SETTINGS, utilisation, running: () => 0 });
  throttle.stop();
  look();
  expect(utilisation).not.toHaveBeenCalled();
});

test('the probe reports the busy share since its previous call', () => {
  vi.useRealTimers();
  const busy = { active: 0, idle: 0 };
  const read = vi.spyOn(performance, 'eventLoopUtilization').mockImplementation((now, last) => {
    if (now === undefined || last === undefined) return { ...busy, utilization: 0 };
    const [active, idle] = [now.active - last.active, now.idle - last.idle];
    return { active, idle, utilization: active / (active + idle) };
  });
  onTestFinished(() => read.mockRestore());
  const probe = createLoopProbe();
  busy.idle += 30;
  expect(probe()).toBe(0);
  busy.active += 60;
  busy.idle += 20;
  expect(probe()).toBe(0.75);
});
