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
import { createRedisKeys, type RedisKeys } from '../src/store/keys.ts';
import { createSpendCounters } from '../src/store/spend-counters.ts';
import { createStopList } from '../src/store/stop-list.ts';

const NOON = Date.parse('2026-05-20T12:00:00Z');
const DAY_MS = 24 * 60 * 60 * 1000;
const OWNER: BudgetOwner = { siteId: 'acme', conversationId: 'c1', visitorId: 'v1' };
const UNLIMITED: BudgetSettings = { degradeAt: 0.8, typingBudgetShare: 0.3, stopped: false, sites: {} };

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
  const prices = createPriceTable([['priced', { outputUsdPerMillion: 10 }]]);
  ledger = createTestLedger({ redis, keys, usage: createMemoryUsageStore(), prices });
});
afterEach(async () => {
  for (const budgets of opened) budgets.close();
  await ledger.close();
});

const partsOn = (connection: Redis) => ({
  counters: createSpendCounters(connection, keys),
  stops: createStopList(connection, keys),
  ...{ keys, log: silentLog, now: () => now },
});

/** The budgets of one process. */
const open = (settings: Partial<BudgetSettings>): Budgets => {
  const budgets = createBudgets(partsOn(redis), { ...UNLIMITED, ...settings });
  opened.push(budgets);
  return budgets;
};

const record = (completionTokens: number, owner: Partial<BudgetOwner> = {}, modelId = 'priced', reason?: string) =>
  ledger.record({
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
    expect(budgets.explain(other)).toEqual({ verdict: 'hand-off', tightest: { scope: 'siteDay', usedShare: 1 } });
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

test('a model without a price spends tokens, but no dollars', () => {
  const budgets = open({ conversation: { usd: 0.001, tokens: 2000 } });
  budgets.check(OWNER);
  budgets.spent(record(900, {}, 'unpriced'));
  expect(budgets.explain(OWNER)).toEqual({ verdict: 'ok', tightest: { scope: 'conversation', usedShare: 0.5 } });
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
