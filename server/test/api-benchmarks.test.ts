/** Benchmarks as an administrator runs them over REST, in two processes of one installation. */
import type { Benchmark, BenchmarkList } from '@firstword/shared/benchmark';
import type { CostReport } from '@firstword/shared/reports';
import { DONE, finishes, says, uses } from '@firstword/testing/completion-events';
import type { Page } from '@firstword/testing/console-page';
import { createLatch } from '@firstword/testing/latch';
import type { ModelRequestBody } from '@firstword/testing/model-endpoint';
import { answers, type ScriptedEndpoint, startScriptedEndpoint } from '@firstword/testing/scripted-endpoint';
import { beforeEach, expect, test } from 'vitest';
import { modelInstallations, pageAt, startPair, stops } from './model-installations.ts';

modelInstallations();
let endpoint: ScriptedEndpoint;
beforeEach(async () => {
  endpoint = await startScriptedEndpoint();
  stops.push(endpoint.stop);
  endpoint.play(answers('Recursion ', 'repeats ', 'itself.'));
});

const MODELS = ['small-one', 'large-one'];
const of = (model: string) => (body: ModelRequestBody) => body.model === model;
/** Of the endpoint that is connected. */
let endpointId = '';
const chosen = (...models: string[]) => models.map((modelId) => ({ modelId, endpointId }));

/** Two processes whose models answer from the scripted endpoint. */
async function startMeasured() {
  const pair = await startPair();
  const settings = {
    ...{ baseUrl: endpoint.baseUrl, allowOutsideLimits: true },
    chains: { instant: ['small-one'], fast: ['large-one'], quality: ['deepseek-v4-pro'] },
    models: MODELS.map((id) => ({ id, inputUsdPerMillion: 1, outputUsdPerMillion: 10, ttftMs: 100 })),
  };
  const saved = await pair.admin.request('POST', '/model-settings', { settings, apiKey: 'k', expectedVersion: 0 });
  expect(saved.status).toBe(200);
  // Both processes use them, and their first check is over: what the endpoint is asked from now on is the benchmark's.
  const otherAdmin = pageAt(pair.other, pair.admin);
  for (const page of [pair.admin, otherAdmin])
    await expect.poll(async () => (await list(page)).candidates.map(({ modelId }) => modelId)).toHaveLength(3);
  endpointId = (await list(pair.admin)).candidates[0]?.endpointId ?? '';
  await expect
    .poll(async () => (await pair.admin.request<{ lastCheck?: object }>('GET', '/model-settings')).body.lastCheck)
    .toBeDefined();
  return { ...pair, otherAdmin };
}

const start = (page: Pick<Page, 'request'>, models = chosen(...MODELS), more: object = {}) =>
  page.request<Benchmark>('POST', '/benchmarks', { models, questions: 3, atOnce: 1, maxUsd: 1, ...more });
const list = async (page: Pick<Page, 'request'>) => (await page.request<BenchmarkList>('GET', '/benchmarks')).body;
const read = async (page: Pick<Page, 'request'>, id: string) =>
  (await page.request<Benchmark>('GET', `/benchmarks/${id}`)).body;
const ended = async (page: Pick<Page, 'request'>, id: string) => {
  await expect.poll(async () => (await read(page, id)).state, { timeout: 15_000 }).not.toBe('running');
  return read(page, id);
};

test('models are measured, their errors are counted by kind, and every process shows the result', async () => {
  const { admin, otherAdmin, first } = await startMeasured();
  endpoint.playTo(of('large-one'), { status: 429, steps: ['{}'] });
  const { status, body: run } = await start(admin, chosen('small-one', 'deepseek-v4-pro', 'large-one'));
  expect([status, run.state, run.by]).toEqual([201, 'running', 'Owner']);
  const result = await ended(otherAdmin, run.id);
  expect(result).toMatchObject({ state: 'done', questions: 3, stopping: false, endedAt: expect.any(Number) });
  const [small, pro, large] = result.lines;
  expect(small).toMatchObject({ asked: 3, answered: 3, errors: {}, outputTokens: 3, costIsComplete: true });
  expect(small?.ttft?.p50).toBeLessThanOrEqual(small?.ttft?.p95 ?? 0);
  expect(small).not.toHaveProperty('reference');
  expect(pro).toMatchObject({ answered: 3, reference: { ttftMs: 400, tokensPerSecond: 30 }, costIsComplete: false });
  expect(large).toMatchObject({ asked: 3, answered: 0, errors: { 'rate-limited': 3 }, usd: 0 });
  // Four calls with the warm-up, each of 7 tokens at $1 and 3 at $10 a million.
  expect(small?.usd).toBeCloseTo((4 * (7 * 1 + 3 * 10)) / 1_000_000, 9);
  expect((await list(otherAdmin)).runs.map(({ id }) => id)).toEqual([run.id]);

  const address = `http://localhost:${first.port}/api/v1/benchmarks/${run.id}?format=csv`;
  const csv = await fetch(address, { headers: { cookie: admin.cookie() } });
  const [head, row] = (await csv.text()).split('\r\n');
  expect(head).toContain('model,endpoint,region,asked,answered,ttft_p50_ms');
  expect(row).toContain(`small-one,${endpointId},us-east,3,3,`);
});

test('its calls are in the ledger as a benchmark’s, and no site pays for them', async () => {
  const { admin } = await startMeasured();
  const { body: run } = await start(admin);
  await ended(admin, run.id);
  const callsOf = async (query: string, key: string) => {
    const { lines } = (await admin.request<CostReport>('GET', `/reports/cost?${query}`)).body;
    return lines.find((line) => line.key === key)?.totals.calls;
  };
  await expect.poll(() => callsOf('by=purpose', 'benchmark')).toBe(8);
  expect(await callsOf('by=site', 'benchmark')).toBe(8);
  expect(await callsOf('by=purpose&site=acme', 'benchmark')).toBeUndefined();
});

test('of two administrators at two processes one starts a benchmark, and either may stop it', async () => {
  const { admin, otherAdmin } = await startMeasured();
  const held = createLatch();
  stops.push(async () => held.open());
  endpoint.playTo(of('large-one'), { steps: [{ until: held.opened }] });
  const both = await Promise.all([start(admin), start(otherAdmin)]);
  expect(both.map(({ status }) => status).toSorted()).toEqual([201, 409]);
  const { id } = both.find(({ status }) => status === 201)?.body ?? { id: '' };
  await expect.poll(async () => (await read(otherAdmin, id)).lines[0]?.answered).toBe(3);
  expect((await start(otherAdmin)).body).toMatchObject({ code: 'conflict' });
  for (const page of [admin, otherAdmin]) {
    const stopped = await page.request('POST', `/benchmarks/${id}/stop`, {});
    expect([200, 404]).toContain(stopped.status);
  }
  expect(await ended(admin, id)).toMatchObject({
    state: 'stopped',
    lines: [{ answered: 3 }, { answered: 0, errors: {} }],
  });
  expect((await admin.request('POST', `/benchmarks/${id}/stop`, {})).status).toBe(404);
});

test('a benchmark ends before the call that might exceed its limit', async () => {
  const { admin } = await startMeasured();
  const { usdPerQuestion } = (await list(admin)).candidates.find(({ modelId }) => modelId === 'small-one') ?? {};
  expect(usdPerQuestion).toBeGreaterThan(0.0015);
  endpoint.playTo(of('small-one'), { steps: [says('Recursion repeats itself.'), finishes(), uses(10, 140), DONE] });
  const { body: run } = await start(admin, chosen('small-one'), { questions: 100, maxUsd: 0.01 });
  const { state, lines, usd } = await ended(admin, run.id);
  expect([state, lines[0]?.errors]).toEqual(['ceiling', {}]);
  expect(lines[0]?.answered).toBe(6); // with the warm-up, seven calls of $0.00141; another one might cost $0.00151
  expect(usd).toBeLessThanOrEqual(0.01);
});

test('when its process ends, a benchmark is interrupted with what it has', async () => {
  const { admin, otherAdmin, first } = await startMeasured();
  const held = createLatch();
  stops.push(async () => held.open());
  endpoint.playTo(of('large-one'), { steps: [{ until: held.opened }] });
  const { body: run } = await start(admin);
  await expect.poll(async () => (await read(otherAdmin, run.id)).lines[0]?.answered).toBe(3);
  await first.close();
  expect(await read(otherAdmin, run.id)).toMatchObject({ state: 'interrupted', lines: [{ answered: 3 }, {}] });
  endpoint.playTo(of('large-one'), answers('Again.'));
  expect((await start(otherAdmin, chosen('small-one'))).status).toBe(201);
});

test('what is not in use, out of bounds or stopped is refused', async () => {
  const { admin } = await startMeasured();
  expect((await start(admin, chosen('unknown-one'))).body).toMatchObject({ code: 'not-found' });
  for (const more of [
    { questions: 0 },
    { questions: 101 },
    { atOnce: 6 },
    { maxUsd: 0 },
    { maxUsd: 101 },
    { models: [] },
  ])
    expect((await start(admin, undefined, more)).body).toMatchObject({ code: 'bad-request' });
  await admin.request('POST', '/kill-switch', { site: 'all', stopped: true, reason: 'a test' });
  expect((await start(admin)).body).toMatchObject({ code: 'not-allowed' });
});
