import { expect, test } from 'vitest';
import { createModelRegistry } from './model-registry.ts';
import { createModelRouter } from './model-route.ts';
import { DEFAULT_TIERS } from './tiers.ts';

const main = { id: 'main', baseUrl: 'https://main.example/v1' };
const near = { id: 'region-eu', baseUrl: 'https://eu.example/v1' };
const route = createModelRouter({
  tiers: DEFAULT_TIERS,
  models: createModelRegistry([]),
  endpoints: { main, mainRegion: 'us-east', regional: { eu: near } },
});

test('a route to a model has that model alone, at the nearest endpoints that the site allows', () => {
  const found = route({ modelId: 'glm-5', region: 'eu', allowedRegions: undefined });
  expect(found).toMatchObject({ tier: 'quality', region: 'eu', maxTokens: DEFAULT_TIERS.fast.maxTokens });
  expect(found?.models.map(({ id, endpoint }) => [id, endpoint.id])).toEqual([
    ['glm-5', 'region-eu'],
    ['glm-5', 'main'],
  ]);
  expect(found?.hedge).toBeUndefined();
  const inEurope = route({ modelId: 'kimi-k2.5', region: 'asia', allowedRegions: ['eu'] });
  expect(inEurope?.models.map(({ endpoint }) => endpoint.id)).toEqual(['region-eu']);
  expect(inEurope?.tier).toBe('fast'); // of no chain
});

test('an unknown model has no route', () => {
  expect(route({ modelId: 'none', region: 'eu', allowedRegions: undefined })).toBeUndefined();
});
