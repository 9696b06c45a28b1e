/** Turns with models that think although nothing says so: what visitors see, what is kept, and what is paid. */
import { DONE, finishes, says, thinks, uses } from '@firstword/testing/completion-events';
import { createLatch } from '@firstword/testing/latch';
import { type RedisServer, startRedisServer } from '@firstword/testing/redis-server';
import { type ScriptedEndpoint, startScriptedEndpoint } from '@firstword/testing/scripted-endpoint';
import { recordsBeside } from '@firstword/testing/test-records';
import { startInstance, type WebInstance } from '@firstword/testing/test-server';
import { connectWidget, type WidgetClient } from '@firstword/testing/widget-client';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createModelRegistry } from '../src/routing/model-registry.ts';
import { DEFAULT_TIERS } from '../src/routing/tiers.ts';

let redis: RedisServer;
let endpoint: ScriptedEndpoint;
let server: WebInstance;
let client: WidgetClient;

const chain = { default: ['one', 'two'] };
const price = { ttftMs: 100, inputUsdPerMillion: 0.1, outputUsdPerMillion: 0.1 };

beforeEach(async () => {
  redis = await startRedisServer();
  endpoint = await startScriptedEndpoint();
  server = await startInstance(redis.url, endpoint, {
    models: createModelRegistry([
      { id: 'one', ...price },
      { id: 'two', ...price },
    ]),
    tiers: { ...DEFAULT_TIERS, instant: { maxTokens: 50, chain }, fast: { maxTokens: 200, chain } },
  });
  client = await connectWidget(server.port);
});
afterEach(async () => {
  client.close();
  await server.stop();
  await endpoint.stop();
  await redis.stop();
});

test('a question to models that only think costs three requests with its label, and each token is recorded', async () => {
  endpoint.play({ steps: [thinks('Hmm. '), finishes('length'), uses(900, 70), DONE] });
  await client.send('How long may I return it?');
  expect(await client.received(({ type }) => type === 'turn-end')).toMatchObject({
    state: 'failed',
    code: 'only-thinking',
  });
  expect(endpoint.requests).toHaveLength(3);
  const { usage } = recordsBeside(redis.url);
  await expect.poll(async () => (await usage.lastCalls(9)).length, { timeout: 5_000 }).toBe(3);
  const rows = await usage.lastCalls(9);
  expect(rows.map(({ usage }) => [usage.promptTokens, usage.completionTokens])).toEqual([
    [900, 70],
    [900, 70],
    [900, 70],
  ]);
  expect(rows.map(({ purpose }) => purpose).sort()).toEqual(['answer', 'answer', 'triage']);
});

test('thinking that only its closing tag reveals disappears from the screen at once, and is not stored', async () => {
  const thought = createLatch();
  const rest = createLatch();
  const label = { steps: [says('answer neutral en returns 0.9'), finishes(), DONE] };
  endpoint.playTo(({ messages }) => messages[0]?.content.startsWith('You sort messages') ?? false, label);
  endpoint.play({
    steps: [
      says('The visitor asks about returns. '),
      { until: thought.opened },
      says('Simple.</think>\n\nYou have 30 days'),
      { until: rest.opened },
      says(' [1].'),
      finishes(),
      DONE,
    ],
  });
  const sent = await client.send('How long may I return it?');
  const turnId = sent.ok ? (sent.turnId ?? '') : '';
  await client.received(({ type }) => type === 'text-delta');
  expect(client.text(turnId)).toContain('The visitor');
  thought.open();
  await client.received((event) => event.type === 'text-delta' && event.replaces === true);
  expect(client.text(turnId)).toBe('You have 30 days');

  const other = await connectWidget(server.port, { site: 'acme', session: client.start.session });
  expect(other.start.turn?.deltas.map(({ text }) => text).join('')).toBe('You have 30 days');
  other.close();
  rest.open();
  await client.received(({ type }) => type === 'turn-end');
  expect(client.messages.map(({ text }) => text)).toEqual(['How long may I return it?', 'You have 30 days [1].']);

  endpoint.play({ steps: [says('Thinking again.</think>Yes.'), finishes(), DONE] });
  const again = await client.send('Is that free?');
  await client.received((event) => event.type === 'turn-end' && event.turnId !== turnId);
  const { body } = endpoint.requests.findLast((request) => request.body.messages.length > 2) ?? {};
  expect(JSON.stringify(body)).toContain('You have 30 days.');
  expect(JSON.stringify(body)).not.toContain('The visitor asks');
  // The second answer is held until its thinking ends.
  const deltas = client.events.filter(
    (event) => event.type === 'text-delta' && again.ok && event.turnId === again.turnId,
  );
  expect(deltas).toMatchObject([{ text: 'Yes.' }]);
});
