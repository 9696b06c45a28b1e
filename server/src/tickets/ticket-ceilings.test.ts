import { silentLog } from '@firstword/testing/silent-log';
import { expect, test } from 'vitest';
import type { WindowCounts } from '../store/window-counts.ts';
import { createTicketCeilings, type TicketCause } from './ticket-ceilings.ts';

const HOUR_MS = 3_600_000;
const limits = { wishesPerAddress: 2, openedPerAddress: 3, openedPerSite: 5 };
const keys = {
  ticketCount: (siteId: string, cause: string, hour: number, address = '') => `${siteId} ${address} ${cause} ${hour}`,
};

/** What several processes share. */
function createCounts(): WindowCounts {
  const counts = new Map<string, number>();
  return {
    async add(key, amount) {
      counts.set(key, (counts.get(key) ?? 0) + amount);
      return counts.get(key) ?? 0;
    },
    read: async (key) => counts.get(key) ?? 0,
  };
}
const from = (address: string) => ({ siteId: 'acme', address });
const open = (counts = createCounts(), now = () => 0) =>
  createTicketCeilings({ counts, keys, log: silentLog, limits, now });
const opened = (ceilings: ReturnType<typeof open>, cause: TicketCause, address: string, tries = 10) =>
  Array.from({ length: tries }, () => ceilings.reserve(cause, from(address))).filter(Boolean).length;

test('an address and a site may open a limited number of tickets in an hour', () => {
  const ceilings = open();
  expect([
    opened(ceilings, 'other', 'one'),
    opened(ceilings, 'other', 'two'),
    opened(ceilings, 'other', 'three'),
  ]).toEqual([3, 2, 0]);
});

test('asking for an agent and possible danger have limits of their own, which no site shares', () => {
  const ceilings = open();
  opened(ceilings, 'other', 'one');
  expect([opened(ceilings, 'wish', 'one'), opened(ceilings, 'danger', 'one'), opened(ceilings, 'wish', 'two')]).toEqual(
    [2, 3, 2],
  );
});

test('what opened no ticket does not count', async () => {
  const ceilings = open();
  for (let n = 0; n < 5; n++) ceilings.reserve('wish', from('one'))?.settle(false);
  await new Promise(setImmediate);
  expect(opened(ceilings, 'wish', 'one')).toBe(2);
});

test('processes share their counts', async () => {
  const counts = createCounts();
  const [one, other] = [open(counts), open(counts)];
  opened(one, 'wish', 'one');
  await other.prepare(from('one'));
  expect(opened(other, 'wish', 'one')).toBe(0);
});

test('while Redis is away, a process counts alone', async () => {
  const away: WindowCounts = { add: async () => Promise.reject(new Error('away')), read: async () => 0 };
  const ceilings = open(away);
  expect(opened(ceilings, 'wish', 'one')).toBe(2);
  await new Promise(setImmediate);
  expect(opened(ceilings, 'wish', 'one')).toBe(0);
});

test('the next hour begins at zero, and its time is known', () => {
  let now = HOUR_MS * 1.25;
  const ceilings = open(createCounts(), () => now);
  opened(ceilings, 'wish', 'one');
  expect(ceilings.retryAfterMs()).toBe(HOUR_MS * 0.75);
  now = HOUR_MS * 2;
  expect(opened(ceilings, 'wish', 'one')).toBe(2);
});
