import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { createLoopProbe, createReadThrottle, READ_THROTTLE_SETTINGS } from './read-throttle.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A throttle in a process with the utilisation `load.share` and `load.running` answers in progress. */
function throttleUnder(load: { share: number; running: number }) {
  return createReadThrottle({
    ...READ_THROTTLE_SETTINGS,
    utilisation: () => load.share,
    running: () => load.running,
  });
}

const look = () => vi.advanceTimersByTime(READ_THROTTLE_SETTINGS.everyMs);

test('a pause lasts as long as configured', () => {
  const goOn = vi.fn();
  throttleUnder({ share: 0.8, running: 100 }).pause(goOn);
  vi.advanceTimersByTime(READ_THROTTLE_SETTINGS.pauseMs - 1);
  expect(goOn).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(goOn).toHaveBeenCalledOnce();
});

/** Whether reads are throttled after each sample of the utilisation, with 100 or the given number of answers. */
function throttledAfter(shares: readonly number[], answers: number | readonly number[] = 100): boolean[] {
  const load = { share: 0, running: 0 };
  const throttle = throttleUnder(load);
  return shares.map((share, at) => {
    load.share = share;
    load.running = typeof answers === 'number' ? answers : (answers[at] ?? 0);
    look();
    return throttle.busy();
  });
}

test('throttling starts once the event loop has been short of time for a second', () => {
  expect(throttledAfter([0.9, 0.8, 0.9, 0.8, 0.9])).toEqual([false, false, false, false, true]);
});

test('neither a busy moment nor a steady load with time to spare starts throttling', () => {
  expect(throttledAfter([1, 1, 1, 1, 0.3, 1, 1, 1, 1, 0.1])).not.toContain(true);
  expect(throttledAfter(Array.from({ length: 20 }, () => 0.79))).not.toContain(true);
});

test('a few answers are never throttled, however busy the process is', () => {
  expect(throttledAfter([1, 1, 1, 1, 1, 1], READ_THROTTLE_SETTINGS.runningFrom - 1)).not.toContain(true);
});

test('with many answers in progress half of the time is enough', () => {
  const { manyFrom } = READ_THROTTLE_SETTINGS;
  expect(throttledAfter([0.5, 0.6, 0.5, 0.6, 0.5], manyFrom)).toEqual([false, false, false, false, true]);
  expect(throttledAfter([0.5, 0.6, 0.5, 0.6, 0.5], manyFrom - 1)).not.toContain(true);
  expect(
    throttledAfter(
      Array.from({ length: 20 }, () => 0.49),
      manyFrom,
    ),
  ).not.toContain(true);
});

const BUSY = [0.9, 0.9, 0.9, 0.9, 0.9];

test('throttling lowers the load and continues while as many answers are in progress', () => {
  expect(throttledAfter([...BUSY, 0.5, 0.45, 0.5]).slice(4)).toEqual([true, true, true, true]);
});

test('throttling ends when a quarter of the answers that started it have ended', () => {
  const answers = [100, 100, 100, 100, 100, 76, 75, 74, 74];
  expect(throttledAfter([...BUSY, 0.5, 0.5, 0.5, 0.7], answers).slice(4)).toEqual([true, true, true, false, false]);
});

test('throttling ends when the loop has time to spare although as many answers are in progress', () => {
  expect(throttledAfter([...BUSY, 0.2, 0.19, 0.6]).slice(4)).toEqual([true, true, false, false]);
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
