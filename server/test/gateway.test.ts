import { setTimeout as sleep } from 'node:timers/promises';
import { DONE, finishes, role, says, uses } from '@firstword/testing/completion-events';
import {
  answers,
  ENDPOINT_KEY,
  type ScriptedEndpoint,
  startScriptedEndpoint,
} from '@firstword/testing/scripted-endpoint';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { CallRow, ChatEvent, ChatRequest, Gateway } from '../src/gateway/chat-call.ts';
import { createGateway } from '../src/gateway/gateway.ts';
import type { RoutedModel } from '../src/routing/route.ts';

let upstream: ScriptedEndpoint;
let gateway: Gateway;
let rows: CallRow[];

beforeEach(async () => {
  upstream = await startScriptedEndpoint();
  rows = [];
  gateway = createGateway({ onCall: (row) => rows.push(row) });
});

afterEach(async () => {
  await gateway.close();
  await upstream.stop();
});

function ask(models?: readonly [RoutedModel, ...RoutedModel[]], more: Partial<ChatRequest> = {}): ChatRequest {
  const price = { inputUsdPerMillion: 1, outputUsdPerMillion: 2 };
  const only = {
    id: 'deepseek-v4-flash',
    upstreamName: 'deepseek/v4',
    endpoint: upstream.endpoint(),
    price,
    profile: {},
  };
  return {
    route: { tier: 'fast', region: 'us-east', models: models ?? [only], maxTokens: 200, why: 'only one' },
    purpose: 'answer',
    owner: { siteId: 'demo', conversationId: 'c1', turnId: 't1' },
    messages: [{ role: 'user', content: 'Where is my order?' }],
    ...more,
  };
}

async function collect(request: ChatRequest, signal = new AbortController().signal): Promise<ChatEvent[]> {
  const events: ChatEvent[] = [];
  for await (const event of gateway.stream(request, signal)) events.push(event);
  return events;
}

test('an answer is streamed as the model, its texts and one end', async () => {
  upstream.play(answers('Your order ', 'is on its way.'));
  const events = await collect(ask());
  expect(events).toEqual([
    { type: 'model', modelId: 'deepseek-v4-flash', ttftMs: expect.any(Number) },
    { type: 'text', text: 'Your order ' },
    { type: 'text', text: 'is on its way.' },
    { type: 'end', finish: 'complete', usage: { promptTokens: 7, completionTokens: 2, estimated: false } },
  ]);
});

test('the request uses the format that every OpenAI-compatible endpoint accepts', async () => {
  upstream.play(answers('{}'));
  await collect(ask(undefined, { json: true }));
  const [seen] = upstream.requests;
  expect(seen?.path).toBe('/v1/chat/completions');
  expect(seen?.headers).toMatchObject({ authorization: `Bearer ${ENDPOINT_KEY}`, 'accept-encoding': 'identity' });
  expect(seen?.body).toEqual({
    model: 'deepseek/v4',
    messages: [{ role: 'user', content: 'Where is my order?' }],
    max_tokens: 200,
    temperature: 0.2,
    stream: true,
    stream_options: { include_usage: true },
    response_format: { type: 'json_object' },
  });
});

test('every call writes one row with its owner, TTFT, tokens and cost', async () => {
  upstream.play(answers('Yes.'));
  await collect(ask());
  expect(rows).toEqual([
    {
      callId: expect.any(String),
      purpose: 'answer',
      role: 'first',
      owner: { siteId: 'demo', conversationId: 'c1', turnId: 't1' },
      tier: 'fast',
      region: 'us-east',
      modelId: 'deepseek-v4-flash',
      endpointId: 'scripted',
      startedAt: expect.any(Number),
      ttftMs: expect.any(Number),
      totalMs: expect.any(Number),
      usage: { promptTokens: 7, completionTokens: 1, estimated: false },
      outcome: 'done',
      why: 'only one',
      costUsd: 9e-6,
    },
  ]);
});

test('a row has no cost if a price it needs is unknown', async () => {
  upstream.play(answers('Yes.'));
  const price = { outputUsdPerMillion: 0.25 };
  await collect(ask([{ id: 'm', upstreamName: 'm', endpoint: upstream.endpoint(), price, profile: {} }]));
  expect(rows[0]).not.toHaveProperty('costUsd');
});

test('consecutive calls share connections', async () => {
  upstream.play({ steps: [says('Yes.'), finishes(), DONE, { waitMs: 5 }] });
  for (let call = 0; call < 6; call++) {
    await collect(ask());
    await expect.poll(() => upstream.openResponses(), { interval: 2 }).toBe(0);
  }
  // Two, because the next call may start before the last bytes of the response are read.
  expect(upstream.connections()).toBeLessThanOrEqual(2);
});

test('a text is forwarded before the next one arrives', async () => {
  upstream.play({ steps: [says('First'), 'hang'] });
  const stopping = new AbortController();
  const stream = gateway.stream(ask(), stopping.signal)[Symbol.asyncIterator]();
  await stream.next();
  expect(await stream.next()).toMatchObject({ value: { text: 'First' } });
  stopping.abort(new Error('stopped'));
  await expect(stream.next()).rejects.toThrow('stopped');
});

test('a slow consumer does not count as a stalled endpoint', async () => {
  await gateway.close();
  gateway = createGateway({ onCall: (row) => rows.push(row), limits: { idleMs: 40 } });
  upstream.play({ steps: [says('Yes, '), { waitMs: 20 }, says('it is.'), finishes(), DONE] });
  const events: ChatEvent[] = [];
  for await (const event of gateway.stream(ask(), new AbortController().signal)) {
    events.push(event);
    if (event.type === 'text') await sleep(120);
  }
  expect(events.at(-1)).toMatchObject({ type: 'end', finish: 'complete' });
});

test('leaving the stream early closes the request upstream and records the call as aborted', async () => {
  upstream.play({ steps: [says('First'), 'hang'] });
  for await (const event of gateway.stream(ask(), new AbortController().signal)) if (event.type === 'text') break;
  await upstream.requests[0]?.closed;
  expect(rows).toMatchObject([{ outcome: 'aborted', usage: { estimated: true } }]);
});

test('an endpoint that rejects stream_options is asked without it from then on', async () => {
  const error = { message: 'Unrecognized request argument supplied: stream_options', type: 'invalid_request_error' };
  const refusal = { status: 400, headers: { 'content-type': 'application/json' }, steps: [JSON.stringify({ error })] };
  upstream.play(refusal, { steps: [role, says('Yes.'), finishes(), DONE] });
  expect(await collect(ask())).toMatchObject([
    {},
    { text: 'Yes.' },
    { finish: 'complete', usage: { estimated: true } },
  ]);
  await collect(ask());
  expect(upstream.requests.map(({ body }) => 'stream_options' in body)).toEqual([true, false, false]);
  expect(rows.map(({ outcome, code }) => code ?? outcome)).toEqual(['field-refused', 'done', 'done']);
});

test('an endpoint that requires max_completion_tokens gets it', async () => {
  const message = "'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.";
  upstream.play({ status: 400, steps: [JSON.stringify({ error: { message } })] }, answers('Yes.'));
  await collect(ask());
  expect(upstream.requests[1]?.body).toMatchObject({ max_completion_tokens: 200 });
  expect(upstream.requests[1]?.body).not.toHaveProperty('max_tokens');
});

test('a gateway warms its endpoints: the first call finds a connection', async () => {
  await gateway.close();
  gateway = createGateway({ onCall: (row) => rows.push(row), warm: () => [upstream.endpoint()] });
  await expect.poll(() => upstream.connections()).toBe(1);
  upstream.play({ steps: [says('Yes.'), finishes(), uses(1, 1)] });
  await collect(ask());
  expect(upstream.connections()).toBe(1);
});

test('closing the gateway ends running calls', async () => {
  upstream.play({ steps: [says('First'), 'hang'] });
  const stream = gateway.stream(ask(), new AbortController().signal)[Symbol.asyncIterator]();
  await stream.next();
  await stream.next();
  const next = expect(stream.next()).rejects.toMatchObject({ code: 'closing', visible: true });
  await gateway.close();
  await next;
});
