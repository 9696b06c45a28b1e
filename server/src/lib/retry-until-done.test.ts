import { expect, test } from 'vitest';
import { retryUntilDone } from './retry-until-done.ts';

test('work is repeated until it succeeds, and each failure is passed on', async () => {
  const failures: unknown[] = [];
  let tries = 0;
  const work = async () => {
    tries += 1;
    if (tries < 3) throw new Error(`try ${tries}`);
  };
  const { signal } = new AbortController();
  await retryUntilDone(work, { signal, onFailure: (error) => failures.push(String(error)), retryMs: 1 });
  expect(failures).toEqual(['Error: try 1', 'Error: try 2']);
  expect(tries).toBe(3);
});

test('what is given up is not tried again', async () => {
  const closing = new AbortController();
  let tries = 0;
  const work = async () => {
    tries += 1;
    throw new Error('away');
  };
  await retryUntilDone(work, { signal: closing.signal, onFailure: () => closing.abort(), retryMs: 60_000 });
  expect(tries).toBe(1);
});
