import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { PARTITIONS, partitionOf } from './partition.ts';

test('a conversation is always in the same partition, because the partition is part of its keys', () => {
  expect(['', 'c', 'bd4cd95a-79d0-4a04-b3f8-f7d84ce2c4f1'].map(partitionOf)).toEqual([5, 18, 56]);
});

test('conversations spread over all partitions', () => {
  const counts = new Map<number, number>();
  for (let i = 0; i < 6400; i++) {
    const partition = partitionOf(randomUUID());
    counts.set(partition, (counts.get(partition) ?? 0) + 1);
  }
  expect([...counts.keys()].toSorted((one, other) => one - other)).toEqual(
    Array.from({ length: PARTITIONS }, (_, n) => n),
  );
  // 100 on average with a deviation of 10.
  expect(Math.max(...counts.values())).toBeLessThan(180);
});
