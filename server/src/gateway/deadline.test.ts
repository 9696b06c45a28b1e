import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createDeadline, type Deadline } from './deadline.ts';

let passed: number;
let deadline: Deadline;

beforeEach(() => {
  vi.useFakeTimers();
  passed = 0;
  const now = () => performance.now();
  deadline = createDeadline({
    now,
    onPassed: () => {
      passed += 1;
    },
  });
});

afterEach(() => {
  vi.useRealTimers();
});

const inMs = (ms: number) => performance.now() + ms;

test('it fires once', () => {
  deadline.moveTo(inMs(100));
  vi.advanceTimersByTime(98);
  expect(passed).toBe(0);
  vi.advanceTimersByTime(1_000);
  expect(passed).toBe(1);
});

test("moved with every token it never fires, and doesn't set a timer each time", () => {
  deadline.moveTo(inMs(100));
  for (let token = 0; token < 50; token++) {
    deadline.moveTo(inMs(100));
    expect(vi.getTimerCount()).toBe(1);
    vi.advanceTimersByTime(10);
  }
  expect(passed).toBe(0);
  vi.advanceTimersByTime(101);
  expect(passed).toBe(1);
});

test('it can be moved to an earlier time', () => {
  deadline.moveTo(inMs(10_000));
  deadline.moveTo(inMs(100));
  vi.advanceTimersByTime(101);
  expect(passed).toBe(1);
});

test("suspended it doesn't fire, until it is moved again", () => {
  deadline.moveTo(inMs(100));
  deadline.moveTo(Number.POSITIVE_INFINITY);
  vi.advanceTimersByTime(10_000);
  expect(passed).toBe(0);
  deadline.moveTo(inMs(100));
  vi.advanceTimersByTime(101);
  expect(passed).toBe(1);
});

test('bytes that arrived while the event loop was blocked are read before it fires', () => {
  deadline.moveTo(inMs(100));
  // Real event loops run input between timers and immediates; here a timer due at the same time simulates that.
  setTimeout(() => deadline.moveTo(inMs(100)), 100);
  vi.advanceTimersByTime(150);
  expect(passed).toBe(0);
});

test('clearing it removes the timer', () => {
  deadline.moveTo(inMs(100));
  deadline.clear();
  deadline.moveTo(inMs(50));
  expect(vi.getTimerCount()).toBe(0);
});
