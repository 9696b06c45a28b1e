/** Two requests for one answer: which one wins, how the other ends, and that every request is recorded. */
import { DONE, finishes, role, says, uses } from '@firstword/testing/completion-events';
import { createLatch } from '@firstword/testing/latch';
import {
  answers,
  type ResponseScript,
  type ScriptedEndpoint,
  startScriptedEndpoint,
} from '@firstword/testing/scripted-endpoint';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { speculate } from '../src/conversation/speculation.ts';
import type { CallRow, ChatRequest, Gateway } from '../src/gateway/chat-call.ts';
import { createGateway, type GatewayParts } from '../src/gateway/gateway.ts';
import type { Breaker } from '../src/routing/breaker.ts';
import type { RoutedModel } from '../src/routing/route.ts';

const POLL = { timeout: 10_000, interval: 2 };

const NEVER_OPEN: Breaker = { allows: () => true, succeeded() {}, failed() {}, opensInMs: () => 0 };

let first: ScriptedEndpoint;
let second: ScriptedEndpoint;
let gateway: Gateway;
let rows: CallRow[];

beforeEach(async () => {
  [first, second] = [await startScriptedEndpoint(), await startScriptedEndpoint()];
  second.play(answers('From the second.'));
  rows = [];
  gateway = newGateway();
});

afterEach(async () => {
  await gateway.close();
  await first.stop();
  await second.stop();
});

function newGateway(parts: Partial<GatewayParts> = {}): Gateway {
  return createGateway({ onCall: (row) => rows.push(row), limits: { retryMs: 10 }, ...parts });
}

function modelAt(upstream: ScriptedEndpoint, id: string): RoutedModel {
  return { id, upstreamName: id, endpoint: upstream.endpoint(id), price: { outputUsdPerMillion: 0.25 }, profile: {} };
}

function ask(afterMs: number): ChatRequest {
  const models = [modelAt(first, 'first'), modelAt(second, 'second')] as const;
  const hedge = { model: models[1], afterMs };
  return {
    route: { tier: 'fast', region: 'us-east', models, maxTokens: 200, why: 'test', hedge },
    purpose: 'answer',
    owner: { siteId: 'demo' },
    messages: [{ role: 'user', content: 'Where is my order?' }],
  };
}

async function textOf(request: ChatRequest, signal = new AbortController().signal): Promise<string> {
  let text = '';
  for await (const event of gateway.stream(request, signal)) if (event.type === 'text') text += event.text;
  return text;
}

const brief = () =>
  rows.map(({ role: part, modelId, outcome, code, reason }) =>
    [part, modelId, outcome, code ?? reason].join(' ').trim(),
  );

const named = (call: number) => ({ role: 'user', content: `Call ${call}` }) as const;

const late = (ms: number, text: string): ResponseScript => ({
  steps: [role, { waitMs: ms }, says(text), finishes(), uses(7, 1), DONE],
});
const silent: ResponseScript = { steps: [role, 'hang'] };
/** Streams without end, a word every few milliseconds. */
const talkative: ResponseScript = {
  steps: Array.from({ length: 400 }, () => [says('on and '), { waitMs: 5 }] as const).flat(),
};

test('a first model in time is the only request', async () => {
  first.play(answers('From the first.'));
  expect(await textOf(ask(500))).toBe('From the first.');
  expect(second.requests).toHaveLength(0);
  expect(brief()).toEqual(['first first done']);
});

test('a late first model loses to the second, is closed upstream while the second still answers, and is recorded', async () => {
  first.play(silent);
  const loserClosed = createLatch();
  second.play({ steps: [role, says('From '), { until: loserClosed.opened }, says('the second.'), finishes(), DONE] });
  const answer = textOf(ask(40));
  await expect.poll(() => first.requests.length, POLL).toBe(1);
  void first.requests[0]?.closed.then(loserClosed.open);
  expect(await answer).toBe('From the second.');
  expect(brief()).toEqual(['first first aborted hedge-lost', 'hedge second done']);
});

test('a hedge that is even later loses, and its text is never shown', async () => {
  first.play(late(80, 'From the first.'));
  second.play(silent);
  expect(await textOf(ask(20))).toBe('From the first.');
  await expect.poll(() => second.openResponses(), POLL).toBe(0);
  expect(brief()).toEqual(['hedge second aborted hedge-lost', 'first first done']);
});

test('the first text wins, not headers or the role', async () => {
  first.play({ headersFirst: true, steps: [role, { waitMs: 200 }, says('slow'), finishes(), DONE] });
  expect(await textOf(ask(20))).toBe('From the second.');
});

test('a race asks both before either has answered', async () => {
  const bothAsked = createLatch();
  first.play(silent);
  second.play({ steps: [{ until: bothAsked.opened }, role, says('From the second.'), finishes(), DONE] });
  const answer = textOf(ask(0));
  await expect.poll(() => [first.requests.length, second.requests.length], POLL).toEqual([1, 1]);
  bothAsked.open();
  expect(await answer).toBe('From the second.');
});

test.each<[string, ResponseScript]>([
  ['an error frame', { steps: ['data: {"error":{"code":"overloaded"}}\n\n'] }],
  ['an empty answer', { steps: [role, finishes(), DONE] }],
  ['a filtered answer', { steps: [role, finishes('content_filter'), DONE] }],
  ['a refusal by a prompt filter', { status: 400, steps: ['{"error":{"code":"content_filter"}}'] }],
])('%s never wins a race', async (_name, script) => {
  first.play(late(80, 'From the first.'));
  second.play(script);
  expect(await textOf(ask(0))).toBe('From the first.');
});

test("a failed hedge doesn't affect the first request", async () => {
  first.play(late(80, 'From the first.'));
  second.play({ status: 500, steps: [] });
  expect(await textOf(ask(10))).toBe('From the first.');
  expect(brief()).toEqual(['hedge second failed upstream-error', 'first first done']);
});

test('when the first request fails, a running hedge answers', async () => {
  first.play({ steps: [role, { waitMs: 40 }, 'reset'] });
  second.play(late(80, 'From the second.'));
  expect(await textOf(ask(10))).toBe('From the second.');
  expect(first.requests).toHaveLength(1);
  expect(second.requests).toHaveLength(1);
});

test("when both fail, the first request's failure decides on the retry", async () => {
  first.play({ steps: [role, { waitMs: 30 }, 'reset'] }, answers('From the first, again.'));
  second.play({ status: 500, steps: [] });
  expect(await textOf(ask(10))).toBe('From the first, again.');
  expect(brief()).toEqual(['hedge second failed upstream-error', 'first first failed cut-off', 'retry first done']);
});

test('a first request that fails early is followed by the usual fallback, not by a hedge', async () => {
  first.play({ status: 429, headers: { 'retry-after': '60' }, steps: [] });
  expect(await textOf(ask(500))).toBe('From the second.');
  expect(brief()).toEqual(['first first failed rate-limited', 'retry second done']);
});

test('only an answer is hedged', async () => {
  first.play(late(60, 'From the first.'));
  await textOf({ ...ask(10), purpose: 'triage' });
  expect(second.requests).toHaveLength(0);
});

test('the budget limits the number of hedges', async () => {
  await gateway.close();
  gateway = newGateway({ hedgeShare: 0.25 });
  first.play(late(30, 'From the first.'));
  second.play(silent);
  for (let batch = 0; batch < 8; batch++) await Promise.all(Array.from({ length: 15 }, () => textOf(ask(1))));
  const hedges = rows.filter(({ role: part }) => part === 'hedge').length;
  expect(hedges).toBeGreaterThan(20);
  expect(hedges).toBeLessThanOrEqual(20 + 120 * 0.25);
});

test('no hedges while most requests fail', async () => {
  await gateway.close();
  gateway = newGateway({ breaker: NEVER_OPEN });
  first.play({ status: 500, steps: [] });
  second.play({ status: 500, steps: [] });
  for (let call = 0; call < 6; call++) await expect(textOf({ ...ask(500), purpose: 'triage' })).rejects.toThrow();
  first.play(late(60, 'From the first.'));
  const asked = second.requests.length;
  expect(await textOf(ask(10))).toBe('From the first.');
  expect(second.requests).toHaveLength(asked);
});

test('the latency tracker records complete waits exactly and aborted ones as "at least"', async () => {
  const waits: string[] = [];
  await gateway.close();
  gateway = newGateway({
    latency: {
      tokenAfter: ({ modelId }) => waits.push(`${modelId} text`),
      noTokenFor: ({ modelId }, ms) => waits.push(`${modelId} no token for ${ms >= 30 ? 'its time' : ms}`),
    },
  });
  first.play(silent);
  await textOf(ask(40));
  expect(waits).toEqual(['second text', 'first no token for its time']);
});

test('stopping ends both requests upstream', async () => {
  first.play(silent);
  second.play(silent);
  const stopping = new AbortController();
  const answer = textOf(ask(10), stopping.signal);
  await expect.poll(() => first.openResponses() + second.openResponses(), POLL).toBe(2);
  stopping.abort('stopped');
  await expect(answer).rejects.toBe('stopped');
  await Promise.all([first, second].map(({ requests }) => requests[0]?.closed)); // otherwise both would stay open
  expect(brief().sort()).toEqual(['first first aborted stopped', 'hedge second aborted stopped']);
});

test('dropped speculation ends upstream, with or without a text', async () => {
  let firstTokens = 0;
  await gateway.close();
  gateway = newGateway({
    latency: {
      tokenAfter() {
        firstTokens += 1;
      },
      noTokenFor() {},
    },
  });
  for (const script of [silent, talkative]) {
    first.play(script);
    const streamed = firstTokens + (script === talkative ? 1 : 0);
    const speculation = speculate((signal) => gateway.stream(ask(5_000), signal), new AbortController().signal);
    const asked = first.requests.length;
    await expect.poll(() => first.requests.length, POLL).toBe(asked + 1);
    await expect.poll(() => firstTokens, POLL).toBe(streamed);
    speculation.drop();
    await first.requests.at(-1)?.closed;
  }
  expect(brief()).toEqual(Array(2).fill('first first aborted speculation-dropped'));
});

test('1,000 mixed calls write one row per request sent, and leave no request open', async () => {
  const scripts = [
    answers('Yes.'),
    answers('Yes, ', 'it is.'),
    late(15, 'Late.'),
    late(30, 'Later.'),
    talkative,
    late(20, 'Late, too.'),
    silent,
    talkative,
    { status: 500, steps: [] },
    { steps: [role, 'reset'] },
    { steps: [role, says('Half'), 'reset'] },
    { steps: [DONE] },
  ] satisfies ResponseScript[];
  // Assigned in order of arrival with different strides, so that all combinations occur.
  const hands = (stride: number) =>
    Array.from({ length: 5_000 }, (_, at) => scripts[(at * stride + Math.floor(at / 12)) % scripts.length] ?? silent);
  first.play(...hands(1));
  second.play(...hands(5));
  await gateway.close();
  gateway = newGateway({ breaker: NEVER_OPEN, hedgeShare: 1, limits: { retryMs: 1, firstTokenMs: 150 } });

  const one = async (call: number) => {
    const stopping = new AbortController();
    const asked = ask(call % 3 === 0 ? 0 : 8);
    const request = { ...asked, owner: { siteId: 'demo', conversationId: `${call}` }, messages: [named(call)] };
    if (call % 7 === 0) setTimeout(() => stopping.abort('stopped'), call % 40);
    let texts = 0;
    try {
      for await (const event of gateway.stream(request, stopping.signal))
        if (event.type === 'text' && ++texts === 3) break;
    } catch {
      // Failed or stopped; only its rows are checked.
    }
  };
  const calls = Array.from({ length: 1_000 }, (_, call) => call);
  await Promise.all(
    Array.from({ length: 25 }, async () => {
      for (let call = calls.pop(); call !== undefined; call = calls.pop()) await one(call);
    }),
  );
  await expect.poll(() => first.openResponses() + second.openResponses(), { timeout: 5_000 }).toBe(0);

  const counted = new Map<string, { requests: number; rows: number; unsent: number }>();
  const count = (name: string, what: 'requests' | 'rows' | 'unsent') => {
    const counts = counted.get(name) ?? { requests: 0, rows: 0, unsent: 0 };
    counts[what] += 1;
    counted.set(name, counts);
  };
  for (const [id, { requests }] of [
    ['first', first],
    ['second', second],
  ] as const)
    for (const { body } of requests) count(`${id} ${JSON.stringify(body['messages'])}`, 'requests');
  for (const { modelId, owner, outcome, ttftMs, code } of rows) {
    const name = `${modelId} ${JSON.stringify([named(Number(owner.conversationId))])}`;
    count(name, 'rows');
    // Aborted while its connection was opening: recorded, although the endpoint may not have received it.
    if ((outcome === 'aborted' && ttftMs === undefined) || code === 'headers-timeout') count(name, 'unsent');
  }
  for (const { requests, rows: recorded, unsent } of counted.values()) {
    expect(recorded).toBeGreaterThanOrEqual(requests);
    expect(recorded - requests).toBeLessThanOrEqual(unsent);
  }
  const hedged = rows.filter(({ role: part }) => part === 'hedge');
  expect(hedged.length).toBeGreaterThan(25); // the number of late requests depends on the machine's load
  expect(new Set(rows.map(({ outcome }) => outcome))).toEqual(new Set(['done', 'failed', 'aborted']));
}, 60_000);
