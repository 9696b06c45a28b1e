/** Deviations of vendors and servers from the OpenAI format, in responses and in accepted requests. The visitor must get the right answer. */
import { DONE, delta, event, finishes, says, thinks, uses } from '@firstword/testing/completion-events';
import {
  answers,
  type ResponseScript,
  type ScriptedEndpoint,
  startScriptedEndpoint,
} from '@firstword/testing/scripted-endpoint';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { CallRow, ChatRequest, Gateway, PromptMessage } from '../src/gateway/chat-call.ts';
import { createGateway, type GatewayAlarm } from '../src/gateway/gateway.ts';
import { createModelCorrections, type StoredCorrection } from '../src/gateway/model-corrections.ts';
import type { ModelProfile } from '../src/routing/model-profile.ts';
import type { RoutedModel } from '../src/routing/route.ts';

let upstream: ScriptedEndpoint;
let gateway: Gateway;
let rows: CallRow[];
let alarms: GatewayAlarm[];
let learned: StoredCorrection[];

beforeEach(async () => {
  upstream = await startScriptedEndpoint();
  rows = [];
  alarms = [];
  learned = [];
  gateway = gatewayKnowing([]);
});

afterEach(async () => {
  await gateway.close();
  await upstream.stop();
});

function gatewayKnowing(known: readonly StoredCorrection[]): Gateway {
  return createGateway({
    onCall: (row) => rows.push(row),
    onAlarm: (alarm) => alarms.push(alarm),
    corrections: createModelCorrections({ known, onLearned: (stored) => learned.push(stored) }),
    limits: { retryMs: 5 },
  });
}

function model(id = 'a', profile: ModelProfile = {}): RoutedModel {
  const price = { inputUsdPerMillion: 1, outputUsdPerMillion: 2 };
  return { id, upstreamName: id, endpoint: upstream.endpoint(), price, profile };
}

interface Asking {
  readonly models?: readonly [RoutedModel, ...RoutedModel[]];
  readonly messages?: readonly PromptMessage[];
  readonly purpose?: ChatRequest['purpose'];
}

async function ask({ models = [model()], messages, purpose = 'answer' }: Asking = {}) {
  const request: ChatRequest = {
    route: { tier: 'fast', region: 'us-east', models, maxTokens: 200, why: 'configured' },
    purpose,
    owner: { siteId: 'demo' },
    messages: messages ?? [
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'How long may I return it?' },
    ],
  };
  let text = '';
  for await (const event of gateway.stream(request, new AbortController().signal)) {
    if (event.type === 'retract') text = '';
    if (event.type === 'text') text += event.text;
    if (event.type === 'end') return { text, finish: event.finish, usage: event.usage };
  }
  throw new Error('a stream ended without an end');
}

const stream = (...steps: string[]): ResponseScript => ({ steps });
const typed = (type: string, script: ResponseScript): ResponseScript => ({
  ...script,
  headers: { 'content-type': type },
});
const refuses = (status: number, body: unknown): ResponseScript => ({
  status,
  headers: { 'content-type': 'application/json' },
  steps: [JSON.stringify(body)],
});
const bodies = () => upstream.requests.map(({ body }) => body);
const TEXT = 'You have 30 days.';
const WHOLE = {
  choices: [{ message: { content: TEXT }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 9, completion_tokens: 4 },
};

describe('an answer in another format', () => {
  test.each<[string, ResponseScript]>([
    ['as text/plain', typed('text/plain; charset=utf-8', answers(TEXT))],
    ['as application/json', typed('application/json', answers(TEXT))],
    ['as octet-stream', typed('application/octet-stream', answers(TEXT))],
    ['whole, as JSON', typed('application/json', stream(JSON.stringify(WHOLE)))],
    ['whole, as an event stream', stream(JSON.stringify(WHOLE, null, 1))],
    ['with status 201', { ...answers(TEXT), status: 201 }],
    ['with an empty content encoding', { ...answers(TEXT), headers: { 'content-encoding': '' } }],
    ['with the content encoding Identity', { ...answers(TEXT), headers: { 'content-encoding': 'Identity' } }],
    ['as parts', stream(delta({ content: [{ type: 'text', text: TEXT }] }), finishes(), DONE)],
    [
      'with "null" as the finish reason',
      stream(delta({ content: 'You have ' }, 'null'), delta({ content: '30 days.' }, 'null'), finishes(), DONE),
    ],
    ['that ends with [DONE] alone', stream(says(TEXT), DONE)],
    [
      'with a finish reason in each chunk',
      stream(delta({ content: 'You have ' }, 'stop'), delta({ content: '30 days.' }, 'stop'), DONE),
    ],
    [
      'with usage in each chunk',
      stream(
        event({
          choices: [{ delta: { content: 'You have ' }, finish_reason: 'stop' }],
          usage: { prompt_tokens: 9, completion_tokens: 2 },
        }),
        event({ choices: [{ delta: { content: '30 days.' } }], usage: { prompt_tokens: 9, completion_tokens: 4 } }),
        DONE,
      ),
    ],
    ['with an index as text', stream(event({ choices: [{ index: '0', delta: { content: TEXT } }] }), finishes(), DONE)],
    [
      'with inline thinking',
      stream(
        says('<think>The visitor '),
        says('asks.</thi'),
        says('nk>\n\nYou have '),
        says('30 days.'),
        finishes(),
        DONE,
      ),
    ],
    ['with thinking in its own field', stream(thinks('Hm.'), says(TEXT), finishes(), DONE)],
  ])('%s is read', async (_name, script) => {
    upstream.play(script);
    expect(await ask()).toMatchObject({ text: TEXT, finish: 'complete' });
    expect(rows).toMatchObject([{ outcome: 'done' }]);
  });

  test('cached prompt tokens are cheaper where their price is known', async () => {
    const usage = { prompt_tokens: 1000, completion_tokens: 10, prompt_tokens_details: { cached_tokens: 800 } };
    upstream.play(stream(says(TEXT), finishes(), event({ choices: [], usage }), DONE));
    const cheap = {
      ...model(),
      price: { inputUsdPerMillion: 1, cachedInputUsdPerMillion: 0.1, outputUsdPerMillion: 2 },
    };
    await ask({ models: [cheap] });
    await ask();
    expect(rows.map(({ costUsd = 0 }) => Math.round(costUsd * 1e6))).toEqual([300, 1020]);
  });

  test('the time to first token counts the first visible character', async () => {
    const script = {
      steps: [says('<think>hm'), { waitMs: 60 }, says('</think>\n'), { waitMs: 60 }, says(TEXT), finishes(), DONE],
    };
    upstream.play(script);
    await ask();
    expect(rows[0]?.ttftMs).toBeGreaterThan(110);
  });
});

describe('an answer without text', () => {
  const eaten = (field: 'reasoning_content' | 'none', limit: number) =>
    stream(...(field === 'none' ? [] : [thinks('Hmm. ')]), finishes('length'), uses(900, limit), DONE);

  test.each(['reasoning_content', 'none'] as const)(
    'the token limit is raised once for a thinking model (%s)',
    async (field) => {
      upstream.play(eaten(field, 200), answers(TEXT));
      expect(await ask()).toMatchObject({ text: TEXT });
      expect(bodies().map(({ max_tokens }) => max_tokens)).toEqual([200, 1224]);
      expect(rows[0]).toMatchObject({
        outcome: 'failed',
        code: 'only-thinking',
        usage: { promptTokens: 900, completionTokens: 200, estimated: false },
      });
      expect(alarms).toMatchObject([{ code: 'only-thinking' }]);
    },
  );

  test('the next call starts with the raised limit', async () => {
    upstream.play(eaten('none', 200), answers(TEXT));
    await ask();
    upstream.play(answers(TEXT));
    await ask();
    expect(bodies().at(-1)).toMatchObject({ max_tokens: 1224 });
  });

  test('after at most three requests the turn fails, and every token is recorded', async () => {
    upstream.play(eaten('none', 1000));
    await expect(ask({ models: [model('a'), model('b'), model('c')] })).rejects.toMatchObject({
      code: 'only-thinking',
    });
    expect(bodies().map((body) => body.model)).toEqual(['a', 'a', 'b']);
    expect(rows.map(({ usage }) => usage.completionTokens)).toEqual([1000, 1000, 1000]);
  });

  test('an empty label is not requested again', async () => {
    upstream.play(eaten('none', 50));
    await expect(ask({ purpose: 'triage' })).rejects.toMatchObject({ code: 'only-thinking' });
    expect(upstream.requests).toHaveLength(1);
  });

  test('an answer of whitespace counts as empty', async () => {
    upstream.play(stream(says(' \n'), finishes(), DONE), answers(TEXT));
    expect(await ask()).toMatchObject({ text: TEXT });
  });

  test('thinking far beyond the limit goes to the next model', async () => {
    upstream.playTo((body) => body.model === 'a', {
      steps: [...Array.from({ length: 40 }, () => thinks('very long thought '.repeat(10))), 'hang'],
    });
    upstream.play(answers(TEXT));
    expect(await ask({ models: [model('a'), model('b')] })).toMatchObject({ text: TEXT });
    expect(rows.map(({ code }) => code)).toEqual(['thinking-too-long', undefined]);
  });
});

describe('thinking without an opening tag', () => {
  const script = stream(says('The visitor asks.'), says('</think>'), says(`\n\n${TEXT}`), finishes(), DONE);

  test('is retracted, and hidden from the next answer on', async () => {
    upstream.play(script);
    expect(await ask()).toMatchObject({ text: TEXT });
    expect(learned).toMatchObject([{ modelId: 'a', correction: { opensInThinking: true } }]);
    const seen: string[] = [];
    const request = {
      route: { tier: 'fast', region: 'us-east', models: [model()], maxTokens: 200, why: '' },
      purpose: 'answer',
      owner: { siteId: 'demo' },
      messages: [],
    } as const;
    for await (const event of gateway.stream(request, new AbortController().signal))
      if (event.type === 'text') seen.push(event.text);
    expect(seen.join('')).toBe(TEXT);
  });
});

describe('a request field that a model refuses', () => {
  const old = {
    error: {
      message: "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead.",
      param: 'max_tokens',
    },
  };

  test('is left out only for that model, also after a restart', async () => {
    upstream.playTo(({ model: name, ...body }) => name === 'a' && 'max_tokens' in body, refuses(400, old));
    upstream.play(answers(TEXT));
    await ask({ models: [model('a')] });
    await ask({ models: [model('b')] });
    gateway = gatewayKnowing(learned);
    await ask({ models: [model('a')] });
    const limits = bodies().map((body) => [body.model, body.max_tokens, body['max_completion_tokens']]);
    expect(limits).toEqual([
      ['a', 200, undefined],
      ['a', undefined, 200],
      ['b', 200, undefined],
      ['a', undefined, 200],
    ]);
  });

  test('is forgotten when the settings of the model change', async () => {
    upstream.playTo((body) => 'max_tokens' in body, refuses(422, old));
    upstream.play(answers(TEXT));
    await ask();
    gateway = gatewayKnowing(learned);
    await ask({ models: [model('a', { thinks: 'never' })] });
    expect(bodies().map((body) => 'max_tokens' in body)).toEqual([true, false, true, false]);
  });

  test('a field of the profile can be refused, too', async () => {
    const profile = { request: { enable_thinking: false, seed: 7 } };
    upstream.playTo(
      (body) => 'enable_thinking' in body,
      refuses(400, { error: { message: 'Unrecognized request argument supplied: enable_thinking' } }),
    );
    upstream.play(answers(TEXT));
    expect(await ask({ models: [model('a', profile)] })).toMatchObject({ text: TEXT });
    expect(bodies().at(-1)).toMatchObject({ seed: 7 });
  });

  test('the system role moves into the first user message', async () => {
    upstream.playTo(
      (body) => body.messages[0]?.role === 'system',
      refuses(400, { object: 'error', message: 'System role not supported' }),
    );
    upstream.play(answers(TEXT));
    expect(await ask()).toMatchObject({ text: TEXT });
    expect(bodies().at(-1)?.messages).toEqual([{ role: 'user', content: 'Be brief.\n\nHow long may I return it?' }]);
  });

  test('a conversation too long for the context is shortened and asked again', async () => {
    const talk: PromptMessage[] = [
      { role: 'system', content: 'Be brief.' },
      ...Array.from({ length: 6 }, (_, index) => ({
        role: index % 2 === 0 ? ('user' as const) : ('assistant' as const),
        content: `m${index}`,
      })),
      { role: 'user', content: 'And now?' },
    ];
    const full = refuses(400, {
      error: {
        message:
          "'max_tokens' or 'max_completion_tokens' is too large: 200. The context holds 2048 tokens and the request has 1990.",
      },
    });
    upstream.playTo((body) => body.messages.length > 2, full);
    upstream.play(answers(TEXT));
    expect(await ask({ messages: talk })).toMatchObject({ text: TEXT });
    expect(bodies().map(({ messages }) => messages.length)).toEqual([8, 4, 2]);
    expect(bodies().every((body) => body.max_tokens === 200)).toBe(true);
  });

  test.each([
    [400, { error: { message: 'The prompt was filtered.', code: 'content_filter' } }],
    [400, { error: { code: 'data_inspection_failed', message: 'Input may contain inappropriate content.' } }],
    [500, { error: { message: 'ContentPolicyViolationError: content_filter', code: '500' } }],
  ])('a prompt filter (%i) is a refusal of this prompt, not an outage', async (status, body) => {
    upstream.play(refuses(status, body));
    expect(await ask({ models: [model('a'), model('b')] })).toMatchObject({ text: '', finish: 'filtered' });
    expect(rows).toMatchObject([{ outcome: 'done', usage: { completionTokens: 0 } }]);
  });
});

test('a profile decides the body and the headers', async () => {
  upstream.play(answers(TEXT));
  const profile: ModelProfile = {
    request: { thinking: { type: 'disabled' }, top_p: null },
    headers: { 'x-tenant': 'shop' },
    maxTokensField: 'max_completion_tokens',
    temperature: false,
    usage: false,
    system: 'user',
    thinkingTokens: 300,
  };
  await ask({ models: [model('a', profile)] });
  expect(bodies()[0]).toEqual({
    model: 'a',
    messages: [{ role: 'user', content: 'Be brief.\n\nHow long may I return it?' }],
    stream: true,
    max_completion_tokens: 500,
    thinking: { type: 'disabled' },
  });
  expect(upstream.requests[0]?.headers['x-tenant']).toBe('shop');
});

test('messages alternate between the roles for any conversation', async () => {
  upstream.play(answers(TEXT));
  const messages: PromptMessage[] = [
    { role: 'system', content: 's' },
    { role: 'user', content: 'Hello' },
    { role: 'user', content: 'How long?' },
    { role: 'assistant', content: '30 days' },
    { role: 'user', content: 'Really?' },
  ];
  await ask({ messages });
  expect(bodies()[0]?.messages.map(({ role }) => role)).toEqual(['system', 'user', 'assistant', 'user']);
});
