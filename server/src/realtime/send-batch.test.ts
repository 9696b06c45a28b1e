import { setImmediate as endOfTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createSendBatch } from './send-batch.ts';

test('items added in one tick are sent at its end, in order', async () => {
  const sent: number[] = [];
  const batch = createSendBatch<number>((item) => sent.push(item));
  batch.add(1);
  await Promise.resolve();
  batch.add(2);
  expect(sent).toEqual([]);
  await endOfTurn();
  expect(sent).toEqual([1, 2]);
});

test('a flush sends at once, and each item only once', async () => {
  const sent: number[] = [];
  const batch = createSendBatch<number>((item) => sent.push(item));
  batch.add(1);
  batch.flush();
  expect(sent).toEqual([1]);
  batch.add(2);
  await endOfTurn();
  await endOfTurn();
  expect(sent).toEqual([1, 2]);
});

test('large batches are sent in parts, so that the first item waits for at most 31 others', async () => {
  const sent: number[] = [];
  const batch = createSendBatch<number>((item) => sent.push(item));
  for (let item = 1; item <= 70; item++) batch.add(item);
  expect(sent).toHaveLength(64);
  await endOfTurn();
  expect(sent).toEqual(Array.from({ length: 70 }, (_, index) => index + 1));
});
