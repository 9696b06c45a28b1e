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
  await after(200);
  expect(accepted()).toBe(1);
  await after(400);
  expect(accepted()).toBe(3);
});

test('more at once than people send closes the address for a minute, also to those that wait', async () => {
  const { pace, ask, after, accepted, outcomes } = paced();
  for (let n = 0; n < 40; n++) ask(`${n}`);
  await after(5000);
  expect(accepted()).toBe(0);
  expect(outcomes).toHaveLength(40);
  expect(pace.closedMs(ADDRESS)).toBe(55_000);
  expect(pace.closedMs('198.51.100.1')).toBe(0);
  await after(55_000);
  ask('later');
  await after(5000);
  expect(accepted()).toBe(1);
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
  for (const ms of [3000, 3000, 2999]) {
    round(6);
    await after(ms);
  }
  expect(pace.closedMs(ADDRESS)).toBe(0);
  round(6);
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
  for (let n = 0; n < 15; n++) pace.visitorLeft(ADDRESS);
  expect(pace.closedMs(ADDRESS)).toBe(0);
  await after(61_000);
  for (let n = 0; n < 16; n++) pace.visitorLeft(ADDRESS);
  expect(pace.closedMs(ADDRESS)).toBe(60_000);
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
