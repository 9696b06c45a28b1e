import { expect, test } from 'vitest';
import { type PaceClock, paceTokens } from './token-pace.ts';

/** A clock that advances only by waits; each ends `lateMs` late. */
function scriptedClock(lateMs: (wait: number) => number): PaceClock {
  let now = 1000;
  let waits = 0;
  return {
    now: () => now,
    async wait(ms) {
      waits += 1;
      now += ms + lateMs(waits);
    },
  };
}

async function readWrites(tokens: readonly string[], clock: PaceClock, tokensPerSecond: number, ttftMs = 180) {
  const writes: { at: number; tokens: string[] }[] = [];
  const pace = { startedAt: 1000, ttftMs, tokensPerSecond };
  for await (const due of paceTokens(tokens, pace, clock, new AbortController().signal)) {
    writes.push({ at: clock.now() - 1000, tokens: due });
  }
  return writes;
}

const hundred = Array.from({ length: 100 }, (_, index) => `t${index}`);

test('the first token is due after the TTFT, the others at the token rate', async () => {
  const writes = await readWrites(
    hundred.slice(0, 4),
    scriptedClock(() => 0),
    50,
  );
  expect(writes.map(({ at }) => Math.round(at))).toEqual([180, 200, 220, 240]);
});

test('timer delays do not accumulate', async () => {
  const clock = scriptedClock(() => 0.9);
  const writes = await readWrites(hundred, clock, 100);
  const lastDue = 180 + 99 * 10;
  expect((writes.at(-1)?.at ?? 0) - lastDue).toBeLessThan(1);
});

test('after a pause, all tokens that are due come at once', async () => {
  const clock = scriptedClock((wait) => (wait === 3 ? 55 : 0));
  const writes = await readWrites(hundred.slice(0, 12), clock, 100);
  expect(writes.some(({ tokens }) => tokens.length === 6)).toBe(true);
  expect(writes.flatMap(({ tokens }) => tokens)).toEqual(hundred.slice(0, 12));
});

test('without delays, all tokens come at once', async () => {
  const writes = await readWrites(
    hundred,
    scriptedClock(() => 0),
    Number.POSITIVE_INFINITY,
    0,
  );
  expect(writes).toEqual([{ at: 0, tokens: hundred }]);
});
