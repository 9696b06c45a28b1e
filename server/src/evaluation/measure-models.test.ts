import { createDemoEngine, type DemoEngineOptions } from '@firstword/demo/demo-engine';
import { DONE, finishes, says } from '@firstword/testing/completion-events';
import { startScriptedEndpoint } from '@firstword/testing/scripted-endpoint';
import { afterEach, expect, test } from 'vitest';
import { familyProfile } from '../routing/family-profiles.ts';
import { type MeasureSettings, measureModels } from './measure-models.ts';
import { toFigures } from './model-figures.ts';

const open: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

type Changes = Partial<Omit<MeasureSettings, 'models'>> & { readonly models?: readonly string[] };

/** Measures these models of the endpoint, and returns their figures. */
async function figuresOf(port: number, { models = ['step-3.5-flash', 'deepseek-v4-flash'], ...changes }: Changes = {}) {
  const endpoint = { id: 'test', baseUrl: `http://127.0.0.1:${port}/v1` };
  const measured = await measureModels({
    models: models.map((id) => ({
      model: { id, upstreamName: id, endpoint, price: {}, profile: familyProfile(id) },
      region: 'us-east',
    })),
    ...{ runs: 3, warmUp: 1, concurrency: 1, maxTokens: 150, onRun: () => {} },
    ...changes,
  });
  return measured.map(toFigures);
}

async function startEngine(options: Partial<DemoEngineOptions> = {}) {
  const engine = createDemoEngine({ pace: 'instant', region: 'us-east', ...options });
  const { port } = await engine.listen(0, '127.0.0.1');
  open.push(() => engine.close());
  const stats = async () => (await fetch(`http://127.0.0.1:${port}/stats`)).json();
  return { port, stats };
}

/** Answers every request with these events. */
async function startServer(...events: readonly string[]) {
  const endpoint = await startScriptedEndpoint();
  endpoint.play({ steps: events });
  open.push(endpoint.stop);
  return endpoint;
}

test('every model has a row in the requested order, with 150 counted tokens per run', async () => {
  const { port, stats } = await startEngine();
  const seen: string[] = [];
  const rows = await figuresOf(port, { onRun: ({ id }, _index, done) => seen.push(`${id} ${done}`) });
  expect(rows).toMatchObject([
    {
      id: 'step-3.5-flash',
      runs: 3,
      errors: {},
      outputTokens: 150,
      estimated: false,
      tiers: ['instant', 'fast', 'quality'],
    },
    { id: 'deepseek-v4-flash', runs: 3, errors: {}, outputTokens: 150 },
  ]);
  expect(seen).toEqual(
    [1, 2, 3].map((n) => `step-3.5-flash ${n}`).concat([1, 2, 3].map((n) => `deepseek-v4-flash ${n}`)),
  );
  expect(await stats()).toMatchObject({ requests: 8, running: 0 });
});

test('concurrent measurements keep the order of rows', async () => {
  const { port } = await startEngine();
  const rows = await figuresOf(port, { models: ['qwen3-8b', 'deepseek-r1', 'glm-5'], concurrency: 3 });
  expect(rows.map(({ id }) => id)).toEqual(['qwen3-8b', 'deepseek-r1', 'glm-5']);
});

test('the TTFT ends at the first content token, where the speed measurement starts', async () => {
  const { port } = await startEngine({ pace: 'real', ttftMs: () => 40 });
  const startedAt = performance.now();
  const [row] = await figuresOf(port, { models: ['step-3.5-flash'], runs: 1, warmUp: 0, maxTokens: 17 });
  const totalMs = performance.now() - startedAt;
  const ttftMs = row?.ttft?.mean ?? 0;
  expect(ttftMs).toBeGreaterThanOrEqual(39);
  // Of 17 tokens 16 follow the first. Counted from the request, TTFT and token time together would exceed the whole run.
  const afterFirstMs = (16 / (row?.tokensPerSecond?.mean ?? 0)) * 1000;
  expect(ttftMs + afterFirstMs).toBeLessThanOrEqual(totalMs);
});

test('a model that the endpoint does not have gets a row with errors, and the others are measured', async () => {
  const { port } = await startEngine();
  const rows = await figuresOf(port, { models: ['no-such-model', 'glm-5'], runs: 10 });
  expect(rows).toMatchObject([
    { id: 'no-such-model', runs: 0, errors: { 'unknown-model': 3 } },
    { id: 'glm-5', runs: 10, errors: {} },
  ]);
});

test('rows of an unreachable endpoint have errors', async () => {
  const { port } = await startServer();
  for (const close of open.splice(0)) await close();
  expect(await figuresOf(port, { models: ['glm-5'] })).toMatchObject([{ runs: 0, errors: { 'connect-failed': 3 } }]);
});

test('a stream that ends without a finish reason counts as an error', async () => {
  const { port } = await startServer(says('Recursion'));
  expect(await figuresOf(port, { models: ['glm-5'] })).toMatchObject([{ runs: 0, errors: { 'cut-off': 3 } }]);
});

test('tokens that the endpoint does not report are estimated, and marked as estimates', async () => {
  const { port, requests } = await startServer(says('Recursion repeats '), says('itself.'), finishes(), DONE);
  const [row] = await figuresOf(port, { models: ['glm-5'], warmUp: 2 });
  expect(row).toMatchObject({ runs: 3, estimated: true, outputTokens: 7 });
  expect(requests).toHaveLength(5);
});
