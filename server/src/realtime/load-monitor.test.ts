import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createLoadMonitor } from './load-monitor.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
afterEach(() => void vi.useRealTimers());

/** A load, and what its last look has found. */
function watched(askRedis: () => Promise<unknown>, loopLagMs = 150, utilisation = 0) {
  let found = { load: 0, isFull: false };
  let looks = 0;
  const load = createLoadMonitor({
    loopLagMs,
    redisMs: 500,
    utilisation: () => utilisation,
    askRedis,
    onSample(look) {
      found = look;
      looks += 1;
    },
  });
  return { stop: load.stop, behind: () => found.load > 1, isFull: () => found.isFull, looks: () => looks };
}

test('a process that keeps up is not behind', async () => {
  const load = watched(async () => 'PONG');
  await vi.advanceTimersByTimeAsync(5000);
  expect(load.behind()).toBe(false);
  load.stop();
});

test('Redis is behind after some slow answers, not after one, and no longer once it is quick', async () => {
  let takesMs = 800;
  const load = watched(() => new Promise((done) => setTimeout(done, takesMs)));
  await vi.advanceTimersByTimeAsync(901);
  expect(load.behind()).toBe(false);
  await vi.advanceTimersByTimeAsync(3000);
  expect(load.behind()).toBe(true);
  takesMs = 1;
  await vi.advanceTimersByTimeAsync(1500);
  expect(load.behind()).toBe(false);
  load.stop();
});

test('a Redis that is away is not slow: what is sent fails by itself, and all is taken once it is back', async () => {
  const load = watched(() => new Promise((_done, fail) => setTimeout(() => fail(new Error('timed out')), 1000)));
  await vi.advanceTimersByTimeAsync(5000);
  expect(load.behind()).toBe(false);
  load.stop();
});

const holdUp = (ms: number) => {
  const until = performance.now() + ms;
  while (performance.now() < until);
};

/** What has been found after so many looks, between which the loop was held up. */
async function afterHoldUps(load: ReturnType<typeof watched>, looks: number, ms: number): Promise<boolean> {
  for (let look = 1; look <= looks; look++) {
    const before = load.looks();
    holdUp(ms);
    await expect.poll(load.looks, { interval: 1 }).toBeGreaterThan(before);
  }
  load.stop();
  return load.behind();
}

test('an event loop that is busy and late again and again is behind, one that was late once is not', async () => {
  vi.useRealTimers();
  expect(
    await afterHoldUps(
      watched(async () => 'PONG', 100, 1),
      1,
      250,
    ),
  ).toBe(false);
  expect(
    await afterHoldUps(
      watched(async () => 'PONG', 100, 1),
      12,
      300,
    ),
  ).toBe(true);
});

test('an event loop that is late while it has time to spare is not behind: the machine did something else', async () => {
  vi.useRealTimers();
  expect(
    await afterHoldUps(
      watched(async () => 'PONG', 100, 0.5),
      6,
      300,
    ),
  ).toBe(false);
});

test('a loop without time left is full, also while it is not late; one with some left is not', async () => {
  for (const [utilisation, isFull] of [
    [1, true],
    [0.9, false],
  ] as const) {
    const load = watched(async () => 'PONG', 150, utilisation);
    await vi.advanceTimersByTimeAsync(2000);
    expect([load.isFull(), load.behind()]).toEqual([isFull, false]);
    load.stop();
  }
});
