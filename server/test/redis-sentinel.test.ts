/** Redis behind Sentinel: found with the accounts of both, and followed to another server during an answer. */
import { answerOf, type PacedEndpoint, startPacedEndpoint } from '@firstword/testing/paced-endpoint';
import { type RedisSentinel, startRedisSentinel } from '@firstword/testing/redis-sentinel';
import { openSteadyClient, type SteadyClient } from '@firstword/testing/steady-client';
import { startInstance, type WebInstance } from '@firstword/testing/test-server';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createMemoryRecords } from '../src/records/memory-records.ts';

const TOKENS = 60;
const records = createMemoryRecords();
let sentinel: RedisSentinel;
let endpoint: PacedEndpoint;
let web: WebInstance;
let client: SteadyClient;

beforeAll(async () => {
  sentinel = await startRedisSentinel();
  endpoint = await startPacedEndpoint();
  endpoint.pace({ tokens: TOKENS, everyMs: 15 });
  web = await startInstance(sentinel.url, endpoint, { records });
  client = openSteadyClient(web.port);
  await client.ready();
}, 60_000);
afterAll(async () => {
  client.close();
  await web.stop();
  await Promise.all([endpoint.stop(), sentinel.stop()]);
});

/** Asks, lets something happen once the answer has begun, and expects the answer and the next one to be complete. */
async function expectAnswersThrough(event: () => Promise<void>): Promise<void> {
  const asked = await client.send('How long may I return it?');
  await expect.poll(() => client.textOf(asked.turnId ?? '').length).toBeGreaterThan(10);
  await event();
  expect(await client.answered(asked.seq)).toEqual({
    fromDeltas: answerOf(TOKENS),
    stored: answerOf(TOKENS),
    state: 'done',
  });
  const next = await client.send('And who pays for it?');
  expect(await client.answered(next.seq)).toMatchObject({ stored: answerOf(TOKENS), state: 'done' });
  expect(next.seq).toBe(asked.seq + 2);
  const conversation = async () => (await records.archive.readAfter(next.conversationId, 0, 100)).length;
  await expect.poll(conversation).toBe(next.seq + 1);
}

// Both stay alive.
test('primary and replica are exchanged during an answer: it is completed, and the conversation goes on', () =>
  expectAnswersThrough(sentinel.exchange));

test('the primary is killed during an answer: it is completed once the replica has taken over', () =>
  expectAnswersThrough(sentinel.killPrimary));
