import { expect, test, vi } from 'vitest';
import { lazily, prepend } from './lazy-iterator.ts';

async function* count(to: number, onLeft = () => {}) {
  try {
    for (let n = 1; n <= to; n++) yield n;
  } finally {
    onLeft();
  }
}

async function collect(steps: AsyncIterable<number>) {
  const all: number[] = [];
  for await (const n of steps) all.push(n);
  return all;
}

test('a lazy iterator opens once, on the first step, and yields every step', async () => {
  const open = vi.fn(async () => count(3));
  const passedOn = lazily(open);
  expect(open).not.toHaveBeenCalled();
  const steps = [passedOn.next(), passedOn.next()];
  expect(open).toHaveBeenCalledOnce();
  expect((await Promise.all(steps)).map(({ value }) => value)).toEqual([1, 2]);
  expect(await collect(passedOn)).toEqual([3]);
});

test('an error while opening is thrown by the first step, and return() then succeeds', async () => {
  const passedOn = lazily<number>(() => Promise.reject(new Error('no model')));
  await expect(passedOn.next()).rejects.toThrow('no model');
  await expect(passedOn.return()).resolves.toEqual({ done: true, value: undefined });
});

test('return() before the first step opens nothing', async () => {
  const open = vi.fn(async () => count(3));
  const passedOn = lazily(open);
  await passedOn.return();
  expect(await passedOn.next()).toEqual({ done: true, value: undefined });
  expect(open).not.toHaveBeenCalled();
});

test('return() also ends the inner iterator', async () => {
  const onLeft = vi.fn();
  for await (const n of lazily(async () => count(3, onLeft))) if (n === 1) break;
  expect(onLeft).toHaveBeenCalledOnce();
});

test('a prepended step comes first', async () => {
  const events = count(3);
  const passedOn = prepend(events.next(), events);
  expect(await collect(passedOn)).toEqual([1, 2, 3]);
});
