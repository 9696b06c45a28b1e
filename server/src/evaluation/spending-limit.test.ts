import { expect, test } from 'vitest';
import { createSpendingLimit } from './spending-limit.ts';

test('calls that run at the same time are refused together what none of them alone would exceed', () => {
  const spending = createSpendingLimit(1);
  const first = spending.reserve(0.6);
  expect(first).toBeDefined();
  expect(spending.reserve(0.6)).toBeUndefined();
  expect(spending.isReached()).toBe(true);
});

test('what a call set aside and did not use can be spent', () => {
  const spending = createSpendingLimit(1);
  const first = spending.reserve(0.6);
  spending.spent({ costUsd: 0.1, costKnown: 'full' }, 0.1);
  first?.release();
  expect(spending.reserve(0.9)).toBeDefined();
  expect(spending.isReached()).toBe(false);
});

test('the cost is what is known, and says when a price is not', () => {
  const spending = createSpendingLimit(1);
  spending.spent({ costUsd: 0.1, costKnown: 'full' }, 0.1);
  expect(spending.cost()).toEqual({ usd: 0.1, costIsComplete: true });
  spending.spent({ costKnown: 'none' }, 0.4);
  expect(spending.cost()).toEqual({ usd: 0.1, costIsComplete: false });
});
