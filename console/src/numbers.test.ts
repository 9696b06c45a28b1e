import { expect, test } from 'vitest';
import { countText, decimalText, namesText, shareText } from './numbers.ts';

test('numbers and lists are written in the language of the console', () => {
  expect([countText(1412), decimalText(2.4, 1), decimalText(3, 3)]).toEqual(['1,412', '2.4', '3.000']);
  expect([0.999, 0.5, 0.004, 1, 0].map(shareText)).toEqual(['99.9%', '50%', '0.4%', '100%', '0%']);
  expect([namesText(['A']), namesText(['A', 'B', 'C'])]).toEqual(['A', 'A, B, and C']);
});
