import { beforeEach, expect, test } from 'vitest';
import { BREAKER_SETTINGS, createBreaker } from './breaker.ts';
import type { Endpoints } from './endpoints.ts';
import { createLatencyTracker, type LatencyTracker } from './latency-tracker.ts';
import { createModelRegistry } from './model-registry.ts';
import type { Route, RoutedModel } from './route.ts';
import { createRouter, interactiveModels, type RouterSettings } from './router.ts';
import { RoutingError } from './routing-error.ts';
import { DEFAULT_TIERS, presetTiers } from './tiers.ts';

const models = createModelRegistry([]);
const main = { id: 'main', baseUrl: 'http://127.0.0.1/v1' };
const inAsia = { id: 'asia', baseUrl: 'http://127.0.0.2/v1' };
const oneEndpoint: Endpoints = { main, mainRegion: 'us-east', regional: {} };
const twoEndpoints: Endpoints = { ...oneEndpoint, regional: { asia: inAsia } };

let latency: LatencyTracker;
let settings: RouterSettings;

beforeEach(() => {
  latency = createLatencyTracker({ priorMs: ({ modelId, region }) => models.get(modelId)?.ttftMs[region] ?? 180 });
  const breaker = createBreaker(BREAKER_SETTINGS);
  const hedge = { mode: 'off', deadlineMs: 400, budgetShare: 0.45 } as const;
  settings = { tiers: DEFAULT_TIERS, models, endpoints: oneEndpoint, latency, breaker, hedge };
});

const chat = { taskType: 'chat', region: 'us-east', allowedRegions: undefined } as const;
const namesOf = ({ models: chain }: Pick<Route, 'models'>) =>
  chain.map(({ id, endpoint }: RoutedModel) => `${id}@${endpoint.id}`);

function slowDown(modelId: string, region: 'us-east' | 'asia' = 'us-east'): void {
  for (let turn = 0; turn < 20; turn++) latency.tokenAfter({ modelId, region, endpointId: 'main' }, 700);
}

test("a route lists the region's chain in order, with prices and the reason for the first model", () => {
  const route = createRouter(settings)({ ...chat, region: 'asia' });
  expect(namesOf(route)).toEqual(['deepseek-v4-flash@main', 'hunyuan-turbos@main']);
  expect(route.models[0].price).toEqual({ outputUsdPerMillion: 0.25 });
  expect(route.why).toMatch(/^fast tier, asia: deepseek-v4-flash \(TTFT p50 1\d\d ms from the catalog\)$/);
});

test('a regional endpoint comes first, with the main one as its fallback', () => {
  const router = createRouter({ ...settings, endpoints: twoEndpoints });
  expect(namesOf(router({ ...chat, region: 'asia' }))).toEqual([
    'deepseek-v4-flash@asia',
    'hunyuan-turbos@asia',
    'deepseek-v4-flash@main',
    'hunyuan-turbos@main',
  ]);
  expect(namesOf(router(chat)).every((name) => name.endsWith('@main'))).toBe(true);
});

test("a region that the owner has named has its own endpoint and chain, and the catalog's figures", () => {
  const inBrazil = { id: 'region-sa-east', baseUrl: 'http://127.0.0.3/v1' };
  const { fast } = DEFAULT_TIERS;
  const tiers = { ...DEFAULT_TIERS, fast: { ...fast, chain: { ...fast.chain, 'sa-east': ['qwen3-32b'] } } };
  const endpoints = { ...oneEndpoint, regional: { 'sa-east': inBrazil } };
  const router = createRouter({ ...settings, tiers, endpoints });
  const route = router({ ...chat, region: 'sa-east' });
  expect(namesOf(route)).toEqual(['qwen3-32b@region-sa-east', 'qwen3-32b@main']);
  expect(route.region).toBe('sa-east');
  expect(namesOf(router({ ...chat, region: 'sa-east', allowedRegions: ['sa-east'] }))).toEqual([
    'qwen3-32b@region-sa-east',
  ]);
  expect(namesOf(router({ ...chat, region: 'eu', allowedRegions: ['sa-east'] }))).toEqual(['qwen3-32b@region-sa-east']);
  expect(interactiveModels({ tiers, models, endpoints }).map(({ region }) => region)).toContain('sa-east');
});

test('no request for a site leaves its allowed regions, whatever the visitor’s', () => {
  const router = createRouter({ ...settings, endpoints: twoEndpoints });
  for (const region of ['us-east', 'asia'] as const)
    for (const taskType of ['chat', 'classification', 'analysis']) {
      const asia = router({ taskType, region, allowedRegions: ['asia'] });
      expect(asia.models.map(({ endpoint }) => endpoint.id)).not.toContain('main');
      expect(asia.region).toBe('asia');
      const east = router({ taskType, region, allowedRegions: ['us-east'] });
      expect(east.models.map(({ endpoint }) => endpoint.id)).not.toContain('asia');
      expect(east.hedge?.model.endpoint.id ?? 'main').toBe('main');
    }
});

test('a site whose regions have no endpoint is refused with a code', () => {
  const ask = () => createRouter(settings)({ ...chat, region: 'asia', allowedRegions: ['asia'] });
  expect(ask).toThrow(RoutingError);
  expect(ask).toThrow(expect.objectContaining({ code: 'no-allowed-region' }));
});

test('the route says why a visitor is served outside their region', () => {
  const route = createRouter(settings)({ ...chat, region: 'asia', allowedRegions: ['us-east'] });
  expect(route.why).toContain('asia not allowed by the site');
});

test('a model that became slow moves to the end of the chain', () => {
  slowDown('deepseek-v4-flash');
  const route = createRouter(settings)(chat);
  expect(namesOf(route)).toEqual(['step-3.5-flash@main', 'deepseek-v4-flash@main']);
  expect(route.why).toContain('deepseek-v4-flash too slow');
});

test('a model that is slow in one region keeps its place in others', () => {
  slowDown('deepseek-v4-flash');
  expect(createRouter(settings)({ ...chat, region: 'asia' }).models[0].id).toBe('deepseek-v4-flash');
});

test('a model with an open breaker moves to the end of the chain', () => {
  const breaker = createBreaker({ failures: 1, windowMs: 30_000, probeEveryMs: 10_000 });
  breaker.failed('main deepseek-v4-flash');
  const route = createRouter({ ...settings, breaker })(chat);
  expect(route.models[0].id).toBe('step-3.5-flash');
  expect(route.why).toContain('deepseek-v4-flash breaker open');
});

test('when no model is available the configured order is kept', () => {
  slowDown('deepseek-v4-flash');
  slowDown('step-3.5-flash');
  const route = createRouter(settings)(chat);
  expect(namesOf(route)).toEqual(['deepseek-v4-flash@main', 'step-3.5-flash@main']);
  expect(route.why).toContain('no model of the chain is available');
});

test("slowness doesn't matter in the quality tier", () => {
  slowDown('deepseek-v4-pro');
  expect(createRouter(settings)({ ...chat, taskType: 'analysis' }).models[0].id).toBe('deepseek-v4-pro');
});

test('a hedge is sent when the second model would just meet the deadline', () => {
  const router = createRouter({ ...settings, hedge: { mode: 'hedge', deadlineMs: 400, budgetShare: 0.45 } });
  expect(router(chat).hedge).toMatchObject({ model: { id: 'step-3.5-flash' }, afterMs: 400 - 180 });
  for (let turn = 0; turn < 30; turn++)
    latency.tokenAfter(
      { modelId: 'step-3.5-flash', region: 'us-east', endpointId: 'main' },
      turn % 5 === 0 ? 200 : 110,
    );
  expect(router(chat).hedge?.afterMs).toBe(400 - 200);
});

test('a budget too small for all late answers is spent on the latest ones', () => {
  const router = createRouter({ ...settings, hedge: { mode: 'hedge', deadlineMs: 400, budgetShare: 0.1 } });
  for (let turn = 0; turn < 30; turn++)
    latency.tokenAfter({ modelId: 'deepseek-v4-flash', region: 'us-east', endpointId: 'main' }, 250 + turn);
  expect(router(chat).hedge?.afterMs).toBeGreaterThan(270);
});

test('a race sends both requests at once', () => {
  const router = createRouter({ ...settings, hedge: { mode: 'race', deadlineMs: 400, budgetShare: 0.45 } });
  expect(router(chat).hedge?.afterMs).toBe(0);
});

test('there is no hedge to an unavailable model, nor in the quality tier', () => {
  const router = createRouter({ ...settings, hedge: { mode: 'hedge', deadlineMs: 400, budgetShare: 0.45 } });
  expect(router({ ...chat, taskType: 'analysis' })).not.toHaveProperty('hedge');
  slowDown('step-3.5-flash');
  expect(router(chat)).not.toHaveProperty('hedge');
});

test('the fastest preset puts the fastest model first outside Asia', () => {
  const router = createRouter({ ...settings, tiers: presetTiers('fastest') });
  expect(router(chat).models[0].id).toBe('step-3.5-flash');
  expect(router({ ...chat, region: 'asia' }).models[0].id).toBe('deepseek-v4-flash');
});

test('every interactive model is listed once for each region and endpoint it may serve', () => {
  const listed = interactiveModels({ ...settings, endpoints: twoEndpoints });
  const names = listed.map(({ model, region }) => `${model.id} ${region} ${model.endpoint.id}`);
  expect(new Set(names).size).toBe(names.length);
  expect(names).toContain('hunyuan-turbos asia asia');
  expect(names).not.toContain('deepseek-v4-pro us-east main');
});
