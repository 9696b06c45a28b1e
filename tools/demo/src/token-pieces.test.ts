import fc from 'fast-check';
import { expect, test } from 'vitest';
import { countTokens, tokenPieces } from './token-pieces.ts';

test('the pieces of any text join to the same text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      expect(tokenPieces(text).join('')).toBe(text);
    }),
  );
});

test('pieces of prose have about four characters', () => {
  const prose = 'Returns of parcels are free from all countries of the union, and a refund takes five working days.';
  const charactersEach = prose.length / countTokens(prose);
  expect(charactersEach).toBeGreaterThan(3.5);
  expect(charactersEach).toBeLessThan(5.5);
});

test('an empty text has no tokens', () => {
  expect(countTokens('')).toBe(0);
});
