import { type RedisServer, startRedisServer } from '@firstword/testing/redis-server';
import { recordsBeside } from '@firstword/testing/test-records';
import { startTestServer } from '@firstword/testing/test-server';
import { connectWidget } from '@firstword/testing/widget-client';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createReports } from '../src/ledger/reports.ts';

let redis: RedisServer;
beforeAll(async () => {
  redis = await startRedisServer();
});
afterAll(() => redis.stop());

test('an answered question writes a row for its triage and one for its answer, with costs as far as prices are known', async () => {
  const server = await startTestServer({ redis });
  const client = await connectWidget(server.port);
  const ack = await client.send('How long may I return an item?');
  await client.received((event) => event.type === 'turn-end');
  const metrics = await vi.waitFor(async () => {
    const text = await (await fetch(`http://127.0.0.1:${server.port}/metrics`)).text();
    expect(text).toContain('purpose="triage"'); // it may end shortly after the answer
    return text;
  });
  client.close();
  await server.stop(); // stores pending rows

  const { usage } = recordsBeside(redis.url);
  const rows = await usage.lastCalls(10);
  expect(rows.map(({ purpose }) => purpose).sort()).toEqual(['answer', 'triage']);
  for (const row of rows) {
    const owner = { siteId: 'acme', conversationId: client.start.conversationId, turnId: ack.ok && ack.turnId };
    expect(row).toMatchObject({ owner, costKnown: 'output-only' }); // the reference catalog has no input prices
    expect(row.costUsd).toBeGreaterThan(0);
  }
  const { cost, calls } = await createReports(usage).conversationCost(client.start.conversationId);
  expect({ calls, outputOnlyCalls: cost.outputOnlyCalls, fullCalls: cost.fullCalls }).toEqual({
    calls: 2,
    outputOnlyCalls: 2,
    fullCalls: 0,
  });
  expect(metrics).toContain('firstword_model_usd_total{tier="fast",model="deepseek-v4-flash",known="output-only"}');
  expect(metrics).toContain('firstword_added_seconds_count 1');
});
