import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createDelayedSend, UNDO_SECONDS } from './delayed-send.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('a reply is sent once, after the countdown', () => {
  const send = vi.fn();
  const delayed = createDelayedSend();
  delayed.start(send);
  expect(delayed.secondsLeft.value).toBe(UNDO_SECONDS);
  vi.advanceTimersByTime(UNDO_SECONDS * 1000 - 1);
  expect([send.mock.calls.length, delayed.secondsLeft.value]).toEqual([0, 1]);
  vi.advanceTimersByTime(1);
  vi.advanceTimersByTime(60_000);
  expect([send.mock.calls.length, delayed.secondsLeft.value]).toEqual([1, undefined]);
});

test('an undone reply is never sent', () => {
  const send = vi.fn();
  const delayed = createDelayedSend();
  delayed.start(send);
  expect(delayed.undo()).toBe(true);
  expect(delayed.undo()).toBe(false);
  vi.advanceTimersByTime(60_000);
  expect(send).not.toHaveBeenCalled();
});

test('leaving the ticket sends at once', () => {
  const send = vi.fn();
  const delayed = createDelayedSend();
  delayed.start(send);
  delayed.flush();
  delayed.flush();
  expect(send).toHaveBeenCalledTimes(1);
});
