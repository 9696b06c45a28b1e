import { BENCHMARK_PROMPT } from '@firstword/shared/benchmark-prompt';
import { expect, test } from 'vitest';
import { BENCHMARK_TEXT } from './benchmark-text.ts';
import { createEngineAnswer } from './engine-answer.ts';
import { countTokens } from './token-pieces.ts';

const say = (content: string) => createEngineAnswer()({ messages: [{ role: 'user', content }], response_format: null });

test('the reference benchmark’s prompt gets a text of about 200 words, long enough for its 150 tokens', () => {
  expect(say(BENCHMARK_PROMPT)).toBe(BENCHMARK_TEXT);
  expect(BENCHMARK_TEXT.split(/\s+/).length).toBeGreaterThan(180);
  expect(BENCHMARK_TEXT.split(/\s+/).length).toBeLessThan(230);
  expect(countTokens(BENCHMARK_TEXT)).toBeGreaterThan(200);
});

test('it says that no model is behind it, and answers nothing else', () => {
  expect(BENCHMARK_TEXT).toMatch(/^This is the demo engine\. It holds no model/);
  expect(say('Explain recursion')).not.toBe(BENCHMARK_TEXT);
});
