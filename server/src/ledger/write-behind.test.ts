import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createLog } from '../lib/log.ts';
import { createWriteBehind } from './write-behind.ts';

const log = createLog('silent');
beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('entries are written in one batch, in order, after the flush interval', async () => {
  const written: number[][] = [];
  const entries = createWriteBehind<number>(
    { what: 'numbers', write: async (batch) => void written.push([...batch]), log },
    { flushMs: 250, maxWaiting: 100 },
  );
  entries.add(1);
  entries.add(2);
  expect(written).toEqual([]);
  await vi.advanceTimersByTimeAsync(250);
  expect(written).toEqual([[1, 2]]);
  await entries.close();
});

test('failed entries are written again before newer ones', async () => {
  const written: number[] = [];
  let away = true;
  const write = async (batch: readonly number[]) => {
    if (away) throw new Error('away');
    written.push(...batch);
  };
  const entries = createWriteBehind<number>({ what: 'numbers', write, log }, { flushMs: 250, maxWaiting: 100 });
  entries.add(1);
  await entries.flush();
  entries.add(2);
  away = false;
  await entries.close();
  expect(written).toEqual([1, 2]);
});

test('beyond the limit the oldest entries are dropped and counted', async () => {
  let lost = 0;
  const write = async () => {
    throw new Error('away');
  };
  const onLost = (count: number) => {
    lost += count;
  };
  const entries = createWriteBehind<number>({ what: 'numbers', write, onLost, log }, { flushMs: 250, maxWaiting: 3 });
  for (const entry of [1, 2, 3, 4, 5]) entries.add(entry);
  await entries.close();
  expect(lost).toBe(2);
});
