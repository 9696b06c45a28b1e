import { createMemoryRecords } from '@firstword/server/records/memory-records';
import { RecordsError } from '@firstword/server/records/records-error';
import { startTestServer } from '@firstword/testing/test-server';
import { connectWidget } from '@firstword/testing/widget-client';
import { expect, onTestFinished, test } from 'vitest';

test('while the database is away, the process is ready, names it as degraded, and answers visitors', async () => {
  const away = async () => {
    throw new RecordsError('unavailable', 'The database did not answer: connect ECONNREFUSED 127.0.0.1:5432');
  };
  const server = await startTestServer({ records: { ...createMemoryRecords(), check: away } });
  onTestFinished(() => server.stop());
  const response = await fetch(`http://127.0.0.1:${server.port}/health/ready`);
  expect(response.status).toBe(200);
  expect(await response.json()).toMatchObject({
    ready: true,
    parts: {
      redis: { ok: true },
      database: { ok: false, degraded: true, why: expect.stringContaining('ECONNREFUSED') },
    },
  });
  const visitor = await connectWidget(server.port);
  onTestFinished(() => visitor.close());
  expect(await visitor.send('How long do I have to return an item?')).toMatchObject({ ok: true });
  expect(await visitor.received(({ type }) => type === 'turn-end')).toMatchObject({ state: 'done' });
});

test('the connections to the database are in the metrics', async () => {
  const server = await startTestServer({
    records: { ...createMemoryRecords(), pool: () => ({ open: 3, idle: 2, waiting: 1 }) },
  });
  onTestFinished(() => server.stop());
  const metrics = await (await fetch(`http://127.0.0.1:${server.port}/metrics`)).text();
  for (const line of ['{state="open"} 3', '{state="idle"} 2', '{state="waiting"} 1'])
    expect(metrics).toContain(`firstword_database_connections${line}`);
});
