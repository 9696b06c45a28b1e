import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createConcurrencyLimit } from './concurrency-limit.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }));
afterEach(() => void vi.useRealTimers());

const TICK_MS = 100;

/** A process whose turns take `seconds` each; its load is the running turns divided by its capacity. */
function createProcess({ capacity, seconds }: { capacity: number; seconds: number }) {
  let ends: number[] = [];
  const running = () => ends.length;
  const limit = createConcurrencyLimit(running);
  let otherLoad = 0;
  let sum = 0;
  return {
    /** Running turns, averaged over the last second. */
    running: () => sum / 10,
    /** `asked` simultaneous turns, then half a second without load; returns how many were admitted. */
    calm(asked = 0): number {
      const admitted = Array.from({ length: asked }, () => limit.admit()).filter(Boolean).length;
      vi.advanceTimersByTime(600);
      ends = ends.filter((end) => end > performance.now());
      limit.adjust({ load: 0, isFull: false });
      return admitted;
    },
    setLoad(load: number) {
      otherLoad = load;
    },
    /** One second with `asked` turns; returns how many were admitted. */
    second(asked: number): number {
      let all = 0;
      sum = 0;
      for (let tick = 0; tick < 1000 / TICK_MS; tick++) {
        for (let n = 0; n < asked / 10; n++)
          if (limit.admit()) {
            all += 1;
            ends.push(performance.now() + seconds * 1000);
          }
        sum += running();
        vi.advanceTimersByTime(TICK_MS);
        ends = ends.filter((end) => end > performance.now());
        limit.adjust({ load: Math.max(otherLoad, running() / capacity), isFull: false });
      }
      return all;
    },
  };
}

test('admits every turn while the process is not overloaded', () => {
  const { second } = createProcess({ capacity: 1000, seconds: 1 });
  expect([second(500), second(500), second(500)]).toEqual([500, 500, 500]);
});

test.each([0.5, 4])('finds the capacity for turns of %s s, and stays near it', (seconds) => {
  const { second, running } = createProcess({ capacity: 200, seconds });
  for (let n = 0; n < 10; n++) second(2000);
  for (let n = 0; n < 20; n++) {
    second(2000);
    expect(running()).toBeGreaterThan(120);
    expect(running()).toBeLessThan(235);
  }
});

test('does not grow while the event loop is full, even if turns are refused, and grows once it is not', () => {
  let running = 200;
  const limit = createConcurrencyLimit(() => running);
  limit.adjust({ load: 2, isFull: true });
  running = 99;
  const roomAfter = (looks: number, isFull: boolean) => {
    let room = 0;
    for (let look = 0; look < looks; look++) {
      room = Array.from({ length: 30 }, () => limit.admit()).filter(Boolean).length;
      vi.advanceTimersByTime(TICK_MS);
      limit.adjust({ load: 0.5, isFull });
    }
    return room;
  };
  expect(roomAfter(20, true)).toBe(1);
  expect(roomAfter(20, false)).toBeGreaterThan(20);
});

test('many simultaneous starts are spread over several samples', () => {
  const { second, calm } = createProcess({ capacity: 200, seconds: 0.5 });
  for (let n = 0; n < 10; n++) second(2000);
  calm();
  expect(calm(1000)).toBeLessThan(60);
});

test('a process that is overloaded for other reasons still admits some turns', () => {
  const { second, running, setLoad } = createProcess({ capacity: 200, seconds: 0.5 });
  setLoad(5);
  for (let n = 0; n < 10; n++) expect(second(500)).toBeGreaterThan(0);
  expect(running()).toBeGreaterThan(0);
});

test('admits every turn again some time after the overload', () => {
  const { second, setLoad } = createProcess({ capacity: 1000, seconds: 0.5 });
  setLoad(3);
  second(300);
  setLoad(0);
  for (let n = 0; n < 21; n++) second(10);
  expect(second(300)).toBe(300);
});

test('after an outage of a few seconds it admits more every second', () => {
  const { second, setLoad } = createProcess({ capacity: 1000, seconds: 0.5 });
  second(300);
  setLoad(3);
  for (let n = 0; n < 3; n++) second(300);
  setLoad(0);
  const after = [second(300), second(300), second(300), second(300)];
  expect(after).toEqual(after.toSorted((a, b) => a - b));
  expect(after[3]).toBeGreaterThan(1.5 * (after[0] ?? 0));
});
