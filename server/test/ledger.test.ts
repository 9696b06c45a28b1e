import { randomUUID } from 'node:crypto';
import type { CallTotals } from '@firstword/shared/reports';
import { type RedisServer, startRedisServer } from '@firstword/testing/redis-server';
import { silentLog } from '@firstword/testing/silent-log';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createLedger, type Ledger } from '../src/ledger/ledger.ts';
import type { LedgerRow, ModelCall } from '../src/ledger/ledger-row.ts';
import { createPriceTable } from '../src/ledger/price-table.ts';
import { addTo, amountsOf, type Sums, toTotals } from '../src/ledger/totals.ts';
import type { ServerConnection } from '../src/lib/redis-connection.ts';
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
let ledger: Ledger;

beforeAll(async () => {
  server = await startRedisServer();
  redis = await server.connect();
});
afterAll(() => server.stop());
beforeEach(() => {
  keys = createRedisKeys(`test-${randomUUID()}`);
  ledger = openLedger();
});
afterEach(() => ledger.close());

/** Flushes only on request. */
const openLedger = () =>
  createLedger(
    { redis, keys, prices: PRICES, log: silentLog },
    { flushMs: 60_000, keepRows: 5000, maxWaiting: 5000, keepDays: 30 },
  );

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
  const sums: Sums = new Map();
  for (const row of rows) addTo(sums, amountsOf(row, waits));
  return toTotals(sums);
};

describe('totals', () => {
  test('equal the sum of 1,000 rows, although calls are repeated and replies of Redis are lost', async () => {
    const losses = loseEveryAnswer(25);
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
      const { total, lines } = await ledger.report({ ...period, by });
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
    const acme = await ledger.report({ ...period, by: 'tier', siteId: 'acme' });
    expect(acme.total).toEqual(sumOf(own({ siteId: 'acme' }), true));
    expect(await ledger.conversationCost('c2')).toEqual(sumOf(own({ conversationId: 'c2' }), false));
    expect(await ledger.ticketCost('t1')).toEqual(sumOf(own({ ticketId: 't1' }), false));
    expect(await ledger.lastRows(2000)).toHaveLength(1000);
  });

  test('count known, partial and unknown costs separately', async () => {
    for (const modelId of ['priced', 'half-priced', 'unpriced'])
      ledger.record(call({ modelId, owner: { siteId: 'acme', conversationId: 'c' } }));
    await ledger.flush();
    expect((await ledger.conversationCost('c')).cost).toEqual({
      fullUsd: 0.000_075,
      fullCalls: 1,
      outputOnlyUsd: 0.000_001,
      outputOnlyCalls: 1,
      unknownCalls: 1,
    });
  });

  test('of a conversation without calls have no TTFT data', async () => {
    expect(await ledger.conversationCost('unheard-of')).toMatchObject({ calls: 0, ttft: { kind: 'no-data' } });
  });
});

describe('rows', () => {
  test('name the price table of their cost, which can be read', async () => {
    const row = ledger.record(call({ modelId: 'half-priced' }));
    expect(row).toMatchObject({ costKnown: 'output-only', priceTable: PRICES.version });
    await ledger.flush();
    expect(JSON.parse((await redis.get(keys.priceTable(row.priceTable))) ?? '')).toMatchObject({
      'half-priced': { outputUsdPerMillion: 0.01 },
    });
    expect(await ledger.lastRows(1)).toEqual([row]);
  });

  test('with an unknown price have no cost, even if the caller passes one', async () => {
    ledger.record({ ...call({ modelId: 'unpriced' }), ...{ costUsd: 0 } });
    await ledger.flush();
    const [row] = await ledger.lastRows(1);
    expect(row).not.toHaveProperty('costUsd');
    expect(row?.costKnown).toBe('none');
  });

  test('with the same id from two processes are counted once', async () => {
    const other = openLedger();
    const once = call({ owner: { siteId: 'acme', conversationId: 'c' } });
    for (const each of [ledger, other]) each.record(once);
    await Promise.all([ledger.flush(), other.flush()]);
    await other.close();
    expect((await ledger.conversationCost('c')).calls).toBe(1);
  });
});

test('a report refuses invalid days', async () => {
  for (const [from, to] of [
    ['2026-05-20', '2026-05-19'],
    ['2026-02-30', '2026-03-01'],
    ['yesterday', 'today'],
    ['2020-01-01', '2026-01-01'],
  ] as const)
    await expect(ledger.report({ from, to, by: 'day' })).rejects.toThrow(RangeError);
});
