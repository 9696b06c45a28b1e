import { beforeEach, expect, test } from 'vitest';
import { BREAKER_SETTINGS, type Breaker, createBreaker } from './breaker.ts';

let nowMs: number;
let breaker: Breaker;

beforeEach(() => {
  nowMs = 0;
  breaker = createBreaker({ ...BREAKER_SETTINGS, now: () => nowMs });
});

function failTimes(times: number, key = 'a'): void {
  for (let failure = 0; failure < times; failure++) breaker.failed(key);
}

test('the fifth failure in 30 s opens the breaker, for that key alone', () => {
  failTimes(4);
  expect(breaker.allows('a')).toBe(true);
  failTimes(1);
  expect(breaker.allows('a')).toBe(false);
  expect(breaker.allows('b')).toBe(true);
});

test('failures older than the window do not count', () => {
  failTimes(4);
  nowMs = 30_001;
  failTimes(4);
  expect(breaker.allows('a')).toBe(true);
});

test('a success cancels one failure, so a busy model with occasional failures stays available', () => {
  for (let call = 0; call < 50; call++) {
    breaker.failed('a');
    breaker.succeeded('a');
  }
  expect(breaker.allows('a')).toBe(true);
});

test('an open breaker allows one call per 10 s', () => {
  failTimes(5);
  nowMs = 9_999;
  expect(breaker.allows('a')).toBe(false);
  nowMs = 10_000;
  expect([breaker.allows('a'), breaker.allows('a')]).toEqual([true, false]);
  nowMs = 20_000;
  expect(breaker.allows('a')).toBe(true);
});

test('a successful probe closes the breaker, a failed one keeps it open', () => {
  failTimes(5);
  nowMs = 10_000;
  breaker.allows('a');
  breaker.failed('a');
  expect(breaker.opensInMs('a')).toBe(10_000);
  nowMs = 20_000;
  breaker.allows('a');
  breaker.succeeded('a');
  expect([breaker.allows('a'), breaker.allows('a')]).toEqual([true, true]);
});

test("the late success of an older call doesn't close the breaker", () => {
  failTimes(5);
  breaker.succeeded('a');
  expect(breaker.allows('a')).toBe(false);
});

test("a requested pause begins at once and isn't shortened by later failures", () => {
  breaker.failed('a', { openForMs: 120_000 });
  failTimes(5);
  expect(breaker.opensInMs('a')).toBe(120_000);
  nowMs = 119_999;
  expect(breaker.allows('a')).toBe(false);
  nowMs = 120_000;
  expect(breaker.allows('a')).toBe(true);
});
