import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createLogLimit } from './log-limit.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('ten thousand lines of one message become a few and their number, and other messages are not held back', () => {
  const skipped: [string, number][] = [];
  const limit = createLogLimit((message, count) => skipped.push([message, count]), { lines: 50, windowMs: 10_000 });
  const written = Array.from({ length: 10_000 }, () => limit.admits('redis rejects writes')).filter(Boolean);
  expect([written.length, limit.admits('turn failed')]).toEqual([50, true]);
  vi.advanceTimersByTime(10_000);
  expect(skipped).toEqual([['redis rejects writes', 9950]]);
  expect(limit.admits('redis rejects writes')).toBe(true);
});
