import { expect, test } from 'vitest';
import { answerTokens, LAST_WORDS } from './answer-tokens.ts';

test.each([50, 800, 8000])('an answer of %i tokens has as many and ends with its last words', (count) => {
  const tokens = answerTokens(count);
  expect(tokens).toHaveLength(count);
  expect(tokens.join('').endsWith(LAST_WORDS)).toBe(true);
  expect(tokens.every((token) => token.length > 0)).toBe(true);
});
