import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createStrain } from './strain.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
afterEach(() => void vi.useRealTimers());

/** A strain, and what its last look has found. */
function watched(askRedis: () => Promise<unknown>, loopLagMs = 150) {
  let found: string | undefined;
  let looks = 0;
  const strain = createStrain({
    loopLagMs,
    redisMs: 500,
    askRedis,
    onLook(behind) {
      found = behind;
      looks += 1;
    },
  });
  return { stop: strain.stop, behind: () => found, looks: () => looks };
}

test('a process that keeps up is not behind', async () => {
  const strain = watched(async () => 'PONG');
  await vi.advanceTimersByTimeAsync(5000);
  expect(strain.behind()).toBeUndefined();
  strain.stop();
});

test('Redis is behind after some slow answers, not after one, and no longer once it is quick', async () => {
  let takesMs = 800;
  const strain = watched(() => new Promise((done) => setTimeout(done, takesMs)));
  await vi.advanceTimersByTimeAsync(901);
  expect(strain.behind()).toBeUndefined();
  await vi.advanceTimersByTimeAsync(3000);
  expect(strain.behind()).toBe('redis');
  takesMs = 1;
  await vi.advanceTimersByTimeAsync(1500);
  expect(strain.behind()).toBeUndefined();
  strain.stop();
});

test('a Redis that does not answer at all is behind while it is waited for', async () => {
  const strain = watched(() => new Promise(() => {}));
  await vi.advanceTimersByTimeAsync(2000);
  expect(strain.behind()).toBe('redis');
  strain.stop();
});

test('an event loop that is held up again and again is behind, one that was held up once is not', async () => {
  vi.useRealTimers();
  const strain = watched(async () => 'PONG', 100);
  const holdUp = (ms: number) => {
    const until = performance.now() + ms;
    while (performance.now() < until);
  };
  holdUp(250);
  await expect.poll(strain.looks).toBeGreaterThan(0);
  expect(strain.behind()).toBeUndefined();
  await expect
    .poll(
      () => {
        holdUp(400);
        return strain.behind();
      },
      { interval: 1, timeout: 10_000 },
    )
    .toBe('event-loop');
  strain.stop();
});
