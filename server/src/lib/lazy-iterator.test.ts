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

test('an iteration that is opened later opens with the first step, once, and gives every step', async () => {
  const open = vi.fn(async () => count(3));
  const passedOn = lazily(open);
  expect(open).not.toHaveBeenCalled();
  const steps = [passedOn.next(), passedOn.next()];
  expect(open).toHaveBeenCalledOnce();
  expect((await Promise.all(steps)).map(({ value }) => value)).toEqual([1, 2]);
  expect(await collect(passedOn)).toEqual([3]);
});

test('what keeps it from opening is thrown by the first step, and leaving it then is no fault', async () => {
  const passedOn = lazily<number>(() => Promise.reject(new Error('no model')));
  await expect(passedOn.next()).rejects.toThrow('no model');
  await expect(passedOn.return()).resolves.toEqual({ done: true, value: undefined });
});

test('leaving before the first step opens nothing', async () => {
  const open = vi.fn(async () => count(3));
  const passedOn = lazily(open);
  await passedOn.return();
  expect(await passedOn.next()).toEqual({ done: true, value: undefined });
  expect(open).not.toHaveBeenCalled();
});

test('leaving it leaves what it hands on', async () => {
  const onLeft = vi.fn();
  for await (const n of lazily(async () => count(3, onLeft))) if (n === 1) break;
  expect(onLeft).toHaveBeenCalledOnce();
});

test('a first step that was taken already comes first', async () => {
  const events = count(3);
  const passedOn = prepend(events.next(), events);
  expect(await collect(passedOn)).toEqual([1, 2, 3]);
});
