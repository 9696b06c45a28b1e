import { randomUUID } from 'node:crypto';
import { type RedisServer, startRedisServer } from '@firstword/testing/redis-server';
import { silentLog } from '@firstword/testing/silent-log';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createFeltTtft, type FeltTtft } from '../src/ledger/felt-ttft.ts';
import { createUsageTransfer, type UsageTransfer } from '../src/ledger/usage-transfer.ts';
import { createVisits, type Visits } from '../src/ledger/visits.ts';
import type { Redis } from '../src/lib/redis.ts';
import { createMemoryUsageStore } from '../src/records/memory-usage-store.ts';
import type { FeltSample } from '../src/records/usage-record.ts';
import type { UsageStore } from '../src/records/usage-store.ts';
import { createRedisKeys, type RedisKeys } from '../src/store/keys.ts';
import { createOpenVisits } from '../src/store/open-visits.ts';
import { createUsageQueue, type UsageQueue } from '../src/store/usage-queue.ts';

const NOON = Date.parse('2026-05-20T12:00:00Z');
const MINUTE_MS = 60 * 1000;
const TODAY = { siteId: 'acme', from: '2026-05-20', to: '2026-05-20' };

let server: RedisServer;
let redis: Redis;
let keys: RedisKeys;
let now: number;
let queue: UsageQueue;
let usage: UsageStore;
let transfer: UsageTransfer;

beforeAll(async () => {
  server = await startRedisServer();
  redis = await server.connect();
});
afterAll(() => server.stop());
beforeEach(() => {
  now = NOON;
  keys = createRedisKeys(`test-${randomUUID()}`);
  queue = createUsageQueue(redis, keys);
  usage = createMemoryUsageStore();
  transfer = createUsageTransfer(
    { queue, usage, log: silentLog },
    { everyMs: 600_000, keepDays: 100_000, keepCallsMs: () => ({ sites: {}, others: undefined }) },
  );
});
afterEach(() => transfer.close());

describe('felt ttft', () => {
  let felt: FeltTtft;
  const open = () =>
    createFeltTtft(
      { queue, usage, log: silentLog, objective: { withinMs: 400, share: 0.9 }, now: () => now },
      { flushMs: 60_000, maxWaiting: 5000 },
    );
  beforeEach(() => {
    felt = open();
  });
  afterEach(() => felt.close());

  const flush = async () => {
    await felt.flush();
    await transfer.run();
  };
  const wait = (ms: number, changes: Partial<FeltSample> = {}): Omit<FeltSample, 'at'> => ({
    turnId: randomUUID(),
    siteId: 'acme',
    region: 'us-east',
    tier: 'fast',
    modelId: 'quick',
    ms,
    ...changes,
  });

  test('without measurements there is no data, and no zero', async () => {
    expect(await felt.read({ ...TODAY, by: 'model' })).toEqual({ total: { ttft: { kind: 'no-data' } }, lines: [] });
    expect(await felt.burn('acme')).toMatchObject({ hour: { kind: 'no-data' }, day: { kind: 'no-data' } });
  });

  test('are reported with quantiles, sample counts and the share of each band', async () => {
    for (const ms of [100, 150, 199, 200, 300, 399, 400, 799, 800, 5000]) felt.record(wait(ms));
    await flush();
    const { total } = await felt.read({ ...TODAY, by: 'tier' });
    expect(total.bands).toEqual({
      instant: { samples: 3, share: 0.3 },
      fast: { samples: 3, share: 0.3 },
      noticeable: { samples: 2, share: 0.2 },
      slow: { samples: 2, share: 0.2 },
    });
    if (total.ttft.kind !== 'measured') throw new Error('nothing was measured');
    expect(total.ttft.samples).toBe(10);
    expect(total.ttft.p50Ms).toBeGreaterThan(262);
    expect(total.ttft.p50Ms).toBeLessThan(304);
    expect(total.ttft.p95Ms).toBeGreaterThan(4500);
  });

  test('of several processes add up, by model, region, tier and day', async () => {
    const other = open();
    const ttft = fc.sample(
      fc.record({
        ms: fc.double({ min: 0, max: 70_000, noNaN: true }),
        modelId: fc.constantFrom('quick', 'steady', 'odd|"name'),
        region: fc.constantFrom('us-east', 'asia'),
        tier: fc.constantFrom('instant', 'fast'),
      }),
      100,
    );
    for (const [index, each] of ttft.entries()) (index % 2 ? felt : other).record(wait(each.ms, each));
    await Promise.all([felt.flush(), other.flush()]);
    await other.close();
    await transfer.run();
    for (const [by, keyOf] of [
      ['model', (each: (typeof ttft)[number]) => each.modelId],
      ['region', (each: (typeof ttft)[number]) => each.region],
      ['tier', (each: (typeof ttft)[number]) => each.tier],
      ['day', () => '2026-05-20'],
    ] as const) {
      const { total, lines } = await felt.read({ ...TODAY, by });
      expect(total.ttft).toMatchObject({ samples: 100 });
      for (const { key, figures } of lines)
        expect(figures.ttft).toMatchObject({ samples: ttft.filter((each) => keyOf(each) === key).length });
    }
  });

  test('count once a turn, however often a browser reports them', async () => {
    const once = wait(180);
    for (let index = 0; index < 3; index++) felt.record(once);
    await flush();
    felt.record(once);
    await flush();
    expect((await felt.read({ ...TODAY, by: 'day' })).total.ttft).toMatchObject({ samples: 1 });
  });

  test('use up the error budget of the last hour and the last 24 hours', async () => {
    now = NOON - 25 * 60 * MINUTE_MS;
    for (let index = 0; index < 10; index++) felt.record(wait(5000));
    await flush();
    now = NOON - 90 * MINUTE_MS;
    for (let index = 0; index < 10; index++) felt.record(wait(100));
    await flush();
    now = NOON;
    for (const ms of [100, 100, 100, 900, 900]) felt.record(wait(ms));
    await flush();
    const { hour, day } = await felt.burn('acme');
    expect(hour).toMatchObject({ samples: 5, withinShare: 0.6, met: false });
    expect(hour.kind === 'measured' && hour.burnRate).toBeCloseTo(4);
    expect(day).toMatchObject({ samples: 15, met: false });
    expect(day.kind === 'measured' && day.burnRate).toBeCloseTo(4 / 3);
  });
});

describe('visits', () => {
  let visits: Visits;
  const openVisits = () => createVisits({ open: createOpenVisits(redis, keys), usage, log: silentLog, now: () => now });
  beforeEach(() => {
    visits = openVisits();
  });

  /** A question whose answer had a felt TTFT of `ms`. */
  const answered = (conversationId: string, turnId: string, ms: number, visitorId = conversationId) => {
    visits.note(conversationId, { type: 'asked', siteId: 'acme', visitorId, turnId });
    visits.note(conversationId, { type: 'first-token-seen', turnId, ms });
    visits.note(conversationId, { type: 'answered', turnId, state: 'done' });
  };
  const close = async () => {
    await visits.settled();
    const closed = await visits.closeOver(100);
    await transfer.run();
    return closed;
  };
  const lineOf = async (band: string) =>
    (await visits.completion('acme', TODAY.from, TODAY.to)).find((line) => line.band === band);

  test('end after 30 minutes without activity, and each is counted once', async () => {
    answered('c1', 't1', 180);
    expect(await close()).toBe(0);
    now += 29 * MINUTE_MS;
    answered('c1', 't2', 900);
    now += 29 * MINUTE_MS;
    expect(await close()).toBe(0);
    now += MINUTE_MS;
    const other = openVisits();
    const closed = await Promise.all([visits.closeOver(100), other.closeOver(100)]);
    expect(closed.toSorted()).toEqual([0, 1]);
    await transfer.run();
    expect(await lineOf('instant')).toMatchObject({ visits: 1, completed: 1, share: 1 });
    expect(await lineOf('slow')).toEqual({ band: 'slow', visits: 0, completed: 0, returned: 0 });
  });

  test('count in the band of their first TTFT, completed or not', async () => {
    answered('left-alone', 'a', 500);
    answered('rated-down', 'b', 500);
    visits.note('rated-down', { type: 'rated', turnId: 'b', value: 'down' });
    visits.note('left-early', { type: 'asked', siteId: 'acme', visitorId: 'v1', turnId: 'c' });
    visits.note('left-early', { type: 'answered', turnId: 'c', state: 'done' });
    await visits.settled();
    now += 30 * MINUTE_MS;
    await close();
    expect(await lineOf('noticeable')).toMatchObject({ visits: 2, completed: 1, share: 0.5 });
    expect(await lineOf('unseen')).toMatchObject({ visits: 1, completed: 0, share: 0 });
  });

  test('count as returned once the same visitor has finished another one', async () => {
    answered('c1', 't1', 180, 'regular');
    answered('c2', 't2', 900, 'other');
    await visits.settled();
    now += 30 * MINUTE_MS;
    await close();
    expect(await lineOf('instant')).toMatchObject({ visits: 1, returned: 0, returnedShare: 0 });
    for (const turnId of ['t3', 't4']) {
      answered('c3', turnId, 600, 'regular');
      await visits.settled();
      now += 30 * MINUTE_MS;
      await close();
    }
    expect(await lineOf('instant')).toMatchObject({ visits: 1, returned: 1, returnedShare: 1 });
    expect(await lineOf('noticeable')).toMatchObject({ visits: 2, returned: 1, returnedShare: 0.5 });
    expect(await lineOf('slow')).toMatchObject({ visits: 1, returned: 0 });
  });

  test('that were handed off wait for the outcome', async () => {
    answered('c1', 't1', 180);
    visits.note('c1', { type: 'handed-off' });
    await visits.settled();
    now += 3 * 60 * MINUTE_MS;
    expect(await close()).toBe(0);
    visits.note('c1', { type: 'resolved' });
    expect(await close()).toBe(1);
    expect(await lineOf('instant')).toMatchObject({ visits: 1, completed: 1 });
  });

  test('ignore measurements of an older turn', async () => {
    answered('c1', 't1', 180);
    visits.note('c1', { type: 'asked', siteId: 'acme', visitorId: 'v1', turnId: 't2' });
    visits.note('c1', { type: 'rated', turnId: 't1', value: 'up' });
    visits.note('c1', { type: 'first-token-seen', turnId: 't1', ms: 9000 });
    await visits.settled();
    now += 30 * MINUTE_MS;
    await close();
    expect(await lineOf('instant')).toMatchObject({ visits: 1, completed: 0 });
  });

  test('without measurements leave no record', async () => {
    visits.note('c1', { type: 'rated', turnId: 't1', value: 'up' });
    now += 30 * MINUTE_MS;
    expect(await close()).toBe(0);
    expect((await visits.completion('acme', TODAY.from, TODAY.to)).every((line) => line.visits === 0)).toBe(true);
  });
});
