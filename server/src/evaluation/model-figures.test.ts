import { expect, test } from 'vitest';
import { perceptionOf, tiersFor, toFigures } from './model-figures.ts';
import { SAMPLE_MODELS } from './sample-models.ts';

test('a model’s runs become mean, p50 and p95, with price and class from the catalog', () => {
  const calls = [100, 110, 120, 130, 500].map((ttftMs, at) => ({
    ttftMs,
    tokensPerSecond: 78 + at,
    outputTokens: 140 + at * 5,
    estimated: false,
  }));
  expect(toFigures({ id: 'step-3.5-flash', calls, errors: {} })).toMatchObject({
    name: 'Step-3.5-Flash',
    runs: 5,
    ttft: { mean: 192, p50: 120, p95: 500 },
    tokensPerSecond: { mean: 80, unit: 'tokens/s' },
    outputTokens: 150,
    outputUsdPerMillion: 0.15,
    priceClass: 'ultra-budget',
    perception: 'instant',
    tiers: ['instant', 'fast', 'quality'],
  });
});

test('a model without any answer has errors and no figures', () => {
  expect(SAMPLE_MODELS[2]).toMatchObject({
    runs: 0,
    errors: { 'rate-limited': 3 },
    ttft: undefined,
    tokensPerSecond: undefined,
    perception: undefined,
    tiers: [],
  });
});

test('an answer that arrives all at once counts for the TTFT, not for the speed', () => {
  const whole = { ttftMs: 50, tokensPerSecond: undefined, outputTokens: 150, estimated: false };
  expect(toFigures({ id: 'glm-5', calls: [whole], errors: {} })).toMatchObject({
    ttft: { mean: 50 },
    tokensPerSecond: undefined,
  });
});

test.each([
  [199.4, 'instant', ['instant', 'fast', 'quality']],
  [200, 'fast', ['fast', 'quality']],
  [399.4, 'fast', ['fast', 'quality']],
  [400.4, 'noticeable', ['fast', 'quality']],
  [401, 'noticeable', ['quality']],
  [799, 'noticeable', ['quality']],
  [800, 'slow', ['quality']],
] as const)('a wait of %d ms feels %s', (ms, perception, tiers) => {
  expect(perceptionOf(ms)).toBe(perception);
  expect(tiersFor(ms)).toEqual(tiers);
});
