import { setImmediate as endOfTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createSendBatch } from './send-batch.ts';

test('what is added in one turn of the loop leaves at its end, in order', async () => {
  const sent: number[] = [];
  const burst = createSendBatch<number>((item) => sent.push(item));
  burst.add(1);
  await Promise.resolve();
  burst.add(2);
  expect(sent).toEqual([]);
  await endOfTurn();
  expect(sent).toEqual([1, 2]);
});

test('what is flushed leaves now, and only once', async () => {
  const sent: number[] = [];
  const burst = createSendBatch<number>((item) => sent.push(item));
  burst.add(1);
  burst.flush();
  expect(sent).toEqual([1]);
  burst.add(2);
  await endOfTurn();
  await endOfTurn();
  expect(sent).toEqual([1, 2]);
});

test('many leave in parts, so that the first waits for 31 others at most', async () => {
  const sent: number[] = [];
  const burst = createSendBatch<number>((item) => sent.push(item));
  for (let item = 1; item <= 70; item++) burst.add(item);
  expect(sent).toHaveLength(64);
  await endOfTurn();
  expect(sent).toEqual(Array.from({ length: 70 }, (_, index) => index + 1));
});
