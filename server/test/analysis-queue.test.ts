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
    await expect(queue.add({ runId: 'run.1', ticketId: 't', siteId: 'acme' }, 'normal')).rejects.toThrow('timed out');
  } finally {
    server.signal('SIGCONT');
  }
  await expect
    .poll(() => queue.add({ runId: 'run.1', ticketId: 't', siteId: 'acme' }, 'normal').then(() => 'added', String))
    .toBe('added');
  expect(await queue.state('run.1')).toBe('waiting');
  expect(await queue.deadLetters(10)).toEqual([]);
  await queue.close();
});
