import { expect, test } from 'vitest';
import { addSpending } from './ask-model.ts';

const used = { promptTokens: 100, completionTokens: 10, estimated: false };

test('the cost of an analysis is known only when the cost of each call is', () => {
  const whole = addSpending({ ...used, costUsd: 0.02 }, { ...used, costUsd: 0.01 });
  expect(whole).toEqual({ promptTokens: 200, completionTokens: 20, estimated: false, costUsd: 0.03 });
  expect(addSpending(undefined, whole)).toEqual(whole);
  expect(addSpending(whole, { ...used, atLeastUsd: 0.5 })).toMatchObject({ atLeastUsd: 0.53 });
  expect(addSpending({ ...used, atLeastUsd: 0.5 }, { ...used, estimated: true })).toEqual({
    promptTokens: 200,
    completionTokens: 20,
    estimated: true,
    atLeastUsd: 0.5,
  });
});

test('an unknown cost is not zero', () => {
  expect(addSpending(used, used)).not.toHaveProperty('atLeastUsd');
  expect(addSpending(used, used)).not.toHaveProperty('costUsd');
});
