import { expect, test } from 'vitest';
import { costText, durationText, likelihoodText, pricePerMillionText, runCostText, usdText } from './figures.ts';

test('amounts below a cent keep two significant digits', () => {
  expect(usdText(0.00042)).toBe('$0.00042');
  expect(usdText(0.0031)).toBe('$0.0031');
  expect(usdText(0.0000001)).toBe('under $0.000001');
  expect(usdText(1.5)).toBe('$1.50');
});

test('the cost of a run without a known price is never shown as zero', () => {
  const used = { promptTokens: 100, completionTokens: 10, estimated: true };
  expect(runCostText(used)).toBe('price unknown');
  expect(runCostText({ ...used, atLeastUsd: 0.002 })).toBe('at least $0.0020');
  expect(runCostText({ ...used, costUsd: 0.002 })).toBe('about $0.0020');
});

test('calls of unknown price are listed next to the sum', () => {
  const cost = { usd: 0.02, atLeast: false, callsOfUnknownPrice: 0 };
  expect(costText({ ...cost, usd: 0, callsOfUnknownPrice: 2 })).toBe('2 calls with unknown price');
  expect(costText({ ...cost, callsOfUnknownPrice: 1 })).toBe('$0.02 and 1 call with unknown price');
  expect(costText(cost)).toBe('$0.02');
  expect(costText({ ...cost, atLeast: true })).toBe('at least $0.02');
});

test('durations have a unit', () => {
  expect([312.4, 8_240, 125_000, 1_260_000, 7_500_000].map(durationText)).toEqual([
    '312 ms',
    '8.2 s',
    '2 min 5 s',
    '21 min',
    '2 h 5 min',
  ]);
});

test('confidence is described in words', () => {
  expect([0.9, 0.6, 0.4, 0.1].map(likelihoodText)).toEqual(['very likely', 'likely', 'possible', 'unlikely']);
});

test('a price keeps the decimals that the vendor states, and has cents', () => {
  expect([0.1, 0.075, 2, 1.92].map(pricePerMillionText)).toEqual(['$0.10', '$0.075', '$2.00', '$1.92']);
});
