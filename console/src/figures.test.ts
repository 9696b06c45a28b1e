import { expect, test } from 'vitest';
import { conversationCostText, durationText, likelihoodText, runCostText, usdText } from './figures.ts';

test('amounts below a cent keep two significant digits', () => {
  expect(usdText(0.00042)).toBe('$0.00042');
  expect(usdText(0.0031)).toBe('$0.0031');
  expect(usdText(0.0000001)).toBe('under $0.000001');
  expect(usdText(1.5)).toBe('$1.50');
});

test('a run without a known price says so and never shows zero', () => {
  expect(runCostText(undefined, false)).toBe('price unknown');
  expect(runCostText(0.002, true)).toBe('about $0.0020');
});

test('calls of unknown price stand beside the sum', () => {
  expect(conversationCostText({ usd: 0, callsOfUnknownPrice: 2 })).toBe('2 calls of unknown price');
  expect(conversationCostText({ usd: 0.02, callsOfUnknownPrice: 1 })).toBe('$0.02 and 1 call of unknown price');
  expect(conversationCostText({ usd: 0.02, callsOfUnknownPrice: 0 })).toBe('$0.02');
});

test('durations name their unit', () => {
  expect([durationText(312.4), durationText(8_240), durationText(125_000)]).toEqual(['312 ms', '8.2 s', '2 min 5 s']);
});

test('confidence is told in words', () => {
  expect([0.9, 0.6, 0.4, 0.1].map(likelihoodText)).toEqual(['very likely', 'likely', 'possible', 'unlikely']);
});
