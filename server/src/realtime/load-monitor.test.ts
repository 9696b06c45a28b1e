import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createLoadMonitor } from './load-monitor.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
afterEach(() => void vi.useRealTimers());

/** A load monitor with its last sample. */
function watched(askRedis: () => Promise<unknown>, loopLagMs = 150, utilisation = 0) {
  let found = { load: 0, isFull: false };
  let samples = 0;
  const load = createLoadMonitor({
    loopLagMs,
    redisMs: 500,
    utilisation: () => utilisation,
    askRedis,
    onSample(sample) {
      found = sample;
      samples += 1;
    },
  });
  return { stop: load.stop, overloaded: () => found.load > 1, isFull: () => found.isFull, samples: () => samples };
}

test('an idle process is not overloaded', async () => {
  const load = watched(async () => 'PONG');
  await vi.advanceTimersByTimeAsync(5000);
  expect(load.overloaded()).toBe(false);
  load.stop();
});

test('Redis counts as slow after several slow replies, not after one, and no longer once it is fast', async () => {
  let takesMs = 800;
  const load = watched(() => new Promise((done) => setTimeout(done, takesMs)));
  await vi.advanceTimersByTimeAsync(901);
  expect(load.overloaded()).toBe(false);
  await vi.advanceTimersByTimeAsync(3000);
  expect(load.overloaded()).toBe(true);
  takesMs = 1;
  await vi.advanceTimersByTimeAsync(1500);
  expect(load.overloaded()).toBe(false);
  load.stop();
});

test('an unavailable Redis is not slow: sends fail by themselves, and all are admitted once it is back', async () => {
  const load = watched(() => new Promise((_done, fail) => setTimeout(() => fail(new Error('timed out')), 1000)));
  await vi.advanceTimersByTimeAsync(5000);
  expect(load.overloaded()).toBe(false);
  load.stop();
});

const block = (ms: number) => {
  const until = performance.now() + ms;
  while (performance.now() < until);
};

/** Blocks the event loop between samples, and returns whether the monitor reports overload afterwards. */
async function afterBlocking(load: ReturnType<typeof watched>, count: number, ms: number): Promise<boolean> {
  for (let sample = 1; sample <= count; sample++) {
    const before = load.samples();
    block(ms);
    await expect.poll(load.samples, { interval: 1 }).toBeGreaterThan(before);
  }
  load.stop();
  return load.overloaded();
}

test('an event loop that is busy and repeatedly late is overloaded, one that was late once is not', async () => {
  vi.useRealTimers();
  expect(
    await afterBlocking(
      watched(async () => 'PONG', 100, 1),
      1,
      250,
    ),
  ).toBe(false);
  expect(
    await afterBlocking(
      watched(async () => 'PONG', 100, 1),
      12,
      300,
    ),
  ).toBe(true);
});

test('an event loop that is late but idle is not overloaded: the machine was busy elsewhere', async () => {
  vi.useRealTimers();
  expect(
    await afterBlocking(
      watched(async () => 'PONG', 100, 0.5),
      6,
      300,
    ),
  ).toBe(false);
});

test('a saturated loop is full even when it is not late; one with time left is not', async () => {
  for (const [utilisation, isFull] of [
    [1, true],
    [0.9, false],
  ] as const) {
    const load = watched(async () => 'PONG', 150, utilisation);
    await vi.advanceTimersByTimeAsync(2000);
    expect([load.isFull(), load.overloaded()]).toEqual([isFull, false]);
    load.stop();
  }
});
