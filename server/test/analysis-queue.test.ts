import { type RedisServer, startRedisServer } from '@firstword/testing/redis-server';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createAnalysisQueue } from '../src/tickets/analysis-queue.ts';

let server: RedisServer;
beforeAll(async () => {
  server = await startRedisServer();
});
afterAll(() => server.stop());

test('a queue that was created while Redis did not answer works once it does', async () => {
  const redis = await server.connect();
  server.signal('SIGSTOP');
  const queue = createAnalysisQueue(redis, 'test');
  try {
    await expect(
      queue.add({ runId: 'run.1', ticketId: 't', siteId: 'acme' }, { urgency: 'normal', known: false }),
    ).rejects.toThrow('timed out');
  } finally {
    server.signal('SIGCONT');
  }
  await expect
    .poll(() =>
      queue
        .add({ runId: 'run.1', ticketId: 't', siteId: 'acme' }, { urgency: 'normal', known: false })
        .then(() => 'added', String),
    )
    .toBe('added');
  expect(await queue.state('run.1')).toBe('waiting');
  expect(await queue.deadLetters(10)).toEqual([]);
  await queue.close();
});

test('analyses of known visitors come first, whatever strangers write; possible danger comes before all', async () => {
  const redis = await server.connect();
  const queue = createAnalysisQueue(redis, 'ranks');
  const ranks = [
    ['stranger-high', 'high', false],
    ['known-low', 'low', true],
    ['stranger-critical', 'critical', false],
    ['known-high', 'high', true],
  ] as const;
  for (const [runId, urgency, known] of ranks)
    await queue.add({ runId, ticketId: 't', siteId: 'acme' }, { urgency, known });
  const waiting = await redis.zrange('ranks:analysis:prioritized', '0', '-1');
  expect(waiting).toEqual(['stranger-critical', 'known-high', 'known-low', 'stranger-high']);
  await queue.close();
});
