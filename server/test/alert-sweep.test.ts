/** Alerts of two processes over one database: each is opened once, and closed once when its cause has been over for a while. */
import { randomUUID } from 'node:crypto';
import { type AlertSweep, createAlertSweep } from '@firstword/server/alerts/alert-sweep';
import { createSiteWatches } from '@firstword/server/alerts/site-watches';
import { burnOf } from '@firstword/server/ledger/objective';
import type { AlertStore } from '@firstword/server/records/alert-store';
import { createMemoryUsageStore } from '@firstword/server/records/memory-usage-store';
import { createPostgresAlertStore } from '@firstword/server/records/postgres-alert-store';
import { alertKey } from '@firstword/shared/alert';
import { silentLog } from '@firstword/testing/silent-log';
import { beforeEach, expect, test } from 'vitest';
import { openTestDatabase } from './open-test-database.ts';

const NOON = Date.parse('2026-05-20T12:00:00Z');
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const objective = { withinMs: 400, share: 0.95 };

let now: number;
let store: AlertStore;
let sweeps: AlertSweep[];
beforeEach(async () => {
  now = NOON;
  const database = await openTestDatabase();
  store = createPostgresAlertStore(database);
  sweeps = [1, 2].map(() => createAlertSweep({ store: createPostgresAlertStore(database), log: silentLog }));
});

/** In both processes at the same time. */
const sweepWith = (watches: ReturnType<typeof createSiteWatches>) =>
  Promise.all(sweeps.map((sweep) => sweep(watches, now)));
const openKeys = async () => (await store.listOpen()).map(({ alert }) => alertKey(alert)).toSorted();
/** What was opened and closed since the last call, in order. */
async function changes(): Promise<string[]> {
  const found: string[] = [];
  for (let batch = await store.claim(now, 1, 50); batch.length > 0; batch = await store.claim(now, 1, 50))
    for (const { id, change, alert } of batch) {
      found.push(`${change} ${alertKey(alert)}`);
      await store.settle(id);
    }
  return found;
}

test('an objective that burns opens one alert, which is closed when the last hour has been in time for five minutes', async () => {
  const usage = createMemoryUsageStore();
  const felt = async (ms: number, count: number, siteId = 'acme') => {
    const sample = { siteId, region: 'us-east', tier: 'fast', modelId: 'quick', ms, at: now };
    await usage.record(
      Array.from({ length: count }, () => ({ kind: 'felt', sample: { ...sample, turnId: randomUUID() } }) as const),
    );
  };
  const since = async (siteId: string, ms: number) => burnOf(await usage.feltSince(siteId, now - ms), objective);
  const watches = createSiteWatches({
    siteIds: () => ['acme', 'other'],
    burn: async (siteId) => ({ objective, hour: await since(siteId, HOUR), day: await since(siteId, 24 * HOUR) }),
    spentOn: async () => ({ usd: 0, tokens: 0 }),
    budgets: { sites: {} },
  });
  const sweepTimes = async (minutes: number) => {
    for (let minute = 0; minute < minutes; minute++) {
      now += MINUTE;
      await sweepWith(watches);
    }
  };

  await felt(200, 60);
  await sweepTimes(1);
  expect(await changes()).toEqual([]);
  await felt(900, 40);
  await felt(900, 9, 'other'); // too few to tell
  await sweepTimes(2);
  expect(await changes()).toEqual(['opened response-time acme']);
  expect((await store.listOpen())[0]?.alert).toMatchObject({ value: 0.6, objective: 0.95, withinMs: 400 });

  await sweepTimes(58); // the late answers still count
  expect(await openKeys()).toEqual(['response-time acme']);
  now += 2 * MINUTE;
  await felt(200, 30);
  await sweepTimes(5);
  await felt(900, 30); // it burns again, so that it isn't over
  await sweepTimes(3);
  expect([await openKeys(), await changes()]).toEqual([['response-time acme'], []]);
  now += HOUR;
  await sweepTimes(5);
  expect(await changes()).toEqual([]);
  await sweepTimes(3);
  expect([await openKeys(), await changes()]).toEqual([[], ['closed response-time acme']]);
});

test('a budget has one alert at 80 % and one at 100 %, which end with the day', async () => {
  const spent = new Map([['acme', 0]]);
  const watches = createSiteWatches({
    siteIds: () => spent.keys(),
    burn: async () => ({ objective, hour: { kind: 'no-data' }, day: { kind: 'no-data' } }),
    spentOn: async (siteId, day) => ({ usd: day === '2026-05-20' ? (spent.get(siteId) ?? 0) : 0, tokens: 0 }),
    budgets: { siteDay: { usd: 10 }, sites: { other: { siteDay: { usd: 100 } } } },
  });
  const sweepAt = async (minutes: number) => {
    now = NOON + minutes * MINUTE;
    await sweepWith(watches);
    return changes();
  };
  spent.set('acme', 7.99);
  spent.set('other', 79);
  expect(await sweepAt(1)).toEqual([]);
  spent.set('acme', 8);
  expect(await sweepAt(2)).toEqual(['opened budget-near acme']);
  spent.set('acme', 9.9);
  expect(await sweepAt(3)).toEqual([]);
  spent.set('acme', 10.2);
  spent.set('other', 130); // the limit of one site outranks the general one; 80 % of it was never seen
  expect((await sweepAt(4)).toSorted()).toEqual(['opened budget-reached acme', 'opened budget-reached other']);
  expect(await openKeys()).toEqual(['budget-near acme', 'budget-reached acme', 'budget-reached other']);
  spent.delete('other'); // a site that was removed has no alert
  expect(await sweepAt(12 * 60)).toEqual([]);
  expect((await sweepAt(12 * 60 + 5)).toSorted()).toEqual([
    'closed budget-near acme',
    'closed budget-reached acme',
    'closed budget-reached other',
  ]);
});

test('a watch that can’t read its figures leaves its alerts unchanged and does not stop the other watches', async () => {
  const cause = { kind: 'response-time', siteId: 'acme', value: 0.5, objective: 0.95 } as const;
  await store.open(cause, now);
  const down = { kind: 'models-down', tier: 'fast', value: 0, objective: 1 } as const;
  const watches = [
    { kinds: ['response-time'] as const, look: () => Promise.reject(new Error('away')) },
    { kinds: ['models-down'] as const, look: async () => [{ verdict: 'bad', cause: down }] as const },
  ];
  const [sweep] = sweeps;
  for (const minutes of [1, 9]) await expect(sweep?.(watches, now + minutes * MINUTE)).rejects.toThrow('away');
  expect(await openKeys()).toEqual(['models-down fast', 'response-time acme']);
});
