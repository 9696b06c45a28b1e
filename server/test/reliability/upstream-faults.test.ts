/** What a visitor sees when the model endpoint fails: the turn's state and the stored messages (P12). */
import type { Message } from '@firstword/shared/wire';
import { DONE, delta, event, finishes, role, says } from '@firstword/testing/completion-events';
import { type RedisServer, startRedisServer } from '@firstword/testing/redis-server';
import {
  answers,
  type ResponseScript,
  type ResponseStep,
  type ScriptedEndpoint,
  startScriptedEndpoint,
} from '@firstword/testing/scripted-endpoint';
import { startInstance, type WebInstance } from '@firstword/testing/test-server';
import { connectWidget, type WidgetClient } from '@firstword/testing/widget-client';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { conversationTexts } from '../../src/conversation/conversation-texts.ts';

const texts = conversationTexts('en');
let redis: RedisServer;
let upstream: ScriptedEndpoint;
let server: WebInstance;
let client: WidgetClient;

beforeAll(async () => {
  redis = await startRedisServer();
  upstream = await startScriptedEndpoint();
  upstream.playTo(
    ({ messages }) => JSON.stringify(messages).includes('Labels:'),
    answers('answer neutral en returns 0.90'),
  );
});
beforeEach(async () => {
  server = await startInstance(redis.url, upstream); // a new one for each row, because the breaker keeps state
  client = await connectWidget(server.port, { site: 'acme' });
});
afterEach(async () => {
  client.close();
  await server.stop();
});
afterAll(() => Promise.all([redis.stop(), upstream.stop()]));

/** Asks once; returns the turn's end and every message stored after the question. */
async function ask(script: ResponseScript) {
  upstream.play(script);
  const ack = await client.send('How long may I return it?');
  if (!ack.ok) throw new Error('not accepted');
  const end = await client.received((event) => event.type === 'turn-end' && event.turnId === ack.turnId);
  const replay = await client.ask<{ messages: Message[] }>('replay', { afterSeq: 1 });
  return { end, stored: replay.ok ? replay.messages : [], shown: client.text(ack.turnId ?? '') };
}

const stream = (...steps: readonly ResponseStep[]): ResponseScript => ({ steps });
const status = (code: number, headers: Record<string, string> = {}): ResponseScript => ({
  status: code,
  headers: { 'content-type': 'application/json', ...headers },
  steps: ['{"error":{"message":"no"}}'],
});
const typed = (type: string, body: string): ResponseScript => ({ headers: { 'content-type': type }, steps: [body] });

describe('before the first delta, the turn fails with one sentence, and the visitor chooses what is next', () => {
  test.each<[string, ResponseScript]>([
    ['L04 a refused key', status(401)],
    ['L06 a limit of two minutes', status(429, { 'retry-after': '120' })],
    ['L07 an overloaded endpoint', status(529)],
    ['L08 an error as 200', typed('application/json', '{"error":{"message":"no"}}')],
    ['L09 a web page', typed('text/html', '<html></html>')],
    ['L10 an empty body', stream()],
    ['L17 a reset', stream('reset')],
    ['L18 [DONE] without a finish', stream(role, DONE)],
    ['L20 broken JSON', stream('data: {"choices":\n\n')],
    ['L26 a tool call', stream(delta({ tool_calls: [{ index: 0 }] }), finishes('tool_calls'), DONE)],
    ['L29 an event of 5 MB', stream(says('x'.repeat(5 * 1024 * 1024)), finishes(), DONE)],
    ['L33 a redirect', status(302, { location: '/elsewhere' })],
  ])('%s', async (_row, script) => {
    const { end, stored, shown } = await ask(script);
    expect(end).toMatchObject({ state: 'failed', retryable: true, code: expect.any(String) });
    expect(shown).toBe('');
    expect(stored[0]).toMatchObject({ from: 'assistant', text: texts.answerFailed, state: 'failed' });
    expect((await reconnect()).start).toMatchObject({ responder: { responder: 'assistant' } });
    expect(stored.filter(({ from }) => from !== 'visitor')).toHaveLength(1);
  });
});

const reconnect = async () => {
  const reconnected = await connectWidget(server.port, { site: 'acme', session: client.start.session });
  reconnected.close();
  return reconnected;
};

describe('after the first delta, the turn is interrupted, keeps its text, and can be retried', () => {
  test.each<[string, readonly ResponseStep[]]>([
    ['L11 an error in the stream', [event({ error: { message: 'no' } })]],
    ['L12 an `error` event', ['event: error\ndata: {}\n\n']],
    ['L17 a reset', [{ waitMs: 50 }, 'reset']],
    ['L18 an end without a finish', []],
    ['L20 broken JSON', ['data: {"cho\n\n', says('a hole')]],
    ['L26 a tool call', [delta({ tool_calls: [{ index: 0 }] })]],
    ['L29 an event of 5 MB', [says('x'.repeat(5 * 1024 * 1024))]],
  ])('%s', async (_row, next) => {
    const { end, stored, shown } = await ask(stream(role, says('Your order '), ...next));
    expect(end).toMatchObject({ state: 'interrupted', retryable: true });
    expect(shown).toBe('Your order ');
    expect(stored).toMatchObject([{ from: 'assistant', text: 'Your order ', state: 'interrupted' }]);
    upstream.play(answers('Your order is on its way.'));
    const retried = await client.ask<{ turnId: string }>('turn-retry', { turnId: end.turnId });
    if (!retried.ok) throw new Error('retry refused');
    expect(await client.received((it) => it.type === 'turn-end' && it.turnId === retried.turnId)).toMatchObject({
      state: 'done',
    });
  });
});

describe('an answer with a finish is done', () => {
  test.each<[string, ResponseScript]>([
    ['L18 without a finish reason, but with [DONE]', stream(role, says('Yes.'), DONE)],
    ['L19 without [DONE]', stream(role, says('Yes.'), finishes())],
    ['L34 with text after the finish reason', stream(role, says('Ye'), finishes(), says('s.'), DONE)],
    ['L34 and nothing after [DONE] counts', stream(role, says('Yes.'), finishes(), DONE, says('GHOST'))],
  ])('%s', async (_row, script) => {
    const { end, stored } = await ask(script);
    expect(end).toMatchObject({ state: 'done' });
    expect(stored).toMatchObject([{ text: 'Yes.', state: 'done' }]);
  });

  test('L27 and marked as shortened at the token limit', async () => {
    const { end } = await ask(stream(role, says('Yes, but'), finishes('length'), DONE));
    expect(end).toMatchObject({ state: 'done', shortened: true });
  });

  test('L28 and replaced by a neutral text if the content filter ended it', async () => {
    const { end, stored } = await ask(stream(role, says('Something bad'), finishes('content_filter'), DONE));
    expect(end).toMatchObject({ state: 'done', code: 'filtered' });
    expect(stored).toMatchObject([{ text: texts.answerFiltered, state: 'done' }]);
  });
});
