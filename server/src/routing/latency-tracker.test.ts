import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createLatencyTracker, type LatencyKey, type LatencyTracker } from './latency-tracker.ts';

const KEY: LatencyKey = { modelId: 'deepseek-v4-flash', region: 'us-east', endpointId: 'main' };
const SECOND = 1000;

interface TrackerSetup {
  readonly tracker: LatencyTracker;
  readonly changes: { fit: boolean; atMs: number }[];
  clock: { nowMs: number };
}

function trackerAtTestTime(random: () => number = () => 0.5): TrackerSetup {
  const clock = { nowMs: 1_000_000 };
  const changes: TrackerSetup['changes'] = [];
  const tracker = createLatencyTracker({
    priorMs: ({ modelId }) => (modelId === KEY.modelId ? 180 : undefined),
    onChange: (_, fit) => changes.push({ fit, atMs: clock.nowMs }),
    now: () => clock.nowMs,
    random,
  });
  return { tracker, changes, clock };
}

function record(tracker: LatencyTracker, times: number, ms: number): void {
  for (let turn = 0; turn < times; turn++) tracker.tokenAfter(KEY, ms);
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

test("without samples the catalog's TTFT is used", () => {
  const { tracker } = trackerAtTestTime();
  expect(tracker.isFit(KEY)).toBe(true);
  expect(tracker.quantileMs(KEY, 0.5)).toBe(180);
  expect(tracker.quantileMs(KEY, 0.9)).toBe(270);
});

test('measured samples soon outweigh the catalog, and then count alone', () => {
  const { tracker } = trackerAtTestTime();
  record(tracker, 8, 300);
  expect(tracker.quantileMs(KEY, 0.9)).toBe(300);
  record(tracker, 128, 350);
  expect(tracker.quantileMs(KEY, 0.05)).toBe(350);
});

test("one slow answer doesn't make a model unfit", () => {
  const { tracker } = trackerAtTestTime();
  record(tracker, 3, 5000);
  expect(tracker.isFit(KEY)).toBe(true);
});

test('a model with a slow median becomes unfit within 20 turns, cold or after any number of fast ones', () => {
  for (const goodTurns of [0, 5, 31, 500]) {
    const { tracker } = trackerAtTestTime();
    record(tracker, goodTurns, 180);
    record(tracker, 19, 700);
    expect(tracker.isFit(KEY)).toBe(false);
  }
});

test("a model around the limit doesn't flap", () => {
  const { tracker, changes } = trackerAtTestTime();
  for (let turn = 0; turn < 500; turn++) record(tracker, 1, turn % 2 === 0 ? 380 : 430);
  expect(changes.length).toBeLessThanOrEqual(1);
});

test('an aborted request is a censored sample, so a slow model never looks fast by losing hedges', () => {
  const { tracker } = trackerAtTestTime();
  for (let turn = 0; turn < 12; turn++) tracker.noTokenFor(KEY, 230);
  record(tracker, 10, 700);
  expect(tracker.quantileMs(KEY, 0.5)).toBe(700);
  expect(tracker.isFit(KEY)).toBe(false);
});

test('a model whose requests are all aborted is probed', () => {
  const { tracker, clock } = trackerAtTestTime();
  for (let turn = 0; turn < 31; turn++) tracker.noTokenFor(KEY, 230);
  expect(tracker.isFit(KEY)).toBe(true);
  expect(tracker.probeDue(KEY)).toBe(false);
  clock.nowMs += 20 * SECOND;
  expect(tracker.probeDue(KEY)).toBe(true);
  expect(tracker.probeDue(KEY)).toBe(false);
});

test('a healthy model is never probed, because its answers are samples', () => {
  const { tracker, clock } = trackerAtTestTime();
  record(tracker, 31, 180);
  clock.nowMs += 3600 * SECOND;
  expect(tracker.probeDue(KEY)).toBe(false);
});

test('an unfit model becomes fit by its probes alone', () => {
  const { tracker, clock, changes } = trackerAtTestTime();
  record(tracker, 20, 700);
  let probes = 0;
  for (let second = 0; second < 200 && !tracker.isFit(KEY); second++) {
    clock.nowMs += SECOND;
    if (!tracker.probeDue(KEY)) continue;
    probes += 1;
    record(tracker, 1, 190);
  }
  expect(probes).toBeLessThanOrEqual(7);
  expect(changes.map(({ fit }) => fit)).toEqual([false, true]);
});

test('samples are shared between processes, and survive a restart', () => {
  const first = trackerAtTestTime();
  const second = trackerAtTestTime();
  for (let turn = 0; turn < 20; turn++) {
    record(first.tracker, 1, 700);
    for (const sample of first.tracker.fresh()) second.tracker.take(sample);
  }
  expect(second.tracker.isFit(KEY)).toBe(false);
  expect(second.tracker.fresh()).toEqual([]);
});

test('a busy process shares a few samples, evenly over time', () => {
  const { tracker } = trackerAtTestTime();
  for (let turn = 0; turn < 1000; turn++) record(tracker, 1, 100 + turn);
  const shared = tracker.fresh().map(({ ms }) => ms);
  expect(shared).toHaveLength(8);
  expect(Math.max(...shared) - Math.min(...shared)).toBeGreaterThan(800);
});

test("an unconfigured model isn't tracked", () => {
  const { tracker } = trackerAtTestTime();
  tracker.tokenAfter({ ...KEY, modelId: 'stranger' }, 900);
  expect(tracker.samples({ ...KEY, modelId: 'stranger' })).toBe(0);
  expect(tracker.fresh()).toEqual([]);
});

test('ten minutes of random latency, any seed: a slow model becomes unfit within 20 turns, a fast one returns, none flaps', () => {
  fc.assert(
    fc.property(fc.nat(), (seed) => {
      const random = seeded(seed);
      const { tracker, changes, clock } = trackerAtTestTime(random);
      const [slowFrom, slowUntil] = [120, 360];
      let slowTurns = 0;
      let leftAfter: number | undefined;
      for (let second = 0; second < 600; second++) {
        clock.nowMs += SECOND;
        const isSlow = second >= slowFrom && second < slowUntil;
        const ttftMs = lognormal(random, isSlow ? 700 : 180, 0.3);
        if (tracker.isFit(KEY)) {
          record(tracker, 1, ttftMs);
          if (isSlow) slowTurns += 1;
        } else if (tracker.probeDue(KEY)) record(tracker, 1, ttftMs);
        if (!tracker.isFit(KEY)) leftAfter ??= slowTurns;
      }
      expect(leftAfter).toBeLessThanOrEqual(20);
      expect(changes.map(({ fit }) => fit)).toEqual([false, true]);
      expect(changes[1]?.atMs).toBeLessThan(1_000_000 + (slowUntil + 150) * SECOND);
    }),
    { numRuns: 200 },
  );
});
