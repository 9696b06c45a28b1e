import { REFERENCE_MODELS } from '@firstword/shared/catalog';
import { expect, test } from 'vitest';
import { createModelBook } from './model-book.ts';
import { createRouter } from './router.ts';
import { checkTiers, DEFAULT_TIERS, tierOfTask } from './tiers.ts';

const models = createModelBook([]);
const endpoint = { id: 'main', baseUrl: 'http://127.0.0.1/v1' };

test('the default tiers keep the 400 ms rule', () => {
  expect(() => checkTiers(DEFAULT_TIERS, models)).not.toThrow();
});

test('every model above 400 ms is refused in an interactive tier, naming model, TTFT and rule', () => {
  for (const { id, ttftMs } of REFERENCE_MODELS) {
    const tiers = { ...DEFAULT_TIERS, fast: { maxTokens: 200, chain: { default: [id] } } };
    const check = () => checkTiers(tiers, models);
    if (ttftMs['us-east'] <= 400) expect(check).not.toThrow();
    else expect(check).toThrow(new RegExp(`"${id}".*${ttftMs['us-east']} ms.*at most 400 ms`));
  }
});

test('an unknown model and an empty chain are refused by name', () => {
  const tiers = { ...DEFAULT_TIERS, instant: { maxTokens: 50, chain: { default: ['gpt-0'], asia: [] } } };
  expect(() => checkTiers(tiers, models)).toThrow(/unknown model "gpt-0"[\s\S]*chain for asia is empty/);
});

test('task types choose their tier, and an unknown one falls back to chat', () => {
  expect(['classification', 'chat', 'analysis', 'poetry', ''].map(tierOfTask)).toEqual([
    'instant',
    'fast',
    'quality',
    'fast',
    'fast',
  ]);
});

test('a route names the region chain in order, with prices and the reason for the first', () => {
  const route = createRouter({ tiers: DEFAULT_TIERS, models, endpoint })({ taskType: 'chat', region: 'asia' });
  expect(route.models.map(({ id }) => id)).toEqual(['deepseek-v4-flash', 'hunyuan-turbos']);
  expect(route.models[0].price).toEqual({ outputUsdPerMillion: 0.25 });
  expect(route.why).toContain('150 ms');
});

test('a model of the owner’s own needs a TTFT, and one of the catalog can be renamed and repriced', () => {
  expect(() => createModelBook([{ id: 'our-model' }])).toThrow(/"our-model".*ttftMs/);
  const book = createModelBook([
    { id: 'our-model', ttftMs: 90 },
    { id: 'qwen3-8b', upstreamName: 'Qwen/Qwen3-8B', inputUsdPerMillion: 0.02 },
  ]);
  expect(book.get('our-model')).toEqual({
    id: 'our-model',
    upstreamName: 'our-model',
    ttftMs: { 'us-east': 90 },
    price: {},
  });
  expect(book.get('qwen3-8b')).toMatchObject({
    upstreamName: 'Qwen/Qwen3-8B',
    price: { inputUsdPerMillion: 0.02, outputUsdPerMillion: 0.01 },
  });
});
