import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openNearTerms, packNearTerms } from './near-terms.ts';
import { openStrings, packStrings } from './packed-strings.ts';

const openTerms = (terms: string[]) => openNearTerms(packNearTerms(terms), openStrings(packStrings(terms)));

test('one letter left out, added, changed or swapped is tolerated, two are not', () => {
  const near = openTerms(['refund', 'return', 'lamp']);
  for (const typed of ['refnd', 'refuund', 'rexund', 'reufnd', 'refund', 'efund'])
    expect(near(typed)).toEqual(['refund']);
  for (const typed of ['rfnd', 'refounded', 'dnufer']) expect(near(typed)).toEqual([]);
});

test('short words, numbers and parts of words are compared exactly', () => {
  expect(openTerms(['cat', '2024', '^refun'])('car')).toEqual([]);
  expect(openTerms(['cat', '2024', '^refun'])('2025')).toEqual([]);
});

test('a word of three letters may lack one, but not have another', () => {
  const near = openTerms(['item', 'cart']);
  expect(near('itm')).toEqual(['item']);
  expect(near('cut')).toEqual([]);
});

test('any single slip in any word is found', () => {
  const word = fc.stringMatching(/^[a-z]{5,12}$/);
  fc.assert(
    fc.property(word, fc.nat(), fc.stringMatching(/^[a-z]$/), (meant, place, letter) => {
      const at = place % meant.length;
      const near = openTerms([meant]);
      const slips = [
        meant.slice(0, at) + meant.slice(at + 1),
        meant.slice(0, at) + letter + meant.slice(at),
        meant.slice(0, at) + letter + meant.slice(at + 1),
      ];
      for (const typed of slips) expect(near(typed)).toEqual([meant]);
    }),
  );
});
