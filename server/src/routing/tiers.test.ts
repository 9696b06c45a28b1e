import { REFERENCE_MODELS, type Tier } from '@firstword/shared/catalog';
import { expect, test } from 'vitest';
import { createModelRegistry } from './model-registry.ts';
import {
  admittedOutsideLimits,
  chainFor,
  checkTiers,
  DEFAULT_TIERS,
  presetTiers,
  ROUTING_PRESETS,
  type Tiers,
  tierOfTask,
} from './tiers.ts';

const models = createModelRegistry([]);

test('the default tiers satisfy the 400 ms rule', () => {
  expect(() => checkTiers(DEFAULT_TIERS, models)).not.toThrow();
});

const withChain = (tier: Tier, ...ids: string[]): Tiers => ({
  ...DEFAULT_TIERS,
  [tier]: { maxTokens: 200, chain: { default: ids } },
});

test('every model above 400 ms or $0.80 is refused in the fast tier, naming place, model, figure and limit', () => {
  for (const { id, ttftMs, outputUsdPerMillion } of REFERENCE_MODELS) {
    const check = () => checkTiers(withChain('fast', id), models);
    const ms = ttftMs['us-east'];
    if (ms > 400)
      expect(check).toThrow(new RegExp(`fast.chain.default\\[0\\]: model "${id}".*${ms} ms.*at most 400 ms`));
    if (outputUsdPerMillion > 0.8)
      expect(check).toThrow(new RegExp(`"${id}" costs \\$${outputUsdPerMillion} .*at most \\$0.8`));
    if (ms <= 400 && outputUsdPerMillion <= 0.8) expect(check).not.toThrow();
  }
});

test('the instant tier allows what the reference article names for it, and nothing slower or more expensive', () => {
  const isAllowed = (id: string) => {
    try {
      checkTiers(withChain('instant', id), models);
      return true;
    } catch {
      return false;
    }
  };
  expect(REFERENCE_MODELS.map(({ id }) => id).filter(isAllowed)).toEqual(['step-3.5-flash', 'qwen3-8b']);
});

test.each([
  [{ ttftMs: 199, outputUsdPerMillion: 0.149 }, undefined],
  [{ ttftMs: 200, outputUsdPerMillion: 0.1 }, 'has a TTFT of 200 ms; the instant tier allows less than 200 ms'],
  [
    { ttftMs: 90, outputUsdPerMillion: 0.15 },
    'costs $0.15 per million output tokens; the instant tier allows less than $0.15',
  ],
  [{ ttftMs: 90 }, undefined],
])('in the instant tier, a model with %j: %s', (figures, refusal) => {
  const own = createModelRegistry([{ id: 'our-model', ...figures }]);
  const check = () => checkTiers(withChain('instant', 'our-model'), own);
  if (refusal === undefined) expect(check).not.toThrow();
  else
    expect(check).toThrow(
      new RegExp(
        `^tiers.instant.chain.default\\[0\\]: model "our-model" ${refusal.replaceAll('$', '\\$')}. .*routing.allowOutsideLimits.$`,
      ),
    );
});

test("a region's chain is judged by the figures of that region", () => {
  const chain = { default: ['qwen3-32b'], asia: ['glm-5'] };
  const cheap = createModelRegistry([{ id: 'glm-5', outputUsdPerMillion: 0.5 }]);
  expect(() => checkTiers({ ...DEFAULT_TIERS, fast: { maxTokens: 200, chain } }, cheap)).toThrow(
    /fast\.chain\.asia\[0\]: model "glm-5" has a TTFT of 420 ms/,
  );
});

test('a model outside the limits is admitted when it is allowed by name, and reported', () => {
  const own = createModelRegistry([{ id: 'our-model', ttftMs: 900, outputUsdPerMillion: 2 }]);
  const tiers = { ...withChain('fast', 'our-model'), instant: { maxTokens: 50, chain: { default: ['our-model'] } } };
  expect(() => checkTiers(tiers, own, ['our-model'])).not.toThrow();
  expect(admittedOutsideLimits(tiers, own, ['our-model'])).toEqual([
    { tier: 'instant', modelId: 'our-model', what: 'ttft', value: 900, limit: 200 },
    { tier: 'instant', modelId: 'our-model', what: 'price', value: 2, limit: 0.15 },
    { tier: 'fast', modelId: 'our-model', what: 'ttft', value: 900, limit: 400 },
    { tier: 'fast', modelId: 'our-model', what: 'price', value: 2, limit: 0.8 },
  ]);
  expect(admittedOutsideLimits(tiers, own, [])).toEqual([]);
});

test('an unknown model, a repeated one and an empty chain are refused by place', () => {
  const tiers = {
    ...withChain('fast', 'qwen3-32b', 'qwen3-32b'),
    instant: { maxTokens: 50, chain: { default: ['qwen3-8'], asia: [] } },
  };
  const check = () => checkTiers(tiers, models);
  expect(check).toThrow(/instant\.chain\.default\[0\]: there is no model "qwen3-8"\. Did you mean "qwen3-8b"\?/);
  expect(check).toThrow('tiers.instant.chain.asia: the chain is empty. Add at least one model.');
  expect(check).toThrow(
    'tiers.fast.chain.default[1]: "qwen3-32b" is already in tiers.fast.chain.default[0]. Remove one of the two.',
  );
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
  expect(inTier('instant')).toThrow(/"our-model" costs \$1.5 .*less than \$0.15/);
  expect(inTier('fast')).toThrow(/"our-model" costs \$1.5 .*at most \$0.8/);
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
