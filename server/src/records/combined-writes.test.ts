import { createLatch } from '@firstword/testing/latch';
import { expect, test } from 'vitest';
import { combineWrites } from './combined-writes.ts';
import { RecordsError } from './records-error.ts';

test('the changes of one moment are one write, and those that come during a write are the next', async () => {
  const written: (readonly number[])[] = [];
  const [first, hold] = [createLatch(), createLatch()];
  const write = combineWrites<number>(async (changes) => {
    written.push(changes);
    first.open();
    await hold.opened;
  });
  const early = [write([1, 2]), write([3])];
  await first.opened;
  const late = [write([4]), write([5])];
  hold.open();
  await Promise.all([...early, ...late]);
  expect(written).toEqual([
    [1, 2, 3],
    [4, 5],
  ]);
});

test('a change that cannot be stored fails its own caller only', async () => {
  const stored: number[] = [];
  const write = combineWrites<number>(async (changes) => {
    if (changes.includes(13)) throw new TypeError('13 cannot be stored');
    stored.push(...changes);
  });
  const outcomes = await Promise.allSettled([write([1]), write([13]), write([2])]);
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(stored).toEqual([1, 2]);
});

test('while the database is away, one attempt fails for every caller, and a later one may succeed', async () => {
  let attempts = 0;
  const write = combineWrites<number>(async () => {
    attempts += 1;
    if (attempts === 1) throw new RecordsError('unavailable', 'The database did not answer.');
  });
  const outcomes = await Promise.allSettled([write([1]), write([2])]);
  expect(outcomes).toMatchObject([{ reason: { code: 'unavailable' } }, { reason: { code: 'unavailable' } }]);
  expect(attempts).toBe(1);
  await write([1]);
  expect(attempts).toBe(2);
});
