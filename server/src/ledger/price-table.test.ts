import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createPriceTable } from './price-table.ts';

const table = createPriceTable([
  ['both', { inputUsdPerMillion: 1, outputUsdPerMillion: 2 }],
  ['output', { outputUsdPerMillion: 0.25 }],
  ['input', { inputUsdPerMillion: 1 }],
  ['cached', { inputUsdPerMillion: 1, outputUsdPerMillion: 2, cachedInputUsdPerMillion: 0.1 }],
]);

test('with both prices the cost is fully known', () => {
  const cost = table.costOf('both', { promptTokens: 1_000_000, completionTokens: 500_000 });
  expect(cost).toEqual({ costKnown: 'full', costUsd: 2 });
});

test.each([
  ['cached', 400_000, 0.6 + 0.04 + 1],
  ['both', 400_000, 2],
  ['cached', 9_000_000, 0.1 + 1],
])('%s: %i cached tokens of a million cost their own price, if there is one', (id, cachedTokens, costUsd) => {
  const cost = table.costOf(id, { promptTokens: 1_000_000, completionTokens: 500_000, cachedTokens });
  expect(cost).toEqual({ costKnown: 'full', costUsd: expect.closeTo(costUsd) });
});

test('with only the output price the cost is a lower bound', () => {
  const cost = table.costOf('output', { promptTokens: 500, completionTokens: 200 });
  expect(cost).toEqual({ costKnown: 'output-only', costUsd: 0.000_05 });
});

test('an unknown price is never a cost of zero', () => {
  const tokens = fc.integer({ min: 0, max: 100_000 });
  fc.assert(
    fc.property(fc.constantFrom('unknown-model', 'input', 'output', 'both'), tokens, tokens, (id, input, output) => {
      const cost = table.costOf(id, { promptTokens: input, completionTokens: output });
      if (cost.costKnown === 'none') expect(cost).not.toHaveProperty('costUsd');
      else if (input + output > 0) expect(cost.costUsd).toBeGreaterThan(0);
    }),
  );
});

test('a call that used no tokens cost nothing, priced or not', () => {
  expect(table.costOf('unknown-model', { promptTokens: 0, completionTokens: 0 })).toEqual({
    costKnown: 'full',
    costUsd: 0,
  });
});

test('the version depends on the prices, not on their order', () => {
  const one = createPriceTable([
    ['a', { outputUsdPerMillion: 1 }],
    ['b', {}],
  ]);
  const other = createPriceTable([
    ['b', {}],
    ['a', { outputUsdPerMillion: 1 }],
  ]);
  const dearer = createPriceTable([
    ['a', { outputUsdPerMillion: 2 }],
    ['b', {}],
  ]);
  expect(one.version).toBe(other.version);
  expect(one.version).not.toBe(dearer.version);
  const cached = createPriceTable([
    ['a', { outputUsdPerMillion: 1, cachedInputUsdPerMillion: 1 }],
    ['b', {}],
  ]);
  expect(one.version).not.toBe(cached.version);
});

test('budgets count an unknown input price as the output price, and a model without a price as the most expensive one', () => {
  const prices = createPriceTable([
    ['output', { outputUsdPerMillion: 2 }],
    ['both', { inputUsdPerMillion: 1, outputUsdPerMillion: 4, cachedInputUsdPerMillion: 0.5 }],
  ]);
  const usage = { promptTokens: 1_000_000, completionTokens: 500_000 };
  expect(prices.limitUsdOf('output', usage)).toBe(3);
  expect(prices.limitUsdOf('both', { ...usage, cachedTokens: 500_000 })).toBe(2.75);
  expect(prices.limitUsdOf('unknown', usage)).toBe(6);
});
