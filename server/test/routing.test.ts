/** Routing in a running server: regions, the answer cache, and what is recorded. */
import { siteSchema } from '@firstword/shared/site';
import type { TurnEvent } from '@firstword/shared/wire';
import { type RedisServer, startRedisServer } from '@firstword/testing/redis-server';
import { type SpokenEndpoint, startSpokenEndpoint } from '@firstword/testing/spoken-endpoint';
import { SITE_ORIGIN, startTestServer, type TestServer } from '@firstword/testing/test-server';
import { connectWidget, type WidgetClient } from '@firstword/testing/widget-client';
import { SignJWT } from 'jose';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { createRedisKeys } from '../src/store/keys.ts';

const SECRET = 'x'.repeat(32);
const QUESTION = 'May I return an item?';

let redis: RedisServer;
let main: SpokenEndpoint;
let inAsia: SpokenEndpoint;
let server: TestServer;
const clients: WidgetClient[] = [];

beforeAll(async () => {
  [redis, main, inAsia] = [await startRedisServer(), await startSpokenEndpoint(), await startSpokenEndpoint()];
});
afterEach(async () => {
  for (const client of clients.splice(0)) client.close();
  await server.stop();
  main.requests.length = 0;
  inAsia.requests.length = 0;
});
afterAll(async () => {
  await main.stop();
  await inAsia.stop();
  await redis.stop();
});

let servers = 0;
async function serve(routing: object = {}, allowedRegions?: readonly string[]): Promise<void> {
  const site = { name: 'Acme', allowedOrigins: [SITE_ORIGIN], identitySecret: SECRET };
  server = await startTestServer({
    redis,
    endpointServer: main,
    redisPrefix: `weather-${servers++}`,
    endpoint: { id: 'main', baseUrl: main.baseUrl },
    endpoints: { asia: { baseUrl: inAsia.baseUrl } },
    sites: [siteSchema.parse({ ...site, id: 'acme', ...(allowedRegions ? { allowedRegions } : {}) })],
    routing: { mode: 'speculative', holdCapMs: 2000, defaultRegion: 'us-east', ...routing },
  });
}

async function ask(auth: object, text: string) {
  const client = await connectWidget(server.port, { site: 'acme', ...auth });
  clients.push(client);
  const ack = await client.send(text);
  if (!ack.ok || ack.turnId === undefined) throw new Error('not accepted');
  const { turnId, conversationId } = ack;
  const end = await client.received((event: TurnEvent) => event.type === 'turn-end' && event.turnId === turnId);
  const commands = await redis.connect();
  const why = await commands.hget(createRedisKeys(`weather-${servers - 1}`).turn(conversationId, turnId), 'why');
  return { client, end, turnId, text: client.text(turnId), why };
}

const inSingapore = { timeZone: 'Asia/Singapore' };
const modelsAsked = () => main.requests.map(({ body }) => body.model).sort();

test('a visitor in Asia is served by the endpoint of that region, and the turn records the reason', async () => {
  await serve();
  const { end, why } = await ask(inSingapore, QUESTION);
  expect(end).toMatchObject({ state: 'done' });
  expect(main.requests).toHaveLength(0);
  expect(inAsia.requests).toHaveLength(2);
  expect(why).toMatch(
    /^fast tier, asia: deepseek-v4-flash \(TTFT p50 .*; deepseek-v4-flash answered first, after \d+ ms$/,
  );
});

test('a site with one allowed region sends nothing to another region, regardless of the visitor’s location', async () => {
  await serve({}, ['us-east']);
  const { end, why } = await ask(inSingapore, QUESTION);
  expect(end).toMatchObject({ state: 'done' });
  expect(inAsia.requests).toHaveLength(0);
  expect(why).toContain('asia not allowed by the site');
});

test('a site whose only region has no endpoint gets an error code instead of an answer, and nothing is sent', async () => {
  await serve({ defaultRegion: 'asia' }, ['us-east']);
  const { end } = await ask({}, QUESTION);
  expect(end).toMatchObject({ state: 'failed', code: 'no-allowed-region' });
  expect(main.requests.length + inAsia.requests.length).toBe(0);
});

test('a repeated first question is answered from the cache, with its citations and without a model call', async () => {
  await serve({ answerCache: { ttlSeconds: 60, entries: 10 } });
  const first = await ask({}, QUESTION);
  expect(modelsAsked()).toEqual(['deepseek-v4-flash', 'qwen3-8b']);
  const second = await ask({}, 'may I return an item');
  expect(modelsAsked()).toEqual(['deepseek-v4-flash', 'qwen3-8b']);
  expect(second.text).toBe(first.text);
  expect(second.client.messages.at(-1)?.citations).toEqual(first.client.messages.at(-1)?.citations);
  expect(second.why).toContain('answer cache');
});

test('the cache is not used for later questions, retries, or identified visitors', async () => {
  await serve({ answerCache: { ttlSeconds: 60, entries: 10 } });
  const { client, turnId } = await ask({}, QUESTION);
  expect(main.requests).toHaveLength(2);

  const again = await client.ask<{ turnId: string }>('turn-retry', { turnId });
  if (!again.ok) throw new Error('not accepted');
  await client.received((event) => event.type === 'turn-end' && event.turnId === again.turnId);
  expect(main.requests).toHaveLength(4);

  const later = await client.send(QUESTION);
  if (!later.ok) throw new Error('not accepted');
  await client.received((event) => event.type === 'turn-end' && event.turnId === later.turnId);
  expect(main.requests).toHaveLength(6);

  const identity = await new SignJWT()
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject('visitor-1')
    .setAudience('acme')
    .setIssuedAt()
    .setExpirationTime('5m')
    .setJti('once')
    .sign(new TextEncoder().encode(SECRET));
  await ask({ identity }, QUESTION);
  expect(main.requests).toHaveLength(8);
});

test('an answer that triage rejects is not cached', async () => {
  await serve({ answerCache: { ttlSeconds: 60, entries: 10 } });
  main.script({ label: 'complex negative en refund 0.90' });
  await ask({}, QUESTION);
  main.script({ label: 'answer neutral en returns 0.90' });
  await ask({}, QUESTION);
  expect(main.requests).toHaveLength(4);
});

test('an answer that the articles do not support is not cached', async () => {
  await serve({ answerCache: { ttlSeconds: 60, entries: 10 } });
  main.script({ answer: 'Every item has a lifetime guarantee of 99 years [1].' });
  const { client } = await ask({}, QUESTION);
  expect(client.messages.at(-1)?.unsupported).toHaveLength(1);
  await ask({}, QUESTION);
  expect(main.requests).toHaveLength(4);
});

test('visitors who ask the same at the same moment share one answer, and each has its own triage', async () => {
  await serve({ answerCache: { ttlSeconds: 60, entries: 10 } });
  const release = main.holdAfter(7);
  const answers = [1, 2, 3].map(() => ask({}, QUESTION));
  await expect.poll(() => main.requests.filter(({ body }) => body.model === 'qwen3-8b').length).toBe(3);
  release();
  const received = await Promise.all(answers);
  expect(new Set(received.map(({ text }) => text)).size).toBe(1);
  expect(modelsAsked()).toEqual(['deepseek-v4-flash', 'qwen3-8b', 'qwen3-8b', 'qwen3-8b']);
});

test('in sequential mode the instant tier answers simple questions, and the fast tier all others', async () => {
  await serve({ mode: 'sequential' });
  await ask({}, QUESTION);
  expect(modelsAsked()).toEqual(['qwen3-8b', 'qwen3-8b']);
  main.requests.length = 0;
  main.script({ label: 'answer neutral en returns 0.40' });
  await ask({}, QUESTION);
  main.script({ label: 'answer neutral en returns 0.90' });
  expect(modelsAsked()).toEqual(['deepseek-v4-flash', 'qwen3-8b']);
});

test('in thrifty mode the instant tier answers simple questions without waiting for triage, and the fast tier the rest', async () => {
  await serve({ mode: 'thrifty' });
  await ask({}, QUESTION);
  expect(modelsAsked()).toEqual(['qwen3-8b', 'qwen3-8b']);
  expect(main.requests.find(({ isTriage }) => !isTriage)?.body.max_tokens).toBe(200);
  main.requests.length = 0;
  await ask({}, `This is terrible. ${QUESTION}`);
  expect(modelsAsked()).toEqual(['deepseek-v4-flash', 'qwen3-8b']);
});
