import { randomUUID } from 'node:crypto';
import type { CallTotals } from '@firstword/shared/reports';
import { type RedisServer, startRedisServer } from '@firstword/testing/redis-server';
import { silentLog } from '@firstword/testing/silent-log';
import { createTestDatabase, type TestDatabase } from '@firstword/testing/test-database';
import { createTestLedger } from '@firstword/testing/test-ledger';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Ledger } from '../src/ledger/ledger.ts';
import { createPriceTable } from '../src/ledger/price-table.ts';
import { createReports, type Reports } from '../src/ledger/reports.ts';
import { toTotals } from '../src/ledger/totals.ts';
import type { ServerConnection } from '../src/lib/redis-connection.ts';
import { addAmounts, amountsOf, NO_AMOUNTS } from '../src/records/call-amounts.ts';
import type { LedgerRow, ModelCall } from '../src/records/ledger-row.ts';
import { openRecords, type Records } from '../src/records/records.ts';
import { RecordsError } from '../src/records/records-error.ts';
import { histogramOf, ttftBucket } from '../src/records/ttft-histogram.ts';
import { createRedisKeys, type RedisKeys } from '../src/store/keys.ts';

const PRICES = createPriceTable([
  ['priced', { inputUsdPerMillion: 0.1, outputUsdPerMillion: 0.25 }],
  ['half-priced', { outputUsdPerMillion: 0.01 }],
]);
const DAY_MS = 24 * 60 * 60 * 1000;
const NOON = Date.parse('2026-05-20T12:00:00Z');

let server: RedisServer;
let redis: ServerConnection;
let keys: RedisKeys;
let database: TestDatabase;
let records: Records;
let reports: Reports;
let ledger: Ledger;

beforeAll(async () => {
  server = await startRedisServer();
  redis = await server.connect();
});
afterAll(() => server.stop());
beforeEach(async () => {
  database = await createTestDatabase();
  records = await openRecords({ url: database.url, localeOf: () => 'en', log: silentLog });
  reports = createReports(records.usage);
  keys = createRedisKeys(`test-${randomUUID()}`);
  ledger = openLedger();
});
afterEach(async () => {
  await ledger.close();
  await records.close();
  await database.drop();
});

/** Flushes only on request. */
const openLedger = (usage = records.usage) => createTestLedger({ redis, keys, usage, prices: PRICES });

const call = (changes: Partial<ModelCall> = {}): ModelCall => ({
  callId: randomUUID(),
  purpose: 'answer',
  owner: { siteId: 'acme' },
  tier: 'fast',
  region: 'us-east',
  modelId: 'priced',
  endpointId: 'main',
  startedAt: NOON,
  ttftMs: 180,
  totalMs: 900,
  usage: { promptTokens: 500, completionTokens: 100, estimated: false },
  outcome: 'done',
  ...changes,
});

const randomCalls = (count: number): ModelCall[] => {
  const arbitrary = fc.record({
    callId: fc.uuid(),
    purpose: fc.constantFrom('answer', 'triage', 'speculation-dropped', 'hedge-lost', 'analysis'),
    owner: fc.record({
      siteId: fc.constantFrom('acme', 'other'),
      conversationId: fc.constantFrom('c1', 'c2', 'c3'),
      visitorId: fc.constantFrom('v1', 'v2'),
      ticketId: fc.constantFrom('t1', 't2'),
    }),
    tier: fc.constantFrom('instant', 'fast', 'quality'),
    region: fc.constantFrom('us-east', 'asia'),
    modelId: fc.constantFrom('priced', 'half-priced', 'unpriced', 'odd|"name'),
    startedAt: fc.integer({ min: NOON, max: NOON + 2 * DAY_MS }),
    ttftMs: fc.double({ min: 0, max: 90_000, noNaN: true }),
    totalMs: fc.double({ min: 0, max: 90_000, noNaN: true }),
    usage: fc.record({
      promptTokens: fc.nat(4000),
      completionTokens: fc.nat(500),
      cachedTokens: fc.nat(2000),
      estimated: fc.boolean(),
    }),
    outcome: fc.constantFrom('done', 'failed', 'aborted'),
  });
  return fc.sample(arbitrary, count).map((sampled) => call(sampled));
};

/** From now on, each n-th script runs but its reply is lost, as with a cut connection. */
const loseEveryAnswer = (n: number) => {
  const send = redis.sendCommand;
  let scripts = 0;
  let lost = 0;
  redis.sendCommand = (command, ...rest) => {
    const answer: unknown = send.call(redis, command, ...rest);
    if (!command.name.startsWith('eval')) return answer;
    scripts += 1;
    if (scripts % n !== 0) return answer;
    lost += 1;
    return Promise.resolve(answer).then(() => {
      throw new Error('Command timed out');
    });
  };
  return {
    stop: () => {
      redis.sendCommand = send;
      return lost;
    },
  };
};

const sumOf = (rows: readonly LedgerRow[], waits: boolean): CallTotals => {
  const amounts = rows.map(amountsOf).reduce(addAmounts, NO_AMOUNTS);
  const ttft = waits ? rows.flatMap(({ ttftMs }) => (ttftMs === undefined ? [] : [ttftMs])) : [];
  return toTotals(amounts, histogramOf(ttft.map((ms) => [ttftBucket(ms), 1])));
};

describe('totals', () => {
  test('equal the sum of 1,000 rows, although calls are repeated and replies of both stores are lost', async () => {
    const losses = loseEveryAnswer(25);
    let batches = 0;
    await ledger.close();
    ledger = openLedger({
      ...records.usage,
      async record(some) {
        const outcome = await records.usage.record(some);
        batches += 1;
        if (batches % 2 === 1) throw new RecordsError('unavailable', 'The reply was lost.');
        return outcome;
      },
    });
    const calls = randomCalls(1000);
    const rows = calls.map(ledger.record);
    for (const again of calls.slice(0, 200)) ledger.record(again);
    for (let tries = 0; tries < 20; tries++) await ledger.flush();
    expect(losses.stop()).toBeGreaterThan(2);
    await ledger.flush();

    const period = { from: '2026-05-20', to: '2026-05-22' };
    for (const [by, keyOf] of [
      ['tier', (row: LedgerRow) => row.tier],
      ['model', (row: LedgerRow) => row.modelId],
      ['region', (row: LedgerRow) => row.region],
      ['purpose', (row: LedgerRow) => row.purpose],
      ['site', (row: LedgerRow) => row.owner.siteId],
      ['day', (row: LedgerRow) => new Date(row.startedAt).toISOString().slice(0, 10)],
    ] as const) {
      const { total, lines } = await reports.report({ ...period, by });
      expect(total).toEqual(sumOf(rows, true));
      expect(lines.map(({ key }) => key)).toEqual([...new Set(rows.map(keyOf))].sort());
      for (const { key, totals } of lines)
        expect(totals).toEqual(
          sumOf(
            rows.filter((row) => keyOf(row) === key),
            true,
          ),
        );
    }
    const own = (part: Partial<LedgerRow['owner']>) =>
      rows.filter(({ owner }) => Object.entries(part).every(([name, id]) => Reflect.get(owner, name) === id));
    const acme = await reports.report({ ...period, by: 'tier', siteIds: ['acme'] });
    expect(acme.total).toEqual(sumOf(own({ siteId: 'acme' }), true));
    expect(await reports.conversationCost('c2')).toEqual(sumOf(own({ conversationId: 'c2' }), false));
    expect(await reports.ticketCost('t1')).toEqual(sumOf(own({ ticketId: 't1' }), false));
    expect(await records.usage.lastCalls(2000)).toHaveLength(1000);
  });

  test('count known, partial and unknown costs separately', async () => {
    for (const modelId of ['priced', 'half-priced', 'unpriced'])
      ledger.record(call({ modelId, owner: { siteId: 'acme', conversationId: 'c' } }));
    await ledger.flush();
    expect((await reports.conversationCost('c')).cost).toEqual({
      fullUsd: 0.000_075,
      fullCalls: 1,
      outputOnlyUsd: 0.000_001,
      outputOnlyCalls: 1,
      unknownCalls: 1,
    });
  });

  test('of a conversation without calls have no TTFT data', async () => {
    expect(await reports.conversationCost('unheard-of')).toMatchObject({ calls: 0, ttft: { kind: 'no-data' } });
  });
});

describe('rows', () => {
  test('name the price table of their cost, which can be read', async () => {
    const row = ledger.record(call({ modelId: 'half-priced' }));
    expect(row).toMatchObject({ costKnown: 'output-only', priceTable: PRICES.version });
    await ledger.flush();
    expect(await records.usage.prices(row.priceTable)).toMatchObject({
      'half-priced': { outputUsdPerMillion: 0.01 },
    });
    expect(await records.usage.lastCalls(1)).toEqual([row]);
  });

  test('with an unknown price have no cost, even if the caller passes one', async () => {
    ledger.record({ ...call({ modelId: 'unpriced' }), ...{ costUsd: 0 } });
    await ledger.flush();
    const [row] = await records.usage.lastCalls(1);
    expect(row).not.toHaveProperty('costUsd');
    expect(row?.costKnown).toBe('none');
  });

  test('with the same id from two processes are counted once', async () => {
    const other = openLedger();
    const once = call({ owner: { siteId: 'acme', conversationId: 'c' } });
    for (const each of [ledger, other]) each.record(once);
    await Promise.all([ledger.flush(), other.flush()]);
    await other.close();
    expect((await reports.conversationCost('c')).calls).toBe(1);
  });
});

test('a report refuses invalid days', async () => {
  for (const [from, to] of [
    ['2026-05-20', '2026-05-19'],
    ['2026-02-30', '2026-03-01'],
    ['yesterday', 'today'],
    ['2020-01-01', '2026-01-01'],
  ] as const)
    await expect(reports.report({ from, to, by: 'day' })).rejects.toThrow(RangeError);
});
