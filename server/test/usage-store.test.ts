import { randomUUID } from 'node:crypto';
import { amountsOf } from '@firstword/server/records/call-amounts';
import { createDatabase } from '@firstword/server/records/database';
import type { LedgerRow } from '@firstword/server/records/ledger-row';
import { createMemoryUsageStore } from '@firstword/server/records/memory-usage-store';
import { createPostgresUsageStore } from '@firstword/server/records/postgres-usage-store';
import { countSamples, EMPTY_HISTOGRAM, ttftBucket } from '@firstword/server/records/ttft-histogram';
import type { UsageRecord, VisitRecord } from '@firstword/server/records/usage-record';
import type { UsageStore } from '@firstword/server/records/usage-store';
import { silentLog } from '@firstword/testing/silent-log';
import { createTestDatabase } from '@firstword/testing/test-database';
import { describe, expect, onTestFinished, test } from 'vitest';

const NOON = Date.parse('2026-05-20T12:00:00Z');
const DAY_MS = 24 * 60 * 60 * 1000;
const PERIOD = { from: '2026-05-01', to: '2026-06-30' };

const rowOf = (more: Partial<LedgerRow> = {}): LedgerRow => ({
  callId: randomUUID(),
  purpose: 'answer',
  owner: { siteId: 'acme' },
  tier: 'fast',
  region: 'us-east',
  modelId: 'quick',
  endpointId: 'main',
  startedAt: NOON,
  ttftMs: 180,
  totalMs: 900,
  usage: { promptTokens: 500, completionTokens: 100, estimated: false },
  outcome: 'done',
  costKnown: 'full',
  costUsd: 0.000_25,
  priceTable: 'v1',
  ...more,
});
const call = (more: Partial<LedgerRow> = {}): UsageRecord => ({ kind: 'call', row: rowOf(more) });
const felt = (ms: number, more: object = {}): UsageRecord => ({
  kind: 'felt',
  sample: {
    ...{ turnId: randomUUID(), siteId: 'acme', region: 'us-east', tier: 'fast', modelId: 'quick', ms, at: NOON },
    ...more,
  },
});
const visit = (day: number, visitorId: string, more: Partial<VisitRecord> = {}): UsageRecord => ({
  kind: 'visit',
  visit: {
    ...{ conversationId: randomUUID(), siteId: 'acme', visitorId, startedAt: NOON + day * DAY_MS },
    ...{ band: 'instant', completed: true, ...more },
  },
});

async function openPostgres(): Promise<() => UsageStore> {
  const given = await createTestDatabase();
  const databases = [0, 1].map(() => createDatabase(given.url, silentLog));
  onTestFinished(async () => {
    for (const database of databases) await database.close();
    await given.drop();
  });
  const stores = databases.map(createPostgresUsageStore);
  return () => stores.shift() ?? createMemoryUsageStore();
}

const STORES: Readonly<Record<string, () => Promise<() => UsageStore>>> = {
  'in memory': async () => () => createMemoryUsageStore(),
  'in PostgreSQL': openPostgres,
};

describe.each(Object.entries(STORES))('usage %s', (_name, open) => {
  test('a call is counted once, in whichever batch it comes again', async () => {
    const usage = (await open())();
    const [one, other] = [call({ owner: { siteId: 'acme', conversationId: 'c1' } }), call({ modelId: 'steady' })];
    await usage.record([one, one]);
    await usage.record([other, one]);
    await usage.record([one, other]);
    const { sums, ttft } = await usage.readCalls({ ...PERIOD, by: 'model' });
    expect(sums.map(({ key, amounts }) => [key, amounts.calls, amounts.fullPicoUsd])).toEqual([
      ['quick', 1, 250_000_000],
      ['steady', 1, 250_000_000],
    ]);
    expect(ttft.map(({ key, ttft: counts }) => [key, countSamples(counts), counts[ttftBucket(180)]])).toEqual([
      ['quick', 1, 1],
      ['steady', 1, 1],
    ]);
    expect((await usage.amountsOf('conversation', 'c1')).calls).toBe(1);
  });

  test('calls add up by every key, of one site or of all', async () => {
    const usage = (await open())();
    await usage.record([
      call(),
      call({ startedAt: NOON + DAY_MS, tier: 'instant', purpose: 'triage', region: 'asia' }),
      call({ owner: { siteId: 'other' }, outcome: 'failed', costKnown: 'none', costUsd: undefined }),
      call({ startedAt: NOON + 90 * DAY_MS }),
    ]);
    const keysBy = async (by: 'day' | 'site' | 'tier' | 'region' | 'purpose', siteId?: string) =>
      (await usage.readCalls({ ...PERIOD, by, ...(siteId === undefined ? {} : { siteIds: [siteId] }) })).sums
        .map(({ key, amounts }) => `${key} ${amounts.calls}`)
        .sort();
    expect(await keysBy('day')).toEqual(['2026-05-20 2', '2026-05-21 1']);
    expect(await keysBy('site')).toEqual(['acme 1', 'acme 1', 'other 1']);
    expect(await keysBy('tier')).toEqual(['fast 2', 'instant 1']);
    expect(await keysBy('region')).toEqual(['asia 1', 'us-east 2']);
    expect(await keysBy('purpose', 'acme')).toEqual(['answer 1', 'triage 1']);
    const { sums } = await usage.readCalls({ ...PERIOD, by: 'site', siteIds: ['other'] });
    expect(sums[0]?.amounts).toEqual(amountsOf(rowOf({ outcome: 'failed', costKnown: 'none', costUsd: undefined })));
    expect(await usage.readCalls({ from: '2020-01-01', to: '2020-01-02', by: 'day' })).toEqual({ sums: [], ttft: [] });
  });

  test('the calls of a conversation come in order, and those of all from the newest', async () => {
    const usage = (await open())();
    const rows = [0, 1, 2].map((minute) =>
      rowOf({ startedAt: NOON + minute * 60_000, owner: { siteId: 'acme', conversationId: 'c1', ticketId: 't1' } }),
    );
    await usage.record([...rows.toReversed().map((row) => ({ kind: 'call' as const, row })), call({ startedAt: 0 })]);
    expect(await usage.callsOf('c1', 2)).toEqual(rows.slice(1));
    expect(await usage.lastCalls(2)).toEqual(rows.slice(1).reverse());
    expect((await usage.amountsOf('ticket', 't1')).promptTokens).toBe(1500);
    expect((await usage.amountsOf('ticket', 't2')).calls).toBe(0);
  });

  test('the prices of a version can be looked up', async () => {
    const usage = (await open())();
    const table = { version: 'v1', prices: { quick: { outputUsdPerMillion: 2 } } };
    await usage.record([
      { kind: 'prices', table },
      { kind: 'prices', table },
    ]);
    await usage.record([{ kind: 'prices', table }]);
    expect([await usage.prices('v1'), await usage.prices('v2')]).toEqual([table.prices, undefined]);
  });

  test('felt TTFT is counted once for each turn, by day, model, tier and region, and since a time', async () => {
    const usage = (await open())();
    const again = felt(100, { turnId: 't1' });
    await usage.record([again, felt(900, { modelId: 'steady', at: NOON + DAY_MS }), felt(1, { siteId: 'other' })]);
    await usage.record([again, felt(150)]);
    const lines = await usage.readFelt({ ...PERIOD, siteId: 'acme', by: 'model' });
    expect(lines.map(({ key, ttft }) => [key, countSamples(ttft)]).sort()).toEqual([
      ['quick', 2],
      ['steady', 1],
    ]);
    const days = await usage.readFelt({ ...PERIOD, siteId: 'acme', by: 'day' });
    expect(days.map(({ key }) => key).sort()).toEqual(['2026-05-20', '2026-05-21']);
    expect(countSamples(await usage.feltSince('acme', NOON))).toBe(3);
    expect(countSamples(await usage.feltSince('acme', NOON + 1))).toBe(1);
    expect(await usage.feltSince('unknown', 0)).toEqual(EMPTY_HISTOGRAM);
  });

  test('a visit is counted once, by band, with those whose visitor came back within 30 days, in any order', async () => {
    const usage = (await open())();
    const visits = [visit(0, 'ada'), visit(20, 'ada', { completed: false }), visit(0, 'bob'), visit(31, 'bob')];
    await usage.record([visits[1] ?? call(), visits[2] ?? call()]);
    await usage.record(visits);
    await usage.record(visits);
    const [instant, ...others] = await usage.completion('acme', { from: '2026-05-20', to: '2026-06-14' });
    expect(instant).toEqual({
      ...{ band: 'instant', visits: 3, completed: 2, share: 2 / 3, returned: 1, returnedShare: 1 / 3 },
    });
    expect(others.every((band) => band.visits === 0 && band.share === undefined)).toBe(true);
  });

  test('totals of an older version are added once for each source', async () => {
    const usage = (await open())();
    await usage.record([call(), felt(100), visit(0, 'ada')]);
    const totals = {
      calls: [{ ...rowKey, amounts: amountsOf(rowOf()), ttft: [...EMPTY_HISTOGRAM.slice(1), 5] }],
      owners: [{ owner: 'conversation', ownerId: 'c1', amounts: amountsOf(rowOf()) }],
      felt: [{ ...feltKey, ttft: [...EMPTY_HISTOGRAM.slice(1), 7] }],
      visits: [{ day: '2026-05-20', siteId: 'acme', band: 'instant', visits: 3, completed: 2, returned: 1 }],
    } as const;
    for (const source of ['a', 'a', 'b']) await usage.importTotals(source, totals);
    const { sums, ttft } = await usage.readCalls({ ...PERIOD, by: 'day' });
    expect([sums[0]?.amounts.calls, countSamples(ttft[0]?.ttft ?? [])]).toEqual([3, 11]);
    expect((await usage.amountsOf('conversation', 'c1')).calls).toBe(2);
    const [line] = await usage.readFelt({ ...PERIOD, siteId: 'acme', by: 'tier' });
    expect(countSamples(line?.ttft ?? [])).toBe(15);
    expect((await usage.completion('acme', PERIOD))[0]).toMatchObject({ visits: 7, completed: 5, returned: 2 });
  });

  test('what is recorded of a conversation and its tickets is forgotten, but not what the site has used', async () => {
    const usage = (await open())();
    const owner = { siteId: 'acme', conversationId: 'c1', visitorId: 'ada', ticketId: 't1' };
    await usage.record([call({ owner }), call({ owner: { siteId: 'acme', conversationId: 'c2' } })]);
    for (const _ of ['once', 'again']) await usage.forget({ conversationIds: ['c1'], ticketIds: ['t1'] });
    expect(await usage.callsOf('c1', 9)).toEqual([]);
    expect(await usage.callsOf('c2', 9)).toHaveLength(1);
    expect([
      (await usage.amountsOf('conversation', 'c1')).calls,
      (await usage.amountsOf('ticket', 't1')).calls,
    ]).toEqual([0, 0]);
    expect((await usage.readCalls({ ...PERIOD, by: 'day' })).sums[0]?.amounts.calls).toBe(2);
  });

  test('old rows are deleted, and their totals stay until they are old, too', async () => {
    const usage = (await open())();
    const old = { owner: { siteId: 'acme', conversationId: 'c1' } };
    await usage.record([call(old), call({ ...old, startedAt: NOON + DAY_MS }), felt(100)]);
    const deleteBefore = (at: number) =>
      usage.deleteBefore({ rowsBefore: { sites: {}, others: at }, samplesBefore: at, totalsBefore: 0 });
    await deleteBefore(Date.now() - DAY_MS);
    expect(await usage.callsOf('c1', 9)).toHaveLength(2);
    const later = Date.now() + DAY_MS;
    const keptBySite = { sites: { acme: undefined }, others: later };
    await usage.deleteBefore({ rowsBefore: keptBySite, samplesBefore: 0, totalsBefore: 0 });
    expect(await usage.callsOf('c1', 9)).toHaveLength(2);
    const bySite = { sites: { acme: later }, others: undefined };
    await usage.deleteBefore({ rowsBefore: bySite, samplesBefore: 0, totalsBefore: 0 });
    expect(await usage.callsOf('c1', 9)).toEqual([]);
    expect((await usage.readCalls({ ...PERIOD, by: 'tier' })).sums[0]?.amounts.calls).toBe(2);
    await usage.deleteBefore({
      rowsBefore: { sites: {}, others: undefined },
      samplesBefore: 0,
      totalsBefore: Date.parse('2026-05-21'),
    });
    expect((await usage.readCalls({ ...PERIOD, by: 'tier' })).sums[0]?.amounts.calls).toBe(1);
  });
});

const rowKey = {
  day: '2026-05-20',
  siteId: 'acme',
  tier: 'fast',
  region: 'us-east',
  modelId: 'quick',
  purpose: 'answer',
};
const feltKey = { day: '2026-05-20', siteId: 'acme', tier: 'fast', region: 'us-east', modelId: 'quick' };

test('two processes that record the same calls at once count each of them once', async () => {
  const next = await openPostgres();
  const [one, other] = [next(), next()];
  const records = Array.from({ length: 300 }, (_, index) => call({ modelId: `model-${index % 7}` }));
  const recordAll = async (usage: UsageStore) => {
    for (let from = 0; from < records.length; from += 50)
      while ((await usage.record(records.slice(from, from + 50))) === 'busy');
  };
  await Promise.all([recordAll(one), recordAll(other)]);
  const { sums } = await one.readCalls({ ...PERIOD, by: 'purpose' });
  expect(sums.map(({ amounts }) => amounts.calls)).toEqual([300]);
});
