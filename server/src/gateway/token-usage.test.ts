import { expect, test } from 'vitest';
import { costUsd, estimatePromptTokens, estimateTokens } from './token-usage.ts';

test.each([
  ['', 0],
  ['abcd', 1],
  ['Where is my order?', 5],
  ['Где мой заказ?', 7],
  ['我的订单在哪里', 7],
])('%j is estimated as %i tokens', (text, tokens) => {
  expect(estimateTokens(text)).toBe(tokens);
});

test('a prompt costs its texts and a few tokens for each message', () => {
  const messages = [
    { role: 'system', content: 'abcd' },
    { role: 'user', content: 'abcd' },
  ] as const;
  expect(estimatePromptTokens(messages)).toBe(10);
});

const usage = { promptTokens: 1_000_000, completionTokens: 500_000, estimated: false };

test('the cost is input and output tokens at their prices', () => {
  expect(costUsd(usage, { inputUsdPerMillion: 0.1, outputUsdPerMillion: 0.4 })).toBeCloseTo(0.3);
});

test("the cost is unknown when a price is missing, unless it isn't needed", () => {
  expect(costUsd(usage, { outputUsdPerMillion: 0.4 })).toBeUndefined();
  expect(costUsd(usage, {})).toBeUndefined();
  expect(costUsd({ ...usage, promptTokens: 0 }, { outputUsdPerMillion: 0.4 })).toBeCloseTo(0.2);
});
