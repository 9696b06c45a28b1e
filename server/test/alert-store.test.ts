import type { AlertStore } from '@firstword/server/records/alert-store';
import { createMemoryAlertStore } from '@firstword/server/records/memory-alert-store';
import { createPostgresAlertStore } from '@firstword/server/records/postgres-alert-store';
import { type AlertCause, alertKey } from '@firstword/shared/alert';
import { describe, expect, test } from 'vitest';
import { openTestDatabase } from './open-test-database.ts';

const STORES: Readonly<Record<string, () => Promise<AlertStore>>> = {
  'in memory': async () => createMemoryAlertStore(),
  'in PostgreSQL': async () => createPostgresAlertStore(await openTestDatabase()),
};
const slow = (siteId: string): AlertCause => ({
  kind: 'response-time',
  siteId,
  value: 0.5,
  objective: 0.95,
  withinMs: 400,
});
const down: AlertCause = { kind: 'models-down', tier: 'fast', value: 0, objective: 1, reason: 'connect-failed' };
const LEASE_MS = 50;

describe.each(Object.entries(STORES))('alerts %s', (_name, create) => {
  test('are opened once for what they are about, closed once, and opened again later', async () => {
    const store = await create();
    const opened = await Promise.all([1, 2, 3].map(() => store.open(slow('acme'), 10)));
    expect(opened.toSorted()).toEqual([false, false, true]);
    expect(await store.open(slow('other'), 11)).toBe(true);
    expect(await store.open(down, 12)).toBe(true);
    const [first] = await store.listOpen();
    expect(first).toEqual({
      alert: { ...slow('acme'), id: expect.any(String), state: 'open', since: 10 },
      clearSince: undefined,
    });
    const id = first?.alert.id ?? '';
    const closed = await Promise.all([1, 2].map(() => store.close(id, 20)));
    expect(closed.toSorted()).toEqual([false, true]);
    expect((await store.listOpen()).map(({ alert }) => alert.since)).toEqual([11, 12]);
    expect(await store.open(slow('acme'), 30)).toBe(true);
  });

  test('are listed by what they are about, the newest first', async () => {
    const store = await create();
    for (const [cause, at] of [
      [slow('acme'), 1],
      [slow('other'), 2],
      [down, 3],
    ] as const)
      await store.open(cause, at);
    const [acme] = await store.listOpen();
    await store.close(acme?.alert.id ?? '', 9);
    const keys = [alertKey(slow('acme')), alertKey(down)];
    const list = async (state?: 'open' | 'closed', limit = 9) =>
      (await store.list({ keys, state, limit })).map((alert) => [alertKey(alert), alert.state, alert.closedAt]);
    const closed = ['response-time acme', 'closed', 9];
    expect(await list()).toEqual([['models-down fast', 'open', undefined], closed]);
    expect(await list('closed')).toEqual([closed]);
    expect(await list('open')).toHaveLength(1);
    expect(await list(undefined, 1)).toHaveLength(1);
    expect(await store.list({ keys: [], limit: 9 })).toEqual([]);
  });

  test('keep since when their cause is over, until it is back', async () => {
    const store = await create();
    await store.open(down, 1);
    const open = async () => (await store.listOpen())[0];
    const id = (await open())?.alert.id ?? '';
    for (const [since, expected] of [
      [5, 5],
      [8, 5],
      [undefined, undefined],
      [9, 9],
    ] as const) {
      await store.setClear(id, since);
      expect((await open())?.clearSince).toBe(expected);
    }
  });

  test('hand each notice to one caller until its lease ends, and that of the end only after that of the beginning', async () => {
    const store = await create();
    await store.open(slow('acme'), 10);
    const id = (await store.listOpen())[0]?.alert.id ?? '';
    await store.close(id, 20);
    const claim = async (now: number) => (await Promise.all([1, 2, 3].map(() => store.claim(now, LEASE_MS, 9)))).flat();
    expect(await claim(9)).toEqual([]);
    const [opened] = await claim(30);
    expect(opened).toMatchObject({ change: 'opened', at: 10, mailed: [], alert: { id, state: 'open' } });
    expect(await claim(79)).toEqual([]);
    await Promise.all(['one', 'two'].map((account) => store.markMailed(opened?.id ?? '', account)));
    const [again, ...others] = await claim(80);
    expect([again?.mailed.toSorted(), others]).toEqual([['one', 'two'], []]);
    await store.postpone(opened?.id ?? '', 90);
    expect(await claim(89)).toEqual([]);
    expect((await claim(90)).map(({ change }) => change)).toEqual(['opened']);
    await store.settle(opened?.id ?? '');
    expect(await claim(200)).toMatchObject([{ change: 'closed', alert: { state: 'closed', closedAt: 20 } }]);
  });

  test('are deleted with their notices some time after they were closed', async () => {
    const store = await create();
    for (const site of ['acme', 'other']) await store.open(slow(site), 1);
    const [acme, other] = await store.listOpen();
    await store.close(acme?.alert.id ?? '', 5);
    expect([await store.expire(5), await store.expire(6), await store.expire(100)]).toEqual([0, 1, 0]);
    expect((await store.listOpen()).map(({ alert }) => alert.id)).toEqual([other?.alert.id]);
    expect((await store.claim(1000, LEASE_MS, 9)).map(({ alert }) => alert.id)).toEqual([other?.alert.id]);
  });
});
