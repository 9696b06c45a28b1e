import { afterEach, expect, test, vi } from 'vitest';
import { countWords, isWorthAsking } from './is-worth-asking.ts';

afterEach(() => void vi.unstubAllGlobals());

test.each([
  ['where is my order', true],
  ['where is', false],
  ['why?', true],
  ['なぜ？', true],
  ['لماذا؟', true],
  ['where is my ', false],
  ['my order is late,', false],
  ['我的订单在哪里', true],
  ['注文はどこです、', false],
  ['', false],
])('%j is worth asking: %s', (text, expected) => {
  expect(isWorthAsking(text)).toBe(expected);
});

test.each([
  ['where is my order', 4],
  ["it's 12 days late", 4],
  ['我的订单在哪里', 3],
])('without Intl.Segmenter %j has %i words', (text, words) => {
  vi.stubGlobal('Intl', {});
  expect(countWords(text)).toBe(words);
});
