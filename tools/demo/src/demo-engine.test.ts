import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { REFERENCE_MODELS } from '@firstword/shared/catalog';
import { afterEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createDemoEngine, type DemoEngineOptions } from './demo-engine.ts';
import { createPaceClock, type PaceClock } from './token-pace.ts';

const open: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

async function startEngine(options: Partial<DemoEngineOptions> = {}) {
  const engine = createDemoEngine({ pace: 'instant', region: 'us-east', ...options });
  const { port } = await engine.listen(0, '127.0.0.1');
  open.push(() => engine.close());
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    ask: (body: unknown) =>
      fetch(`http://127.0.0.1:${port}/v1/chat/completions`, { method: 'POST', body: JSON.stringify(body) }),
    stats: async () => (await fetch(`http://127.0.0.1:${port}/stats`)).json(),
  };
}

const completion = z.object({
  object: z.literal('chat.completion'),
  choices: z.array(z.object({ message: z.object({ content: z.string() }), finish_reason: z.string() })),
  usage: z.object({ completion_tokens: z.number() }),
});
const refusal = z.object({ error: z.object({ type: z.string(), code: z.string() }) });

async function readAnswer(response: Response) {
  const { choices, usage } = completion.parse(await response.json());
  return { content: choices[0]?.message.content ?? '', finish: choices[0]?.finish_reason, usage };
}

async function readRefusal(response: Response) {
  return refusal.parse(await response.json()).error;
}

const question = { model: 'deepseek-v4-flash', messages: [{ role: 'user', content: 'Hello' }] };

function rawRequest(port: number, body: string): Socket {
  const socket = connect(port, '127.0.0.1');
  socket.write(
    `POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
  return socket;
}

async function readUntil(socket: Socket, end: string): Promise<string> {
  let text = '';
  while (!text.includes(end)) {
    const [part] = await once(socket, 'data');
    text += String(part);
  }
  return text;
}

interface WireChunk {
  object: string;
  choices: { delta: { role?: string; content?: string }; finish_reason: string | null }[];
  usage?: { prompt_tokens: number; completion_tokens: number; total_tokens: number } | null;
}

function readChunks(text: string): WireChunk[] {
  return [...text.matchAll(/^data: (\{.*\})$/gm)].map(([, json]) => JSON.parse(json ?? ''));
}

describe('a streamed completion', () => {
  test('sends a role, content, a finish reason, the usage and [DONE], in this order', async () => {
    const { port } = await startEngine();
    const body = JSON.stringify({ ...question, stream: true, stream_options: { include_usage: true } });
    const socket = rawRequest(port, body);
    const text = await readUntil(socket, 'data: [DONE]\n\n');
    socket.destroy();

    expect(text).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
    expect(text).toMatch(/content-type: text\/event-stream/i);
    const chunks = readChunks(text);
    expect(new Set(chunks.map(({ object }) => object))).toEqual(new Set(['chat.completion.chunk']));
    expect(chunks[0]?.choices[0]?.delta).toEqual({ role: 'assistant', content: '' });
    const content = chunks.flatMap(({ choices }) => choices.map(({ delta }) => delta.content ?? ''));
    expect(content.join('')).toMatch(/^Hello!/);
    expect(chunks.at(-2)?.choices[0]?.finish_reason).toBe('stop');
    const usage = chunks.at(-1)?.usage;
    expect(chunks.at(-1)?.choices).toEqual([]);
    expect(usage?.completion_tokens).toBe(content.filter((piece) => piece !== '').length);
    expect(usage?.total_tokens).toBe((usage?.prompt_tokens ?? 0) + (usage?.completion_tokens ?? 0));
  });

  test('sends usage only on request', async () => {
    const { ask } = await startEngine();
    const text = await (await ask({ ...question, stream: true })).text();
    expect(text).not.toContain('usage');
    expect(text.endsWith('data: [DONE]\n\n')).toBe(true);
  });

  test('finishes with "length" at max_tokens', async () => {
    const { ask } = await startEngine();
    const text = await (await ask({ ...question, stream: true, max_tokens: 3 })).text();
    const chunks = readChunks(text);
    expect(chunks.filter(({ choices }) => choices[0]?.delta.content).length).toBe(3);
    expect(chunks.at(-1)?.choices[0]?.finish_reason).toBe('length');
  });
});

test('without `stream`, the whole answer is one JSON object', async () => {
  const { ask } = await startEngine();
  const answer = await readAnswer(await ask(question));
  expect(answer.content).toMatch(/^Hello!/);
  expect(answer.finish).toBe('stop');
  expect(answer.usage.completion_tokens).toBeGreaterThan(5);
});

test('the answer to a triage prompt is one line that begins with the label', async () => {
  const { ask } = await startEngine();
  const system = 'Sort the message.\nLabels: answer, complex, person, smalltalk, off-topic\nOne line.';
  const messages = [
    { role: 'system', content: system },
    { role: 'user', content: 'How long does shipping take?' },
  ];
  const answer = await readAnswer(await ask({ model: 'qwen3-8b', messages, max_tokens: 50 }));
  expect(answer.content).toMatch(/^answer neutral en shipping 0\.\d\d$/);
});

test('a message is sorted by itself, not by the answer before it', async () => {
  const { ask } = await startEngine();
  const before = 'A damaged or broken item: take photos, send the order number, and we repair, replace or refund it.';
  const messages = [
    { role: 'system', content: 'Labels: answer, complex, person, smalltalk, off-topic' },
    {
      role: 'user',
      content: `The assistant's last message:\n${before}\n\nMessage to sort:\nDo you have gift cards?`,
    },
  ];
  const answer = await readAnswer(await ask({ model: 'qwen3-8b', messages, max_tokens: 50 }));
  expect(answer.content).toMatch(/^answer neutral en vouchers /);
});

test('an analysis quotes the visitor and the articles exactly, and names the demo engine', async () => {
  const { ask } = await startEngine();
  const question = 'My desk top is cracked. I want a new top under warranty.';
  const article = 'A cracked desk top is replaced under warranty within five years.';
  const content = [
    `Help articles found:\n<article id="warranty" title="Warranty">\n## What the warranty covers\n\n${article}\n</article>`,
    `Conversation:\n<message seq="1" from="visitor">${question}</message>`,
  ].join('\n\n');
  const messages = [{ role: 'user', content }];
  const answer = await readAnswer(await ask({ model: 'glm-5', messages, response_format: { type: 'json_object' } }));
  expect(JSON.parse(answer.content)).toMatchObject({
    reading: { visitorGoal: 'I want a new top under warranty.', language: 'en' },
    evidence: [
      { id: 'E1', kind: 'message', sourceId: '1', quote: question },
      { id: 'E2', kind: 'article', sourceId: 'warranty', quote: article },
    ],
    reply: { sentences: [{ text: article, citations: ['E2'] }] },
    hypotheses: [{ evidence: ['E1', 'E2'] }],
    confidence: { reasons: ['The demo engine only quotes: there is no model behind this analysis.'] },
  });
});

describe('invalid requests are refused with an OpenAI error body', () => {
  test.each([
    ['an unknown model', { ...question, model: 'unknown' }, 404, 'model_not_found'],
    ['no messages', { ...question, messages: [] }, 400, 'invalid_request'],
    ['a limit below one', { ...question, max_tokens: 0 }, 400, 'invalid_request'],
    ['a body that is no object', 'text', 400, 'invalid_request'],
  ])('%s', async (_what, body, status, code) => {
    const { ask } = await startEngine();
    const response = await ask(body);
    expect(response.status).toBe(status);
    expect(await readRefusal(response)).toMatchObject({ type: 'invalid_request_error', code });
  });

  test('broken JSON', async () => {
    const { url } = await startEngine();
    const response = await fetch(`${url}/v1/chat/completions`, { method: 'POST', body: '{' });
    expect(response.status).toBe(400);
    expect((await readRefusal(response)).code).toBe('invalid_json');
  });

  test('a body above one megabyte', async () => {
    const { port } = await startEngine();
    const socket = rawRequest(port, 'x'.repeat(1024 * 1024 + 1));
    const text = await readUntil(socket, 'request_too_large');
    socket.destroy();
    expect(text).toMatch(/^HTTP\/1\.1 413 /);
  });

  test('an unknown path', async () => {
    const { url } = await startEngine();
    const response = await fetch(`${url}/v2/nothing`);
    expect(response.status).toBe(404);
    expect((await readRefusal(response)).code).toBe('not_found');
  });
});

test('lists the models of the catalog', async () => {
  const { url } = await startEngine();
  const list = z.object({ data: z.array(z.object({ id: z.string() })) });
  const { data } = list.parse(await (await fetch(`${url}/v1/models`)).json());
  expect(data.map(({ id }) => id)).toEqual(REFERENCE_MODELS.map(({ id }) => id));
});

/** A clock whose waits resolve at once and advance it by exactly the requested time. */
function steppedClock() {
  let now = 0;
  const waits: number[] = [];
  const clock: PaceClock = {
    now: () => now,
    async wait(ms) {
      waits.push(ms);
      now += ms;
    },
  };
  return { clock, waits };
}

test.each([
  ['us-east', 180],
  ['asia', 150],
] as const)('from %s the first content is due after the reference TTFT', async (region, ttft) => {
  const { clock, waits } = steppedClock();
  const { ask } = await startEngine({ pace: 'real', region, clock });
  await (await ask({ ...question, stream: true })).text();
  expect(waits[0]).toBe(ttft);
  expect(Math.round(waits[1] ?? 0)).toBe(Math.round(1000 / 60));
});

test('a given `ttftMs` replaces the reference TTFT', async () => {
  const { clock, waits } = steppedClock();
  const { ask } = await startEngine({ clock, ttftMs: (model) => model.tokensPerSecond * 10 });
  await (await ask(question)).json();
  expect(waits).toEqual([600]);
});

test('when the client disconnects, the answer stops and counts as aborted', async () => {
  const real = createPaceClock();
  let aborted = (_: unknown) => {};
  const sawAbort = new Promise((resolve) => {
    aborted = resolve;
  });
  const clock = {
    now: real.now,
    wait: (ms: number, signal: AbortSignal) => {
      signal.addEventListener('abort', () => aborted(true), { once: true });
      return real.wait(ms, signal);
    },
  };
  const { port, stats } = await startEngine({ clock, ttftMs: () => 60_000 });
  const socket = rawRequest(port, JSON.stringify({ ...question, stream: true }));
  await readUntil(socket, '"role"');
  expect(await stats()).toEqual({ requests: 1, aborted: 0, running: 1 });
  socket.destroy();
  await sawAbort;
  expect(await stats()).toEqual({ requests: 1, aborted: 1, running: 0 });
});

test('closing aborts running answers', async () => {
  const engine = createDemoEngine({ pace: 'instant', region: 'us-east', ttftMs: () => 60_000 });
  const { port } = await engine.listen(0, '127.0.0.1');
  const socket = rawRequest(port, JSON.stringify({ ...question, stream: true }));
  await readUntil(socket, '"role"');
  const closed = once(socket, 'close');
  await engine.close();
  await closed;
});
