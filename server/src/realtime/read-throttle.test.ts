import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { createLoopProbe, createReadThrottle, READ_THROTTLE_SETTINGS } from './read-throttle.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A throttle in a process with the utilisation `load.share`. */
function throttleUnder(load: { share: number }) {
  return createReadThrottle({ ...READ_THROTTLE_SETTINGS, utilisation: () => load.share });
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

test('throttling lowers the load and continues until the load is gone', () => {
  const load = { share: 0 };
  const throttle = throttleUnder(load);
  const restsAt = (share: number) => {
    load.share = share;
    look();
    return throttle.busy();
  };
  expect([0.3, 0.1, 0.2, 0.04, 0.1, 0.3].map(restsAt)).toEqual([true, true, true, false, false, true]);
});

test('it stops sampling once stopped', () => {
  const utilisation = vi.fn(() => 1);
  const throttle = createReadThrottle({ ...READ_THROTTLE_SETTINGS, utilisation });
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
