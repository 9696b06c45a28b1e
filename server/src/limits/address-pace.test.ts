import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createAddressPace } from './address-pace.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const ADDRESS = '203.0.113.7';

function paced(perHour = 600) {
  let left = perHour;
  const pace = createAddressPace(async () => left-- > 0);
  const outcomes: boolean[] = [];
  const ask = (visitor: string) => void pace.turn(ADDRESS, visitor).then((may) => outcomes.push(may));
  const after = async (ms: number) => void (await vi.advanceTimersByTimeAsync(ms));
  return { pace, ask, after, outcomes, accepted: () => outcomes.filter(Boolean).length };
}

test('messages start one after the other', async () => {
  const { ask, after, accepted } = paced();
  for (const visitor of ['one', 'two', 'three']) ask(visitor);
  await after(150);
  expect(accepted()).toBe(1);
  await after(300);
  expect(accepted()).toBe(3);
});

test('40 people who write at the same moment are all served, and further ones are refused without closing the address', async () => {
  const { pace, ask, after, accepted, outcomes } = paced();
  for (let n = 0; n < 45; n++) ask(`${n}`);
  await after(0);
  expect(outcomes).toEqual([false, false, false, false]);
  await after(7000);
  expect(accepted()).toBe(41);
  expect(pace.closedMs(ADDRESS)).toBe(0);
});

test('a queue that never runs empty closes the address, for twice as long when it goes on, also to those that wait', async () => {
  const { pace, ask, after, accepted, outcomes } = paced();
  let visitor = 0;
  const flood = async () => {
    for (; pace.closedMs(ADDRESS) === 0; visitor++) {
      ask(`${visitor}`);
      await after(100);
    }
  };
  await flood();
  expect(accepted()).toBeLessThanOrEqual(67);
  expect(pace.closedMs(ADDRESS)).toBeGreaterThan(59_000);
  expect(pace.closedMs('198.51.100.1')).toBe(0);
  const before = accepted();
  await after(7000);
  expect(accepted()).toBe(before);
  expect(outcomes).toHaveLength(visitor);
  await after(53_000);
  await flood();
  expect(pace.closedMs(ADDRESS)).toBeGreaterThan(119_000);
  await after(240_000);
  await flood();
  expect(pace.closedMs(ADDRESS)).toBeLessThanOrEqual(60_000);
});

test('one visitor among others gets only a few of them in a minute', async () => {
  const { pace, ask, after, accepted } = paced();
  pace.sent(ADDRESS, 'another');
  for (let n = 0; n < 10; n++) ask('one');
  await after(10_000);
  expect(accepted()).toBe(3);
  await after(60_000);
  pace.sent(ADDRESS, 'another');
  ask('one');
  await after(1000);
  expect(accepted()).toBe(4);
});

test('a visitor who is alone at the address, and writes in short lines, has the visitors’ own limit', async () => {
  const { pace, ask, after, accepted } = paced();
  for (let n = 0; n < 20; n++) {
    pace.sent(ADDRESS, 'one');
    await after(2000);
  }
  for (let n = 0; n < 10; n++) {
    ask('one');
    await after(2000);
  }
  expect(accepted()).toBe(10);
  expect(pace.closedMs(ADDRESS)).toBe(0);
});

test('sessions that take turns are not alone, also when a new minute begins', async () => {
  const { ask, after, accepted } = paced();
  for (const visitor of ['one', 'two', 'three'])
    for (let n = 0; n < 10; n++) {
      ask(visitor);
      await after(3500);
    }
  // Ten of the first one, who was alone; three of each of the others in each minute.
  expect(accepted()).toBeLessThanOrEqual(10 + 2 * (3 + 3));
});

test('visitors who write again before they can have read close the address, also within its first limit', async () => {
  const { pace, after } = paced();
  const round = (visitors: number) => {
    for (let n = 0; n < visitors; n++) pace.sent(ADDRESS, `${n}`);
  };
  for (const ms of [4000, 4000, 3999]) {
    round(6);
    await after(ms);
  }
  expect(pace.closedMs(ADDRESS)).toBe(0);
  round(6);
  expect(pace.closedMs(ADDRESS)).toBe(60_000);
});

test('the wait for a turn does not count as reading time', async () => {
  const { pace, ask, after } = paced();
  const all = Array.from({ length: 30 }, (_, n) => `${n}`);
  for (const visitor of all) ask(visitor);
  await after(5000);
  // Each was accepted 0.5 s ago or later, the last ones not before now.
  for (const visitor of all.slice(10)) ask(visitor);
  expect(pace.closedMs(ADDRESS)).toBe(60_000);
});

test('an office where each third person sends a question in two parts stays open', async () => {
  const { pace, after } = paced();
  for (let person = 0; person < 90; person++) {
    pace.sent(ADDRESS, `${person}`);
    await after(500);
    if (person % 3 === 0) pace.sent(ADDRESS, `${person}`);
  }
  expect(pace.closedMs(ADDRESS)).toBe(0);
});

test('new visitors who leave at once close the address, a few of them do not', async () => {
  const { pace, after } = paced();
  const leave = (visitors: number) => {
    for (let n = 0; n < visitors; n++) pace.visitorLeft(ADDRESS, `${n}`);
  };
  leave(15);
  expect(pace.closedMs(ADDRESS)).toBe(0);
  await after(61_000);
  leave(16);
  expect(pace.closedMs(ADDRESS)).toBe(60_000);
});

test('a visitor who leaves for the next page of the site, and connects again there, has not left', () => {
  const { pace } = paced();
  for (let n = 0; n < 40; n++) {
    pace.visitorLeft(ADDRESS, `${n}`);
    pace.visitorReturned(ADDRESS, `${n}`);
  }
  expect(pace.closedMs(ADDRESS)).toBe(0);
});

test('an office where less than half of the visitors leave at once stays open', () => {
  const { pace } = paced();
  for (let n = 0; n < 60; n++) pace.sent(ADDRESS, `${n}`);
  for (let n = 0; n < 25; n++) pace.visitorLeft(ADDRESS, `${n}`);
  expect(pace.closedMs(ADDRESS)).toBe(0);
});

test('an hour has a limited number, so that an address which never stops stays at its first limit', async () => {
  const { ask, after, accepted } = paced(100);
  for (let second = 0; second < 300; second++) {
    ask(`${second}`);
    await after(1000);
  }
  expect(accepted()).toBe(100);
});

test('200 people who send a message each within a minute are all served', async () => {
  const { ask, after, accepted } = paced();
  for (let person = 0; person < 180; person++) {
    ask(`${person}`);
    // Unevenly: sometimes several in a second, then none.
    await after(person % 6 === 5 ? 1500 : 90);
  }
  await after(5000);
  expect(accepted()).toBe(180);
});
