import { randomUUID } from 'node:crypto';
import { createMemoryUsageStore } from '@firstword/server/records/memory-usage-store';
import { type RedisServer, startRedisServer } from '@firstword/testing/redis-server';
import { silentLog } from '@firstword/testing/silent-log';
import { createTestLedger } from '@firstword/testing/test-ledger';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type BudgetOwner, type BudgetSettings, type Budgets, createBudgets } from '../src/ledger/budgets.ts';
import { EVERY_SITE } from '../src/ledger/kill-switch.ts';
import type { Ledger } from '../src/ledger/ledger.ts';
import { createPriceTable } from '../src/ledger/price-table.ts';
import type { Redis } from '../src/lib/redis.ts';
import type { ModelCall } from '../src/records/ledger-row.ts';
import { createRedisKeys, type RedisKeys } from '../src/store/keys.ts';
import { createSpendCounters } from '../src/store/spend-counters.ts';
import { createStopList } from '../src/store/stop-list.ts';

const NOON = Date.parse('2026-05-20T12:00:00Z');
const DAY_MS = 24 * 60 * 60 * 1000;
const OWNER: BudgetOwner = { siteId: 'acme', conversationId: 'c1', visitorId: 'v1' };
const UNLIMITED: BudgetSettings = {
  ...{ degradeAt: 0.8, typingBudgetShare: 0.3, addressShare: 0.25 },
  ...{ stopped: false, sites: {} },
};
const PRICES = createPriceTable([['priced', { outputUsdPerMillion: 10 }]]);

let server: RedisServer;
let redis: Redis;
let keys: RedisKeys;
let ledger: Ledger;
let now: number;
let opened: Budgets[];

beforeAll(async () => {
  server = await startRedisServer();
  redis = await server.connect();
});
afterAll(() => server.stop());
beforeEach(() => {
  now = NOON;
  opened = [];
  keys = createRedisKeys(`test-${randomUUID()}`);
  ledger = createTestLedger({ redis, keys, usage: createMemoryUsageStore(), prices: PRICES });
});
afterEach(async () => {
  for (const budgets of opened) budgets.close();
  await ledger.close();
});

const partsOn = (connection: Redis) => ({
  counters: createSpendCounters(connection, keys),
  stops: createStopList(connection, keys),
  ...{ keys, log: silentLog, limitUsdOf: PRICES.limitUsdOf, now: () => now },
});

/** The budgets of one process. */
const open = (settings: Partial<BudgetSettings>): Budgets => {
  const budgets = createBudgets(partsOn(redis), { ...UNLIMITED, ...settings });
  opened.push(budgets);
  return budgets;
};

const callOf = (
  completionTokens: number,
  owner: Partial<BudgetOwner>,
  modelId: string,
  reason?: string,
): ModelCall => ({
  callId: randomUUID(),
  purpose: 'answer',
  owner: { ...OWNER, ...owner },
  tier: 'fast',
  region: 'us-east',
  modelId,
  endpointId: 'main',
  startedAt: now,
  totalMs: 900,
  usage: { promptTokens: 100, completionTokens, estimated: false },
  outcome: reason === undefined ? 'done' : 'aborted',
  ...(reason === undefined ? {} : { reason }),
});
/** Records a call, and returns it for the budgets. */
const record = (...given: [number, Partial<BudgetOwner>?, string?, string?]): ModelCall => {
  const [completionTokens, owner = {}, modelId = 'priced', reason] = given;
  const call = callOf(completionTokens, owner, modelId, reason);
  ledger.record(call);
  return call;
};

describe('a conversation', () => {
  test('goes from ok to degrade to hand-off as it spends, at once, without a read from Redis', () => {
    const budgets = open({ conversation: { tokens: 1000 } });
    const verdicts = [budgets.check(OWNER)];
    for (let turn = 0; turn < 5; turn++) {
      budgets.spent(record(100));
      verdicts.push(budgets.check(OWNER));
    }
    expect(verdicts).toEqual(['ok', 'ok', 'ok', 'ok', 'degrade', 'hand-off']);
    expect(budgets.explain(OWNER).tightest).toEqual({ scope: 'conversation', usedShare: 1 });
  });

  test('keeps its spending if another process takes over', async () => {
    record(900);
    await ledger.flush();
    const budgets = open({ conversation: { tokens: 1000 } });
    await budgets.prepare(OWNER);
    expect(budgets.check(OWNER)).toBe('hand-off');
  });

  test('counts a row once, although it is in memory and later in Redis', async () => {
    const budgets = open({ conversation: { tokens: 1000 } });
    await budgets.prepare(OWNER);
    budgets.spent(record(400));
    await ledger.flush();
    await budgets.prepare(OWNER);
    expect(budgets.explain(OWNER).tightest?.usedShare).toBe(0.5);
  });
});

describe('typing', () => {
  test('is limited to its share of the daily budget, in every process', async () => {
    const budgets = open({ siteDay: { tokens: 10_000 } });
    await budgets.prepare(OWNER);
    budgets.spent(record(2800));
    expect(budgets.allowsTyping(OWNER)).toBe(true);
    budgets.spent(record(2800, {}, 'priced', 'typing-dropped'));
    expect(budgets.allowsTyping(OWNER)).toBe(true);
    budgets.spent(record(100, {}, 'priced', 'typing-dropped'));
    expect([budgets.allowsTyping(OWNER), budgets.check(OWNER)]).toEqual([false, 'ok']);
    await ledger.flush();
    const elsewhere = open({ siteDay: { tokens: 10_000 } });
    await elsewhere.prepare(OWNER);
    expect(elsewhere.allowsTyping(OWNER)).toBe(false);
    expect(open({}).allowsTyping(OWNER)).toBe(true);
  });

  test('is not allowed where a cheaper tier answers', () => {
    const budgets = open({ conversation: { tokens: 1000 } });
    budgets.check(OWNER);
    budgets.spent(record(700));
    expect([budgets.check(OWNER), budgets.allowsTyping(OWNER)]).toEqual(['degrade', false]);
  });
});

describe('a day', () => {
  test('used up for a site stops the spending of every conversation until the next day', async () => {
    const budgets = open({ siteDay: { usd: 0.01 } });
    const other = { ...OWNER, conversationId: 'c2', visitorId: 'v2' };
    await budgets.prepare(other);
    budgets.spent(record(1000));
    expect(budgets.explain(other)).toEqual({
      verdict: 'hand-off',
      tightest: { scope: 'siteDay', usedShare: expect.closeTo(1.1) },
    });
    expect(budgets.check({ ...other, siteId: 'quiet-shop' })).toBe('ok');
    now += DAY_MS;
    expect(budgets.check(other)).toBe('ok');
  });

  test('of a visitor includes all their conversations', async () => {
    record(900);
    await ledger.flush();
    const budgets = open({ visitorDay: { tokens: 1000 } });
    const again = { ...OWNER, conversationId: 'c2' };
    await budgets.prepare(again);
    expect(budgets.check(again)).toBe('hand-off');
  });

  test('of a site with its own limits uses these', async () => {
    const budgets = open({ siteDay: { tokens: 100 }, sites: { acme: { siteDay: { tokens: 10_000 } } } });
    await budgets.prepare(OWNER);
    budgets.spent(record(900));
    expect(budgets.check(OWNER)).toBe('ok');
  });
});

test('a model without a price spends dollars like the most expensive one, in every process', async () => {
  const budgets = open({ conversation: { usd: 0.02 } });
  budgets.check(OWNER);
  budgets.spent(record(900, {}, 'unpriced'));
  expect(budgets.explain(OWNER)).toEqual({ verdict: 'ok', tightest: { scope: 'conversation', usedShare: 0.5 } });
  await ledger.flush();
  const elsewhere = open({ conversation: { usd: 0.02 } });
  await elsewhere.prepare(OWNER);
  expect(elsewhere.explain(OWNER).tightest?.usedShare).toBeCloseTo(0.5);
});

describe('an address', () => {
  const ADDRESS = '203.0.113.7';
  const fresh = (n: number) => ({ siteId: 'acme', conversationId: `c${n}`, visitorId: `v${n}`, address: ADDRESS });
  const elsewhere = { siteId: 'acme', conversationId: 'c0', visitorId: 'v0', address: '198.51.100.7' };

  test('that starts new sessions uses up its own share, and visitors at other addresses are still answered', async () => {
    const budgets = open({ siteDay: { tokens: 4000 } });
    await Promise.all([budgets.prepare(fresh(1)), budgets.prepare(elsewhere)]);
    for (let n = 1; n <= 5; n++) budgets.spent(record(100, fresh(n)));
    expect(budgets.explain(fresh(6))).toEqual({
      verdict: 'hand-off',
      tightest: { scope: 'addressDay', usedShare: 1 },
    });
    expect(budgets.check(elsewhere)).toBe('ok');
  });

  test('counts in every process, and in no ledger row', async () => {
    const row = ledger.record(callOf(900, fresh(1), 'priced'));
    expect(JSON.stringify(row)).not.toContain(ADDRESS);
    await ledger.flush();
    const budgets = open({ addressDay: { tokens: 1000 } });
    await budgets.prepare(fresh(2));
    expect([budgets.check(fresh(2)), budgets.check(elsewhere)]).toEqual(['hand-off', 'ok']);
  });

  test('has ten times the budget of a visitor', async () => {
    const budgets = open({ visitorDay: { tokens: 200 } });
    await budgets.prepare(fresh(1));
    for (let n = 1; n <= 9; n++) budgets.spent(record(100, fresh(n)));
    expect(budgets.explain(fresh(10))).toEqual({
      verdict: 'degrade',
      tightest: { scope: 'addressDay', usedShare: 0.9 },
    });
    budgets.spent(record(100, fresh(10)));
    expect(budgets.check(fresh(11))).toBe('hand-off');
  });
});

describe('the kill switch', () => {
  test('stops one site or all, also for a process that starts later', async () => {
    const { killSwitch, check } = open({});
    await killSwitch.stop('acme', 'a loop in the shop');
    expect(check(OWNER)).toBe('stopped');
    expect(check({ ...OWNER, siteId: 'other' })).toBe('ok');
    await killSwitch.stop(EVERY_SITE, 'the endpoint is on fire');
    expect(check({ ...OWNER, siteId: 'other' })).toBe('stopped');

    const later = open({});
    expect([...(await later.killSwitch.read())]).toEqual([
      ['acme', 'a loop in the shop'],
      [EVERY_SITE, 'the endpoint is on fire'],
    ]);
    expect(later.check(OWNER)).toBe('stopped');

    for (const site of ['acme', EVERY_SITE]) await killSwitch.resume(site);
    expect(check(OWNER)).toBe('ok');
  });

  test('can be set in the configuration', () => {
    expect(open({ stopped: true }).check(OWNER)).toBe('stopped');
    expect(open({ sites: { acme: { stopped: true } } }).check(OWNER)).toBe('stopped');
  });
});

test('while Redis is away, the last known figures apply', async () => {
  const gone = await server.connect();
  const budgets = createBudgets(partsOn(gone), { ...UNLIMITED, conversation: { tokens: 1000 } });
  opened.push(budgets);
  record(900);
  await ledger.flush();
  await budgets.prepare(OWNER);
  gone.disconnect();
  now += 5000;
  await budgets.prepare(OWNER);
  expect(budgets.check(OWNER)).toBe('hand-off');
});
