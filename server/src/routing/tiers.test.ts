import { REFERENCE_MODELS } from '@firstword/shared/catalog';
import { expect, test } from 'vitest';
import { createModelRegistry } from './model-registry.ts';
import { chainFor, checkTiers, DEFAULT_TIERS, presetTiers, ROUTING_PRESETS, tierOfTask } from './tiers.ts';

const models = createModelRegistry([]);

test('the default tiers satisfy the 400 ms rule', () => {
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

test('a premium model is refused in an interactive tier and allowed in the quality tier', () => {
  const costly = createModelRegistry([{ id: 'our-model', ttftMs: 90, outputUsdPerMillion: 1.5 }]);
  const inTier = (tier: 'instant' | 'fast' | 'quality') => () =>
    checkTiers({ ...DEFAULT_TIERS, [tier]: { maxTokens: 200, chain: { default: ['our-model'] } } }, costly);
  expect(inTier('instant')).toThrow(/"our-model" costs \$1.5 .* only the quality tier/);
  expect(inTier('fast')).toThrow('premium');
  expect(inTier('quality')).not.toThrow();
});

test('both presets satisfy the rules; "fastest" puts the fastest model first, except in Asia', () => {
  for (const preset of ROUTING_PRESETS) expect(() => checkTiers(presetTiers(preset), models)).not.toThrow();
  const firstOf = (preset: 'balanced' | 'fastest', region: 'us-east' | 'asia') =>
    chainFor(presetTiers(preset).fast, region)[0];
  expect(firstOf('balanced', 'us-east')).toBe('deepseek-v4-flash');
  expect(firstOf('fastest', 'us-east')).toBe('step-3.5-flash');
  expect(firstOf('fastest', 'asia')).toBe('deepseek-v4-flash');
});

test('a model outside the catalog needs a TTFT; a catalog model can get another name and price', () => {
  expect(() => createModelRegistry([{ id: 'our-model' }])).toThrow(/"our-model".*ttftMs/);
  const registry = createModelRegistry([
    { id: 'our-model', ttftMs: 90 },
    { id: 'qwen3-8b', upstreamName: 'Qwen/Qwen3-8B', inputUsdPerMillion: 0.02 },
  ]);
  expect(registry.get('our-model')).toEqual({
    id: 'our-model',
    upstreamName: 'our-model',
    ttftMs: { 'us-east': 90 },
    price: {},
    profile: {},
  });
  expect(registry.get('qwen3-8b')).toMatchObject({
    upstreamName: 'Qwen/Qwen3-8B',
    price: { inputUsdPerMillion: 0.02, outputUsdPerMillion: 0.01 },
  });
});
