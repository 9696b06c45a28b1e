import { randomUUID } from 'node:crypto';
import { createReports } from '@firstword/server/ledger/reports';
import { entriesOf, takeOverUsage } from '@firstword/server/ledger/take-over-usage';
import type { LedgerRow } from '@firstword/server/records/ledger-row';
import { openRecords, type Records } from '@firstword/server/records/records';
import { countSamples } from '@firstword/server/records/ttft-histogram';
import { createFormerUsage, type FormerUsage } from '@firstword/server/store/former-usage';
import { createRedisKeys, type RedisKeys } from '@firstword/server/store/keys';
import { createSpendCounters } from '@firstword/server/store/spend-counters';
import { type RedisServer, startRedisServer } from '@firstword/testing/redis-server';
import { silentLog } from '@firstword/testing/silent-log';
import { createTestDatabase, type TestDatabase } from '@firstword/testing/test-database';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Redis } from '../src/lib/redis.ts';

const DAY = '2026-05-20';
const PERIOD = { from: DAY, to: DAY };
const ROWS: readonly LedgerRow[] = [1, 2, 3].map((minute) => ({
  callId: `call-${minute}`,
  purpose: 'answer',
  owner: { siteId: 'acme', conversationId: 'c1' },
  tier: 'fast',
  region: 'us-east',
  modelId: 'odd|"name',
  endpointId: 'main',
  startedAt: Date.parse(`${DAY}T12:0${minute}:00Z`),
  ttftMs: 180,
  totalMs: 900,
  usage: { promptTokens: 500, completionTokens: 100, estimated: false },
  outcome: 'done',
  costKnown: 'full',
  costUsd: 0.000_25,
  priceTable: 'v1',
}));

let server: RedisServer;
let redis: Redis;
let keys: RedisKeys;
let prefix: string;
let database: TestDatabase;
let records: Records;
beforeAll(async () => {
  server = await startRedisServer();
  redis = await server.connect();
});
afterAll(() => server.stop());
beforeEach(async () => {
  prefix = `test-${randomUUID()}`;
  keys = createRedisKeys(prefix);
  database = await createTestDatabase();
  records = await openRecords({ url: database.url, localeOf: () => 'en', log: silentLog });
  await storeAsBefore();
});
afterEach(async () => {
  await records.close();
  await database.drop();
});

/** What a version before PostgreSQL stored of three calls, two felt samples and a visit. */
async function storeAsBefore(): Promise<void> {
  const ledger = (part: string) => `${prefix}:{ledger}:${part}`;
  const sums = { calls: 3, promptTokens: 1500, completionTokens: 300, 'cost:full:calls': 3, 'cost:full:picoUsd': 75e7 };
  const fieldsOf = (group: readonly string[], amounts: Readonly<Record<string, number>>) =>
    Object.fromEntries(Object.entries(amounts).map(([name, amount]) => [JSON.stringify([...group, name]), amount]));
  const group = ['fast', 'us-east', 'odd|"name', 'answer'];
  await redis.hset(keys.ledgerDay('acme', DAY), {
    ...fieldsOf([], sums),
    ...fieldsOf(group, { ...sums, 'wait:20': 3, ttftCalls: 3, ttftMs: 540 }),
  });
  await redis.hset(ledger(`sites:${DAY}`), 'acme', 3);
  await redis.hset(keys.conversationCost('c1'), fieldsOf([], sums));
  await redis.hset(keys.ticketCost('t1'), fieldsOf([], { calls: 1, promptTokens: 500 }));
  await redis.set(ledger('prices:v1'), JSON.stringify({ quick: { outputUsdPerMillion: 2 } }));
  await redis.hset(ledger(`felt:day:${DAY}:acme`), fieldsOf(['us-east', 'fast', 'quick'], { 20: 2 }));
  await redis.hset(ledger(`visits:day:${DAY}:acme`), fieldsOf(['instant'], { visits: 1, completed: 1 }));
  for (const row of ROWS) {
    await redis.xadd(ledger('rows'), '*', 'r', JSON.stringify(row));
    await redis.xadd(keys.conversationCalls('c1'), '*', 'r', JSON.stringify(row));
  }
}

/** Everything that reports show of it. */
async function shown() {
  const { usage } = records;
  const reports = createReports(usage);
  const { total, lines } = await reports.report({ ...PERIOD, by: 'model' });
  const [felt] = await usage.readFelt({ ...PERIOD, siteId: 'acme', by: 'model' });
  return {
    lines: lines.map(({ key, totals }) => [key, totals.calls]),
    ...{ usd: total.cost.fullUsd, tokens: total.promptTokens, ttft: total.ttft.kind },
    conversation: (await reports.conversationCost('c1')).calls,
    ticket: (await reports.ticketCost('t1')).calls,
    calls: await reports.conversationCalls('c1'),
    prices: await usage.prices('v1'),
    felt: countSamples(felt?.ttft ?? []),
    visits: (await usage.completion('acme', PERIOD))[0],
  };
}
const EXPECTED = {
  lines: [['odd|"name', 3]],
  ...{ usd: 0.000_75, tokens: 1500, ttft: 'measured' },
  ...{ conversation: 3, ticket: 1, calls: ROWS },
  prices: { quick: { outputUsdPerMillion: 2 } },
  felt: 2,
  visits: { band: 'instant', visits: 1, completed: 1, share: 1, returned: 0, returnedShare: 0 },
};

async function takeOverAll(former: FormerUsage): Promise<number> {
  let entries = 0;
  for await (const record of former.read()) {
    await takeOverUsage({ former, usage: records.usage }, record);
    entries += entriesOf(record);
  }
  return entries;
}

test('rows and totals of older versions are taken over, and only what budgets count stays in Redis', async () => {
  expect(await takeOverAll(createFormerUsage(redis, keys))).toBe(12);
  expect(await shown()).toEqual(EXPECTED);
  const left = await redis.keys(`${prefix}:*`);
  expect(left.sort()).toEqual([keys.ledgerDay('acme', DAY), keys.conversationCost('c1')].sort());
  for (const key of left)
    expect(await createSpendCounters(redis, keys).read(key)).toEqual({ usd: 0.000_75, tokens: 1800 });
});

test('a take-over that dies after any step is completed by the next one, and nothing is counted twice', async () => {
  const former = createFormerUsage(redis, keys);
  const isDying: FormerUsage = {
    ...former,
    remove: async () => {
      throw new Error('killed');
    },
  };
  let steps = 0;
  const dyingAfter = (step: number): FormerUsage => ({
    ...former,
    async remove(record) {
      if (steps++ >= step) throw new Error('killed');
      await former.remove(record);
    },
  });
  for (const dying of [isDying, isDying, dyingAfter(1), dyingAfter(3)]) {
    steps = 0;
    await expect(takeOverAll(dying)).rejects.toThrow('killed');
  }
  await takeOverAll(former);
  await takeOverAll(former);
  expect(await shown()).toEqual(EXPECTED);
});
