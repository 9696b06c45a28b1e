import { randomUUID } from 'node:crypto';
import { createPriceTable } from '@firstword/server/ledger/price-table';
import { createReports } from '@firstword/server/ledger/reports';
import { createUsageTransfer } from '@firstword/server/ledger/usage-transfer';
import { createMemoryUsageStore } from '@firstword/server/records/memory-usage-store';
import { openRecords, type Records } from '@firstword/server/records/records';
import { RecordsError } from '@firstword/server/records/records-error';
import type { UsageStore } from '@firstword/server/records/usage-store';
import { createRedisKeys, type RedisKeys } from '@firstword/server/store/keys';
import { createUsageQueue } from '@firstword/server/store/usage-queue';
import { type RedisServer, startRedisServer } from '@firstword/testing/redis-server';
import { silentLog } from '@firstword/testing/silent-log';
import { createTestDatabase } from '@firstword/testing/test-database';
import { createTestLedger } from '@firstword/testing/test-ledger';
import { startTestServer } from '@firstword/testing/test-server';
import { connectWidget } from '@firstword/testing/widget-client';
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import type { Redis } from '../src/lib/redis.ts';

const NOON = Date.parse('2026-05-20T12:00:00Z');
const DAY = { from: '2026-05-20', to: '2026-05-20' };

let server: RedisServer;
let redis: Redis;
let keys: RedisKeys;
beforeAll(async () => {
  server = await startRedisServer();
  redis = await server.connect();
});
afterAll(() => server.stop());
beforeEach(() => {
  keys = createRedisKeys(`test-${randomUUID()}`);
});

const away = async (): Promise<never> => {
  throw new RecordsError('unavailable', 'The database did not answer.');
};

/** Records calls as a process does that is then killed: they are in the queue, and nothing else is left. */
async function recordAndDie(count: number): Promise<void> {
  const usage: UsageStore = { ...createMemoryUsageStore(), record: away };
  const ledger = createTestLedger({ redis, keys, usage, prices: createPriceTable([]) });
  for (let index = 0; index < count; index++)
    ledger.record({
      callId: randomUUID(),
      purpose: 'answer',
      owner: { siteId: 'acme', conversationId: 'c1' },
      tier: 'fast',
      region: 'us-east',
      modelId: 'quick',
      endpointId: 'main',
      startedAt: NOON,
      totalMs: 900,
      usage: { promptTokens: 10, completionTokens: 1, estimated: false },
      outcome: 'done',
    });
  await ledger.close();
}

const transferTo = (usage: UsageStore, onLost?: (count: number) => void) => {
  const parts = { queue: createUsageQueue(redis, keys), usage, log: silentLog };
  const transfer = createUsageTransfer(onLost === undefined ? parts : { ...parts, onLost }, {
    everyMs: 600_000,
    keepDays: 100_000,
    keepCallsMs: () => ({ sites: {}, others: undefined }),
  });
  onTestFinished(() => transfer.close());
  return transfer;
};
const callsIn = async (usage: UsageStore) => (await createReports(usage).report({ ...DAY, by: 'day' })).total.calls;

async function openDatabase(): Promise<Records> {
  const given = await createTestDatabase();
  const records = await openRecords({ url: given.url, localeOf: () => 'en', log: silentLog });
  onTestFinished(async () => {
    await records.close();
    await given.drop();
  });
  return records;
}

test('calls of a process that was killed while the database was away are stored when it is back', async () => {
  await recordAndDie(3);
  expect(await createUsageQueue(redis, keys).waiting()).toBe(4); // and their price table
  const { usage } = await openDatabase();
  await transferTo(usage).run();
  expect([await callsIn(usage), await createUsageQueue(redis, keys).waiting()]).toEqual([3, 0]);
});

test('a process that dies between storing and removing leads to no double count', async () => {
  await recordAndDie(3);
  const { usage } = await openDatabase();
  const dying = createUsageTransfer(
    { queue: { ...createUsageQueue(redis, keys), remove: away }, usage, log: silentLog },
    { everyMs: 600_000, keepDays: 100_000, keepCallsMs: () => ({ sites: {}, others: undefined }) },
  );
  await dying.run();
  await dying.close();
  expect(await createUsageQueue(redis, keys).waiting()).toBe(4);
  await transferTo(usage).run();
  expect([await callsIn(usage), await createUsageQueue(redis, keys).waiting()]).toEqual([3, 0]);
});

test('two processes move what waits together, each call once', async () => {
  await recordAndDie(1200);
  const { usage } = await openDatabase();
  const [one, other] = [transferTo(usage), transferTo(usage)];
  while ((await createUsageQueue(redis, keys).waiting()) > 0) await Promise.all([one.run(), other.run()]);
  expect(await callsIn(usage)).toBe(1200);
  expect((await usage.amountsOf('conversation', 'c1')).promptTokens).toBe(12_000);
});

test('a record that the database refuses, and one that is unreadable, are dropped alone and counted', async () => {
  await recordAndDie(2);
  const refused = JSON.stringify({
    kind: 'felt',
    sample: {
      ...{ turnId: 'a\u0000b', siteId: 'acme', region: 'us-east', tier: 'fast', modelId: 'quick' },
      ...{ ms: 100, at: NOON },
    },
  });
  await createUsageQueue(redis, keys).add([refused, '{"kind":"call"}', 'no json']);
  let lost = 0;
  const { usage } = await openDatabase();
  const onLost = (count: number) => {
    lost += count;
  };
  await transferTo(usage, onLost).run();
  expect([lost, await callsIn(usage), await createUsageQueue(redis, keys).waiting()]).toEqual([3, 2, 0]);
});

test('a full queue drops its oldest records and reports how many', async () => {
  let dropped = 0;
  const queue = createUsageQueue(redis, keys, { keep: 3, onDropped: (count) => (dropped += count) });
  await queue.add(['1', '2']);
  await queue.add(['3', '4', '5']);
  expect([dropped, (await queue.read(9)).map(({ json }) => json)]).toEqual([2, ['3', '4', '5']]);
});

test('while the database is away, answers go on, what waits is a metric, and reports follow when it is back', async () => {
  const own = await startRedisServer();
  const records = await openDatabase();
  let isAway = true;
  const web = await startTestServer({
    redis: own,
    records: {
      ...records,
      usage: { ...records.usage, record: (some) => (isAway ? away() : records.usage.record(some)) },
    },
  });
  const metric = async () => {
    const text = await (await fetch(`http://127.0.0.1:${web.port}/metrics`)).text();
    return Number(/^firstword_ledger_rows_waiting (\d+)$/m.exec(text)?.[1]);
  };
  const client = await connectWidget(web.port);
  await client.send('How long may I return an item?');
  expect(await client.received(({ type }) => type === 'turn-end')).toMatchObject({ state: 'done' });
  await vi.waitFor(async () => expect(await metric()).toBeGreaterThanOrEqual(3), { timeout: 10_000 });
  isAway = false;
  await vi.waitFor(async () => expect(await metric()).toBe(0), { timeout: 10_000 });
  expect(await records.usage.callsOf(client.start.conversationId, 9)).toHaveLength(2);
  client.close();
  await web.stop();
  await own.stop();
});
