/** Guidance, from its save to the prompts of every process. */
import { createMemoryRecords } from '@firstword/server/records/memory-records';
import { RecordsError } from '@firstword/server/records/records-error';
import { NO_GUIDANCE } from '@firstword/shared/guidance';
import { startRedisServer } from '@firstword/testing/redis-server';
import { startTestServer, type TestServer } from '@firstword/testing/test-server';
import { connectWidget } from '@firstword/testing/widget-client';
import { expect, onTestFinished, test } from 'vitest';

const SNIPPET = { title: 'Returns in May', text: 'Until 31 May you may return an item within 60 days.' };
const QUESTION = 'Within how many days may I return an item?';
const guidance = { ...NO_GUIDANCE, never: ['Promise a discount.'], snippets: [SNIPPET] };

/** Asks as a new visitor. */
async function ask(server: TestServer) {
  const client = await connectWidget(server.port);
  onTestFinished(() => client.close());
  await client.send(QUESTION);
  await client.received(({ type }) => type === 'turn-end');
  const answers = server.endpoint.requests.filter(({ isTriage }) => !isTriage);
  const prompt = answers.at(-1)?.body.messages.map(({ content }) => content) ?? [];
  return { prompt, answer: client.messages.at(-1), asked: answers.length };
}

test('what is saved in one process is in the prompts of another within seconds, and replaces cached answers', async () => {
  const redis = await startRedisServer();
  const server = await startTestServer({
    redis,
    routing: { answerCache: { ttlSeconds: 60, entries: 10 } },
  });
  onTestFinished(async () => {
    await server.stop();
    await redis.stop();
  });
  const answer = 'You may return an item within 30 days [1].';
  server.endpoint.script({ answer });
  expect((await ask(server)).prompt[0]).not.toContain('<rules>');
  expect((await ask(server)).asked).toBe(1); // from the cache

  await server.records.guidance.save('acme', guidance, { after: 0, by: 'Ada' });
  server.endpoint.script({ answer: 'You may return an item within 60 days [1].' });
  await expect.poll(async () => (await ask(server)).asked, { timeout: 10_000 }).toBe(2);
  const changed = await ask(server);
  expect(changed.prompt[0]).toContain('- Never: Promise a discount.');
  expect(changed.prompt.at(-1)).toContain('<article n="1" title="Returns in May">');
  // The check accepts what the snippet says, and the answer cites it.
  expect(changed.answer).toMatchObject({ citations: [{ n: 1, title: 'Returns in May', url: '' }] });
  expect(changed.answer?.unsupported ?? []).toEqual([]);
});

test('a process that starts while the database is away keeps to the guidance that was published before', async () => {
  const redis = await startRedisServer();
  onTestFinished(() => redis.stop());
  const before = await startTestServer({ redis });
  await before.records.guidance.save('acme', guidance, { after: 0, by: 'Ada' });
  await expect.poll(async () => (await ask(before)).prompt[0], { timeout: 10_000 }).toContain('<rules>');
  await before.stop();

  const away = async () => {
    throw new RecordsError('unavailable', 'The database did not answer.');
  };
  const records = createMemoryRecords();
  const server = await startTestServer({
    redis,
    records: { ...records, guidance: { ...records.guidance, numbers: away, load: away } },
  });
  onTestFinished(() => server.stop());
  expect((await ask(server)).prompt[0]).toContain('- Never: Promise a discount.');
});
