/** Replays, from the request of an agent's page to the models and back; the visitor gets nothing of them. */
import { createRedisKeys } from '@firstword/server/store/keys';
import { partitionOf } from '@firstword/server/store/partition';
import type { AnswerReplayEvent } from '@firstword/shared/answer-replay';
import type { CostReport } from '@firstword/shared/reports';
import { siteSchema } from '@firstword/shared/site';
import { createPage, type Page } from '@firstword/testing/console-page';
import { SITE_ORIGIN, startTestServer, type TestServer } from '@firstword/testing/test-server';
import { connectWidget, type WidgetClient } from '@firstword/testing/widget-client';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';

const QUESTION = 'May I return it? Mail noor@mail.example';
const CHOSEN = 'glm-5';
const keys = createRedisKeys('test');
let server: TestServer;
let owner: Page;
let visitor: WidgetClient;
let id = '';
/** Everything that the visitor's socket has received. */
const received: unknown[] = [];

const callsOf = async () =>
  (await owner.request<{ calls: { purpose: string; outcome: string }[] }>('GET', `/conversations/${id}/calls`)).body;

beforeAll(async () => {
  const site = { id: 'acme', name: 'Acme', allowedOrigins: [SITE_ORIGIN], maskPersonalData: 'all' };
  server = await startTestServer({
    sites: [siteSchema.parse(site)],
    routing: { answerCache: { ttlSeconds: 600, entries: 100 } },
  });
  const origin = `http://localhost:${server.port}`;
  owner = createPage(`${origin}/api/v1`, origin);
  const account = { email: 'owner@shop.example', name: 'Owner', password: 'a long enough one' };
  await owner.request('POST', '/first-run', { token: await server.firstRun(), ...account });
  visitor = await connectWidget(server.port);
  visitor.socket.io.engine.on('packet', ({ type, data }) => {
    if (type === 'message') received.push(data);
  });
  id = visitor.start.conversationId;
  await visitor.send('Hello');
  await visitor.received(({ type }) => type === 'turn-end');
  const asked = await visitor.send(QUESTION);
  await visitor.received((event) => event.type === 'turn-end' && asked.ok && event.turnId === asked.turnId);
  // Answered, archived and recorded.
  await vi.waitUntil(async () => (await callsOf()).calls?.filter(({ outcome }) => outcome === 'done').length === 4);
});
afterEach(() => {
  server.endpoint.reset();
  server.endpoint.requests.length = 0;
});
afterAll(async () => {
  visitor.close();
  await server.stop();
});

const ask = (body: object, signal: AbortSignal | null = null, by = owner) =>
  fetch(`http://localhost:${server.port}/api/v1/conversations/${id}/replay`, {
    method: 'POST',
    headers: {
      ...{ cookie: by.cookie(), 'x-csrf-token': by.csrf(), origin: `http://localhost:${server.port}` },
      'content-type': 'application/json',
    },
    body: JSON.stringify(body),
    signal,
  });
const eventsOf = async (response: Response): Promise<AnswerReplayEvent[]> =>
  (await response.text())
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
const endOf = async (response: Response) => {
  const end = (await eventsOf(response)).at(-1);
  if (end === undefined || !('answer' in end)) throw new Error(`no answer: ${JSON.stringify(end)}`);
  return end;
};
const purposes = async () =>
  (await owner.request<CostReport>('GET', '/reports/cost?by=purpose')).body.lines.map(({ key }) => key);
const replayPrompts = () =>
  server.endpoint.requests.filter(({ isTriage }) => !isTriage).map(({ body }) => JSON.stringify(body.messages));

/** Each key of the conversation with its bytes, and the last event of its partition. */
async function storedBytes() {
  const redis = await server.redis.connect();
  const names = (await redis.keys(`*${id}*`)).sort();
  const values = await Promise.all(names.map(async (name) => [name, (await redis.dumpBuffer(name))?.toString('hex')]));
  return [...values, await redis.xrevrange(keys.feed(partitionOf(id)), '+', '-', 'COUNT', 1)];
}

test('another model answers the same question, and not a byte of it reaches the visitor or their conversation', async () => {
  const before = await storedBytes();
  received.length = 0;
  server.endpoint.script({ answer: 'Write to [email-1]: 30 days [1]. The moon is free.' });
  const events = await eventsOf(await ask({ seq: 3, model: CHOSEN }));
  expect(events[0]).toEqual({ ttftMs: expect.any(Number) });
  const streamed = events.map((event) => ('text' in event ? event.text : '')).join('');
  expect(streamed).toBe('Write to noor@mail.example: 30 days [1]. The moon is free.');
  expect(events.at(-1)).toMatchObject({
    answer: {
      text: streamed,
      citations: [{ n: 1, title: 'Returns' }],
      unsupported: expect.arrayContaining(['The moon is free.']),
      coverage: 'not-covered',
      handsOff: false,
    },
    calls: [
      { purpose: 'replay-triage', modelId: 'qwen3-8b' },
      { purpose: 'replay', modelId: CHOSEN, outcome: 'done', masked: 1, costUsd: expect.any(Number) },
    ],
  });
  // Every event before this acknowledgement would be in the list.
  expect(await visitor.ask('replay', { afterSeq: 4 })).toEqual({ ok: true, messages: [] });
  expect(received).toEqual([expect.stringContaining('[{"messages":[],"ok":true}]')]);
  await expect.poll(purposes).toContain('replay'); // recorded, so that the conversation's counters would show it
  expect(await storedBytes()).toEqual(before);
  expect((await callsOf()).calls.map(({ purpose }) => purpose)).not.toContain('replay');
});

test('the model is sent the conversation before the message, with personal data hidden', async () => {
  await endOf(await ask({ seq: 3, model: CHOSEN }));
  const [prompt = ''] = replayPrompts();
  expect(server.endpoint.requests.map(({ body }) => body.model)).toContain(CHOSEN);
  expect(prompt).toContain('"Hello"');
  expect(prompt).toContain('May I return it? Mail [email-1]');
  expect(prompt).not.toContain('noor@');
});

test('guidance that is not saved shapes the answer', async () => {
  await endOf(await ask({ seq: 3, model: CHOSEN, guidance: { tone: 'like a pirate' } }));
  await endOf(await ask({ seq: 3, model: CHOSEN }));
  const [changed, saved] = replayPrompts();
  expect(changed).toContain('Tone: like a pirate');
  expect(saved).not.toContain('pirate');
});

test('the answer cache keeps what the visitor got', async () => {
  const question = 'Within how many days may I return an item?';
  server.endpoint.script({ answer: 'You may return an item within 30 days [1].' });
  const other = await connectWidget(server.port);
  const first = await other.send(question);
  await other.received(({ type }) => type === 'turn-end');
  const original = other.text(first.ok ? (first.turnId ?? '') : '');
  other.close();
  id = other.start.conversationId;
  await expect.poll(async () => (await callsOf()).calls?.length ?? 0).toBe(2);
  server.endpoint.script({ answer: 'Ask our team.' });
  const replayed = await endOf(await ask({ seq: 1, model: CHOSEN }));
  id = visitor.start.conversationId;
  expect(replayed.answer.text).toBe('Ask our team.');
  const next = await connectWidget(server.port);
  const again = await next.send(question);
  await next.received(({ type }) => type === 'turn-end');
  expect(next.text(again.ok ? (again.turnId ?? '') : '')).toBe(original);
  next.close();
});

test('leaving ends the call, and cost reports have replays under purposes of their own', async () => {
  const release = server.endpoint.holdAfter(7);
  const leaving = new AbortController();
  const response = await ask({ seq: 3, model: CHOSEN }, leaving.signal);
  await response.body?.getReader().read();
  leaving.abort();
  await expect.poll(() => server.endpoint.abandoned()).toBeGreaterThan(0);
  release();
  await expect.poll(purposes).toEqual(expect.arrayContaining(['answer', 'replay', 'replay-triage', 'triage']));
});

test('what is no message of the visitor or no model is refused', async () => {
  const refusal = async (body: object) => (await ask(body)).status;
  expect(await refusal({ seq: 4, model: CHOSEN })).toBe(404); // an answer
  expect(await refusal({ seq: 99, model: CHOSEN })).toBe(404);
  expect(await refusal({ seq: 3, model: 'no-such-model' })).toBe(404);
  expect(await refusal({ seq: 3 })).toBe(400);
  expect(server.endpoint.requests).toEqual([]);
});
