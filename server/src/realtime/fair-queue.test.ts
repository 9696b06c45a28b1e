import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createFairQueue } from './fair-queue.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const FLOOD = { siteId: 'flooded', address: '203.0.113.1' };
const QUIET = { siteId: 'quiet', address: '198.51.100.1' };

/** Room for a number of turns, which the test changes. */
function createRoom(free: number) {
  const room = { free };
  return Object.assign(room, {
    take() {
      if (room.free === 0) return false;
      room.free -= 1;
      return true;
    },
  });
}

test('none waits while there is room', async () => {
  const room = createRoom(3);
  const queue = createFairQueue(room.take);
  expect([await queue.enter(FLOOD), await queue.enter(FLOOD), await queue.enter(QUIET)]).toEqual([true, true, true]);
  expect(queue.waiting()).toBe(0);
});

test('the first room goes to the visitor of another site, not to the flood that waits', async () => {
  const room = createRoom(0);
  const queue = createFairQueue(room.take);
  const started: string[] = [];
  for (let n = 0; n < 50; n++) void queue.enter(FLOOD).then((may) => may && started.push('flood'));
  expect(queue.waiting()).toBe(4);
  room.free = 1;
  await vi.advanceTimersByTimeAsync(10);
  void queue.enter(QUIET).then((may) => may && started.push('quiet'));
  room.free = 2;
  await vi.advanceTimersByTimeAsync(10);
  expect(started).toContain('quiet');
});

test('a full queue refuses the flood, never the visitor beside it', async () => {
  const room = createRoom(0);
  const queue = createFairQueue(room.take, undefined, { waitingMax: 10, waitingPerAddress: 20, waitMs: 60_000 });
  const refused: string[] = [];
  const enter = (name: string, flow: typeof FLOOD) => void queue.enter(flow).then((may) => may || refused.push(name));
  for (let n = 0; n < 15; n++) enter('flood', FLOOD);
  enter('quiet', QUIET);
  for (let n = 0; n < 15; n++) enter('flood', FLOOD);
  await vi.advanceTimersByTimeAsync(0);
  expect(queue.waiting()).toBe(10);
  expect(refused).toEqual(Array.from({ length: 21 }, () => 'flood'));
});

test('who has waited for too long is refused', async () => {
  const queue = createFairQueue(() => false, undefined, { waitingMax: 10, waitingPerAddress: 4, waitMs: 500 });
  const entered = queue.enter(QUIET);
  await vi.advanceTimersByTimeAsync(510);
  expect([await entered, queue.waiting()]).toEqual([false, 0]);
});
