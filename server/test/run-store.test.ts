import { createMemoryRunStore } from '@firstword/server/records/memory-run-store';
import { createPostgresRunStore } from '@firstword/server/records/postgres-run-store';
import { type NewRun, RUNS_KEPT, type RunStore } from '@firstword/server/records/run-store';
import { describe, expect, test } from 'vitest';
import { openTestDatabase } from './open-test-database.ts';

const STORES: Readonly<Record<string, () => Promise<RunStore>>> = {
  'in memory': async () => createMemoryRunStore(),
  'in PostgreSQL': async () => createPostgresRunStore(await openTestDatabase()),
};
const LEASE_MS = 60_000;
const newRun = (more: Partial<NewRun> = {}): NewRun => ({
  ...{ kind: 'benchmark', subject: 'models', by: 'Ada', result: { lines: [] } },
  ...more,
});
async function started(store: RunStore, run = newRun(), leaseMs = LEASE_MS): Promise<string> {
  const { id } = (await store.start(run, leaseMs)) ?? {};
  if (id === undefined) throw new Error('another run is in progress');
  return id;
}

describe.each(Object.entries(STORES))('background runs %s', (_name, open) => {
  test('of two that are started at the same time for one subject, one starts', async () => {
    const store = await open();
    const both = await Promise.all([store.start(newRun(), LEASE_MS), store.start(newRun(), LEASE_MS)]);
    expect(both.filter((run) => run !== undefined)).toMatchObject([{ state: 'running', by: 'Ada', stopping: false }]);
    await started(store, newRun({ subject: 'shop' }));
    expect(await store.list('benchmark', 'models')).toHaveLength(1);
  });

  test('a report keeps the result, and brings the wish to stop', async () => {
    const store = await open();
    const id = await started(store);
    expect(await store.report(id, { lines: ['one'] }, LEASE_MS)).toBe('continue');
    expect(await store.requestStop(id)).toBe(true);
    expect(await store.load(id)).toMatchObject({ state: 'running', stopping: true, result: { lines: ['one'] } });
    expect(await store.report(id, { lines: ['one', 'two'] }, LEASE_MS)).toBe('stop');
    await store.end(id, 'stopped', { lines: ['one', 'two', 'three'] });
    expect(await store.load(id)).toMatchObject({
      ...{ state: 'stopped', endedAt: expect.any(Number), result: { lines: ['one', 'two', 'three'] } },
    });
    expect([await store.requestStop(id), await store.report(id, {}, LEASE_MS)]).toEqual([false, 'ended']);
    await store.end(id, 'done', {});
    expect(await store.load(id)).toMatchObject({ state: 'stopped', result: { lines: ['one', 'two', 'three'] } });
  });

  test('a run whose lease is over ends as interrupted with what it had reported, and the next one may start', async () => {
    const store = await open();
    const id = await started(store, newRun(), LEASE_MS);
    await store.report(id, { lines: ['one'] }, -1);
    await started(store);
    expect(await store.load(id)).toMatchObject({ state: 'interrupted', result: { lines: ['one'] } });
    const other = await started(store, newRun({ subject: 'shop' }), -1);
    expect([await store.endLost(), await store.endLost()]).toEqual([1, 0]);
    expect(await store.load(other)).toMatchObject({ state: 'interrupted', endedAt: expect.any(Number) });
  });

  test('the newest comes first, and those beyond the limit are deleted', async () => {
    const store = await open();
    const ids: string[] = [];
    for (let n = 0; n <= RUNS_KEPT; n++) {
      const id = await started(store);
      ids.unshift(id);
      await store.end(id, 'done', {});
    }
    expect((await store.list('benchmark', 'models')).map(({ id }) => id)).toEqual(ids.slice(0, RUNS_KEPT));
    expect(await store.load(ids.at(-1) ?? '')).toBeUndefined();
  });
});
