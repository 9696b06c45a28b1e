import { BENCHMARK_PROMPT } from '@firstword/shared/benchmark-prompt';
import { expect, test } from 'vitest';
import { BENCHMARK_TEXT } from './benchmark-text.ts';
import { createEngineAnswer } from './engine-answer.ts';
import { countTokens } from './token-pieces.ts';

const say = (content: string) => createEngineAnswer()({ messages: [{ role: 'user', content }], response_format: null });

test('the answer to the reference benchmark has about 200 words, enough for its 150 tokens', () => {
  expect(say(BENCHMARK_PROMPT)).toBe(BENCHMARK_TEXT);
  expect(BENCHMARK_TEXT.split(/\s+/).length).toBeGreaterThan(180);
  expect(BENCHMARK_TEXT.split(/\s+/).length).toBeLessThan(230);
  expect(countTokens(BENCHMARK_TEXT)).toBeGreaterThan(200);
});

test('the answer says that no model wrote it, and other prompts do not get it', () => {
  expect(BENCHMARK_TEXT).toMatch(/^This is the demo engine\. There is no model/);
  expect(say('Explain recursion')).not.toBe(BENCHMARK_TEXT);
});
