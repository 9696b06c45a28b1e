import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createLatencyTracker, type LatencyKey, type LatencyTracker } from './latency-tracker.ts';

const KEY: LatencyKey = { modelId: 'deepseek-v4-flash', region: 'us-east', endpointId: 'main' };
const SECOND = 1000;

interface Desk {
  readonly book: LatencyTracker;
  readonly changes: { fit: boolean; atMs: number }[];
  clock: { nowMs: number };
}

function openDesk(random: () => number = () => 0.5): Desk {
  const clock = { nowMs: 1_000_000 };
  const changes: Desk['changes'] = [];
  const book = createLatencyTracker({
    priorMs: ({ modelId }) => (modelId === KEY.modelId ? 180 : undefined),
    onChange: (_, fit) => changes.push({ fit, atMs: clock.nowMs }),
    now: () => clock.nowMs,
    random,
  });
  return { book, changes, clock };
}

function record(book: LatencyTracker, times: number, ms: number): void {
  for (let turn = 0; turn < times; turn++) book.tokenAfter(KEY, ms);
}

/** Numbers from 0 to 1 that a seed decides (a linear congruence). */
function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state + 0.5) / 2 ** 32;
  };
}

function lognormal(random: () => number, p50: number, spread: number): number {
  return p50 * Math.exp(spread * Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random()));
}

test('before anything is measured the catalog speaks', () => {
  const { book } = openDesk();
  expect(book.isFit(KEY)).toBe(true);
  expect(book.quantileMs(KEY, 0.5)).toBe(180);
  expect(book.quantileMs(KEY, 0.9)).toBe(270);
});

test('measured waits outweigh the catalog soon, and then alone count', () => {
  const { book } = openDesk();
  record(book, 8, 300);
  expect(book.quantileMs(KEY, 0.9)).toBe(300);
  record(book, 128, 350);
  expect(book.quantileMs(KEY, 0.05)).toBe(350);
});

test('one slow answer is weather, not climate', () => {
  const { book } = openDesk();
  record(book, 3, 5000);
  expect(book.isFit(KEY)).toBe(true);
});

test('a model whose median is slow leaves within 20 turns, cold or after any number of good ones', () => {
  for (const goodTurns of [0, 5, 31, 500]) {
    const { book } = openDesk();
    record(book, goodTurns, 180);
    record(book, 19, 700);
    expect(book.isFit(KEY)).toBe(false);
  }
});

test('a model that hovers around the limit does not go back and forth', () => {
  const { book, changes } = openDesk();
  for (let turn = 0; turn < 500; turn++) record(book, 1, turn % 2 === 0 ? 380 : 430);
  expect(changes.length).toBeLessThanOrEqual(1);
});

test('a request broken off says "at least", so a slow model never looks quick by losing', () => {
  const { book } = openDesk();
  for (let turn = 0; turn < 12; turn++) book.silentFor(KEY, 230);
  record(book, 10, 700);
  expect(book.quantileMs(KEY, 0.5)).toBe(700);
  expect(book.isFit(KEY)).toBe(false);
});

test('a model whose requests are all broken off is probed, because nobody sees its wait any more', () => {
  const { book, clock } = openDesk();
  for (let turn = 0; turn < 31; turn++) book.silentFor(KEY, 230);
  expect(book.isFit(KEY)).toBe(true);
  expect(book.probeDue(KEY)).toBe(false);
  clock.nowMs += 20 * SECOND;
  expect(book.probeDue(KEY)).toBe(true);
  expect(book.probeDue(KEY)).toBe(false);
});

test('a healthy model is never probed: its answers are measurement enough', () => {
  const { book, clock } = openDesk();
  record(book, 31, 180);
  clock.nowMs += 3600 * SECOND;
  expect(book.probeDue(KEY)).toBe(false);
});

test('a model that has left comes back by its probes alone', () => {
  const { book, clock, changes } = openDesk();
  record(book, 20, 700);
  let probes = 0;
  for (let second = 0; second < 200 && !book.isFit(KEY); second++) {
    clock.nowMs += SECOND;
    if (!book.probeDue(KEY)) continue;
    probes += 1;
    record(book, 1, 190);
  }
  expect(probes).toBeLessThanOrEqual(7);
  expect(changes.map(({ fit }) => fit)).toEqual([false, true]);
});

test('what one process measured another one takes over, after a restart too', () => {
  const first = openDesk();
  const second = openDesk();
  for (let turn = 0; turn < 20; turn++) {
    record(first.book, 1, 700);
    for (const sample of first.book.fresh()) second.book.take(sample);
  }
  expect(second.book.isFit(KEY)).toBe(false);
  expect(second.book.fresh()).toEqual([]);
});

test('a busy process tells of a few samples only, from the whole time', () => {
  const { book } = openDesk();
  for (let turn = 0; turn < 1000; turn++) record(book, 1, 100 + turn);
  const told = book.fresh().map(({ ms }) => ms);
  expect(told).toHaveLength(8);
  expect(Math.max(...told) - Math.min(...told)).toBeGreaterThan(800);
});

test('a model that no configuration knows is not kept', () => {
  const { book } = openDesk();
  book.tokenAfter({ ...KEY, modelId: 'stranger' }, 900);
  expect(book.samples({ ...KEY, modelId: 'stranger' })).toBe(0);
  expect(book.fresh()).toEqual([]);
});

test('ten minutes of weather, any seed: slow leaves within 20 turns, quick returns, nothing flaps', () => {
  fc.assert(
    fc.property(fc.nat(), (seed) => {
      const random = seeded(seed);
      const { book, changes, clock } = openDesk(random);
      const [slowFrom, slowUntil] = [120, 360];
      let slowTurns = 0;
      let leftAfter: number | undefined;
      for (let second = 0; second < 600; second++) {
        clock.nowMs += SECOND;
        const isSlow = second >= slowFrom && second < slowUntil;
        const ttftMs = lognormal(random, isSlow ? 700 : 180, 0.3);
        if (book.isFit(KEY)) {
          record(book, 1, ttftMs);
          if (isSlow) slowTurns += 1;
        } else if (book.probeDue(KEY)) record(book, 1, ttftMs);
        if (!book.isFit(KEY)) leftAfter ??= slowTurns;
      }
      expect(leftAfter).toBeLessThanOrEqual(20);
      expect(changes.map(({ fit }) => fit)).toEqual([false, true]);
      expect(changes[1]?.atMs).toBeLessThan(1_000_000 + (slowUntil + 150) * SECOND);
    }),
    { numRuns: 200 },
  );
});
