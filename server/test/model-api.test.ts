import { request as httpRequest } from 'node:http';
import { says } from '@firstword/testing/completion-events';
import { createLatch } from '@firstword/testing/latch';
import { type RedisServer, startRedisServer } from '@firstword/testing/redis-server';
import { answers, startScriptedEndpoint } from '@firstword/testing/scripted-endpoint';
import { recordsBeside } from '@firstword/testing/test-records';
import { startInstance, startTestServer, type TestServer } from '@firstword/testing/test-server';
import { OpenAI } from 'openai';
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { z } from 'zod';
import { createApiTokens } from '../src/agents/api-tokens.ts';
import { defaultConfig } from '../src/config/config.ts';
import { createTokenHash } from '../src/lib/tokens.ts';
import { MODEL_API_SITE_ID } from '../src/model-api/model-api.ts';

const APP_SECRET = 'a secret of this test alone, long enough';
const ANSWER = 'You have 30 days. Größe, 漢字 and 🙂 arrive whole.';
const errorSchema = z.object({
  error: z.object({ type: z.string(), param: z.string().nullable(), message: z.string() }),
});
const messages = [{ role: 'user' as const, content: 'How long may I return an item?' }];

let redis: RedisServer;
let server: TestServer;
let token: string;
const mint = async (scope: 'read' | 'write' | 'models') => {
  const tokens = createApiTokens(recordsBeside(redis.url).apiTokens, createTokenHash(APP_SECRET));
  return (await tokens.add('Billing', scope)).token;
};
const connect = (apiKey = token, path = '') =>
  new OpenAI({ apiKey, baseURL: `http://127.0.0.1:${server.port}${path}/v1`, maxRetries: 0 });

beforeAll(async () => {
  redis = await startRedisServer();
  server = await startTestServer({ redis, appSecret: APP_SECRET, publicUrl: 'https://help.example/support' });
  token = await mint('models');
});
afterEach(() => server.endpoint.reset());
afterAll(async () => {
  await server.stop();
  await redis.stop();
});

test('a streamed answer arrives in deltas, with usage and cost in its last chunk', async () => {
  server.endpoint.script({ answer: ANSWER });
  const { data, response } = await connect()
    .chat.completions.create({ model: 'chat', messages, stream: true, stream_options: { include_usage: true } })
    .withResponse();
  const chunks = [];
  for await (const chunk of data) chunks.push(chunk);
  const texts = chunks.flatMap(({ choices }) => choices[0]?.delta.content || []);
  expect(texts.join('')).toBe(ANSWER);
  expect(texts.length).toBeGreaterThan(3);
  expect(chunks.at(-2)?.choices[0]?.finish_reason).toBe('stop');
  const { usage, model } = chunks.at(-1) ?? {};
  expect(model).toBe('deepseek-v4-flash');
  expect(usage).toEqual({
    prompt_tokens: 120,
    completion_tokens: 12,
    total_tokens: 132,
    cost_known: 'output-only',
    cost_usd: expect.closeTo((12 * 0.25) / 1e6, 12),
  });
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'x-firstword-model': 'deepseek-v4-flash',
    'x-firstword-tier': 'fast',
    'x-firstword-region': 'us-east',
  });
});

test('a stream names its cost in a trailer', async () => {
  const trailers = await new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    httpRequest(`http://127.0.0.1:${server.port}/v1/chat/completions`, { method: 'POST', headers }, (response) =>
      response.resume().on('end', () => resolve(response.trailers)),
    )
      .on('error', reject)
      .end(JSON.stringify({ model: 'chat', messages, stream: true }));
  });
  expect(trailers).toEqual({ 'x-firstword-cost-usd': String((12 * 0.25) / 1e6) });
});

test('an answer that is not streamed is one object, with the cost in a header', async () => {
  server.endpoint.script({ answer: ANSWER });
  const { data, response } = await connect()
    .chat.completions.create({ model: 'chat', messages: [{ role: 'system', content: 'Be brief.' }, ...messages] })
    .withResponse();
  expect(data.choices[0]?.message).toMatchObject({ role: 'assistant', content: ANSWER });
  expect(data.choices[0]?.finish_reason).toBe('stop');
  expect(Number(response.headers.get('x-firstword-cost-usd'))).toBeCloseTo((12 * 0.25) / 1e6, 12);
  expect(server.endpoint.requests.at(-1)?.body.messages).toEqual([
    { role: 'system', content: 'Be brief.' },
    ...messages,
  ]);
});

test.each([
  ['classification', 'qwen3-8b', 50],
  ['chat', 'deepseek-v4-flash', 200],
  ['analysis', 'deepseek-v4-pro', 500],
  ['gpt-5', 'deepseek-v4-flash', 200],
  ['auto', 'deepseek-v4-flash', 200],
])('the model "%s" is %s, with its tier\'s token limit', async (model, upstream, maxTokens) => {
  const answer = await connect().chat.completions.create({ model, messages });
  expect(answer.model).toBe(upstream);
  expect(server.endpoint.requests.at(-1)?.body).toMatchObject({ model: upstream, max_tokens: maxTokens });
});

test('the models are the four names', async () => {
  const names = [];
  for await (const { id } of connect().models.list()) names.push(id);
  expect(names).toEqual(['classification', 'chat', 'analysis', 'auto']);
});

test('a program that stops reading ends the request upstream, and the ledger records it', async () => {
  server.endpoint.script({ answer: 'The first part of a long answer, and then a second part.' });
  const release = server.endpoint.holdAfter(14);
  const before = server.endpoint.abandoned();
  const stream = await connect().chat.completions.create({ model: 'chat', messages, stream: true });
  for await (const { choices } of stream) if (choices[0]?.delta.content) break;
  await vi.waitFor(() => expect(server.endpoint.abandoned()).toBe(before + 1));
  release();

  const { usage } = recordsBeside(redis.url);
  await vi.waitFor(async () => {
    const [row] = await usage.lastCalls(1);
    expect(row).toMatchObject({ purpose: 'router', outcome: 'aborted', reason: 'left', tier: 'fast' });
    expect(row?.owner).toMatchObject({ siteId: MODEL_API_SITE_ID, visitorId: expect.stringMatching(/^program-/) });
  }, 5000);
});

test('a stream that breaks off ends with an error that the client throws, and without [DONE]', async () => {
  const endpoint = await startScriptedEndpoint();
  onTestFinished(endpoint.stop);
  const read = createLatch();
  endpoint.play({ steps: [says('Half an '), says('answer'), { until: read.opened }, 'reset'] });
  const web = await startInstance(redis.url, endpoint, { appSecret: APP_SECRET });
  onTestFinished(web.stop);
  const client = new OpenAI({ apiKey: token, baseURL: `http://127.0.0.1:${web.port}/v1` });
  let text = '';
  const readAll = async () => {
    const stream = await client.chat.completions.create({ model: 'chat', messages, stream: true });
    for await (const { choices } of stream) {
      text += choices[0]?.delta.content ?? '';
      if (text.endsWith('answer')) read.open();
    }
  };
  await expect(readAll()).rejects.toMatchObject({ type: 'server_error', code: 'cut-off' });
  expect(text).toBe('Half an answer');

  endpoint.play({ status: 401, steps: [] });
  await expect(client.chat.completions.create({ model: 'chat', messages }, { maxRetries: 0 })).rejects.toMatchObject({
    status: 502,
    code: 'unauthorized',
  });
});

test('a stream ends when its text turns out to be thinking, and the next one has the answer alone', async () => {
  const endpoint = await startScriptedEndpoint();
  onTestFinished(endpoint.stop);
  const web = await startInstance(redis.url, endpoint, { appSecret: APP_SECRET });
  onTestFinished(web.stop);
  endpoint.play(answers('They ask about ', 'returns.</think>', '30 days.'));
  const { completions } = new OpenAI({ apiKey: token, baseURL: `http://127.0.0.1:${web.port}/v1` }).chat;
  const readAll = async () => {
    let text = '';
    const stream = await completions.create({ model: 'chat', messages, stream: true });
    for await (const { choices } of stream) text += choices[0]?.delta.content ?? '';
    return text;
  };
  await expect(readAll()).rejects.toMatchObject({ code: 'malformed' });
  expect(await readAll()).toBe('30 days.');
});

test('the region is chosen by header, and an unknown one is refused with the nearest name', async () => {
  const { response } = await connect()
    .chat.completions.create({ model: 'chat', messages }, { headers: { 'x-firstword-region': 'asia' } })
    .withResponse();
  expect(response.headers.get('x-firstword-region')).toBe('asia');
  const wrong = connect().chat.completions.create(
    { model: 'chat', messages },
    { headers: { 'x-firstword-region': 'us-eest' } },
  );
  await expect(wrong).rejects.toMatchObject({
    status: 400,
    param: 'x-firstword-region',
    message: expect.stringContaining('there is no region "us-eest". Did you mean "us-east"? Use us-east, asia, eu.'),
  });
});

test('the path of PUBLIC_URL may come first', async () => {
  const answer = await connect(token, '/support').chat.completions.create({ model: 'chat', messages });
  expect(answer.choices).toHaveLength(1);
});

describe("refusals have OpenAI's error shape", () => {
  test('a wrong token is 401, and a token of another scope 403', async () => {
    const ask = (apiKey: string) => connect(apiKey).chat.completions.create({ model: 'chat', messages });
    await expect(ask('fw_wrong')).rejects.toBeInstanceOf(OpenAI.AuthenticationError);
    await expect(ask('fw_wrong')).rejects.toMatchObject({
      status: 401,
      type: 'authentication_error',
      code: 'invalid_api_key',
      error: { message: expect.any(String), param: null },
    });
    await expect(ask(await mint('write'))).rejects.toMatchObject({ status: 403, type: 'permission_error' });
  });

  test('a token of this API reads nothing else', async () => {
    const response = await fetch(`http://127.0.0.1:${server.port}/api/v1/tickets?view=open`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(response.status).toBe(403);
  });

  test.each([
    [{ messages: [] }, 'messages', 'messages: must have at least one message.'],
    [
      { messages: [{ role: 'tool', content: 'x' }] },
      'messages[0].role',
      /must be system, developer, user or assistant/,
    ],
    [
      { messages: [{ role: 'user', content: [{ type: 'image_url' }] }] },
      'messages[0].content',
      /a text or a list of text/,
    ],
    [{ messages, max_tokens: 0 }, 'max_tokens', /must be a whole number, 1 or more/],
    [{ messages, tools: [{ type: 'function' }] }, 'tools', 'tools: is not supported. Remove it.'],
    [{ messages, n: 2 }, 'n', 'n: must be 1.'],
    [[], null, /must be a JSON object/],
  ])('the body %j is 400', async (body, param, message) => {
    const response = await fetch(`http://127.0.0.1:${server.port}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    expect(response.status).toBe(400);
    const { error } = errorSchema.parse(await response.json());
    expect(error).toMatchObject({ type: 'invalid_request_error', param });
    expect(error.message).toMatch(message);
  });

  test('a body above the limit is 413, broken JSON 400, an unknown path 404', async () => {
    const post = async (path: string, body: string) => {
      const response = await fetch(`http://127.0.0.1:${server.port}/v1${path}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body,
      });
      const { error } = errorSchema.parse(await response.json());
      return [response.status, error.type];
    };
    expect(await post('/chat/completions', JSON.stringify({ model: 'x'.repeat(300_000) }))).toEqual([
      413,
      'invalid_request_error',
    ]);
    expect(await post('/chat/completions', '{')).toEqual([400, 'invalid_request_error']);
    expect(await post('/embeddings', '{}')).toEqual([404, 'invalid_request_error']);
  });

  test('a spent budget is insufficient_quota, and no model is asked', async () => {
    const poor = await startTestServer({
      redis,
      endpointServer: server.endpoint,
      appSecret: APP_SECRET,
      budgets: { ...defaultConfig().budgets, sites: { [MODEL_API_SITE_ID]: { siteDay: { usd: 0 } } } },
    });
    const asked = server.endpoint.requests.length;
    const client = new OpenAI({ apiKey: token, baseURL: `http://127.0.0.1:${poor.port}/v1` });
    await expect(client.chat.completions.create({ model: 'chat', messages })).rejects.toMatchObject({
      status: 429,
      type: 'insufficient_quota',
    });
    expect(server.endpoint.requests.length).toBe(asked);
    await poor.stop();
  });
});
