import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createFairOrder, type FairOrder } from './fair-order.ts';

const push = (order: FairOrder<string>, name: string, count = 1) => {
  const [siteId = '', address = ''] = name.split('/');
  for (let n = 0; n < count; n++) order.push({ siteId, address }, name);
};
const shiftAll = (order: FairOrder<string>, count = order.size()) =>
  Array.from({ length: count }, () => order.shift() ?? '');

test('a visitor of another site is next, however many of a flood wait', () => {
  const order = createFairOrder<string>(() => 1);
  push(order, 'flooded/one', 100);
  shiftAll(order, 10);
  push(order, 'quiet/other');
  expect(shiftAll(order, 2)).toContain('quiet/other');
});

test('a visitor of the flooded site at another address is next as well', () => {
  const order = createFairOrder<string>(() => 1);
  push(order, 'flooded/one', 100);
  shiftAll(order, 10);
  push(order, 'flooded/other');
  expect(shiftAll(order, 2)).toContain('flooded/other');
});

test('one site with many addresses gets no more than a site with one', () => {
  const order = createFairOrder<string>(() => 1);
  for (let n = 0; n < 50; n++) push(order, `many/${n}`);
  push(order, 'single/one', 50);
  const first = shiftAll(order, 40);
  expect(first.filter((name) => name === 'single/one')).toHaveLength(20);
});

test('a site of weight 3 is served three times as often', () => {
  const order = createFairOrder<string>((siteId) => (siteId === 'large' ? 3 : 1));
  push(order, 'large/one', 60);
  push(order, 'small/one', 60);
  expect(shiftAll(order, 40).filter((name) => name === 'large/one')).toHaveLength(30);
});

test('an item that waited alone gets no priority over later ones', () => {
  const order = createFairOrder<string>(() => 1);
  push(order, 'a/one', 3);
  shiftAll(order, 2);
  push(order, 'b/one', 3);
  // Had `b` saved up its idle time, it would be served three times in a row.
  expect(shiftAll(order)).toEqual(['b/one', 'a/one', 'b/one', 'b/one']);
});

test('items of one address keep their order', () => {
  const order = createFairOrder<number>(() => 1);
  for (let n = 0; n < 5; n++) order.push({ siteId: 'a', address: 'one' }, n);
  expect([order.shift(), order.shift(), order.shift()]).toEqual([0, 1, 2]);
});

test('what is dropped comes from the longest queue, its newest first', () => {
  const order = createFairOrder<string>(() => 1);
  push(order, 'quiet/other');
  order.push({ siteId: 'flooded', address: 'one' }, 'old');
  order.push({ siteId: 'flooded', address: 'one' }, 'new');
  order.push({ siteId: 'flooded', address: 'two' }, 'only');
  expect(order.dropFromLongest()).toBe('new');
});

test('everything that comes in goes out once, in any order of calls', () => {
  const call = fc.oneof(
    fc.record({ site: fc.constantFrom('a', 'b', 'c'), address: fc.constantFrom('x', 'y', 'z') }),
    fc.constantFrom('shift' as const, 'drop' as const, 'expire' as const),
  );
  fc.assert(
    fc.property(fc.array(call, { maxLength: 200 }), (calls) => {
      const order = createFairOrder<number>(() => 1);
      const left: number[] = [];
      let entered = 0;
      for (const next of calls) {
        if (next === 'shift') left.push(...[order.shift()].filter((item) => item !== undefined));
        else if (next === 'drop') left.push(...[order.dropFromLongest()].filter((item) => item !== undefined));
        else if (next === 'expire') left.push(...order.dropWhile((item) => item % 3 === 0));
        else order.push({ siteId: next.site, address: next.address }, entered++);
        expect(order.size()).toBe(entered - left.length);
      }
      while (order.size() > 0) left.push(...[order.shift()].filter((item) => item !== undefined));
      expect(left.toSorted((one, other) => one - other)).toEqual(Array.from({ length: entered }, (_, n) => n));
    }),
  );
});
