import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findQuote } from './quotes.ts';

test('a quote is found despite other spacing, case and quotation marks, at its offset in the source', () => {
  const source = 'Thanks. The seller said:  “It’s on\n its way” — twice.';
  const place = findQuote('the seller said: "it\'s on its way" - twice', source);
  expect(place && source.slice(place.start, place.end)).toBe('The seller said:  “It’s on\n its way” — twice');
});

test('a quote with one different word is not found', () => {
  expect(findQuote('within 14 days', 'You may return it within 30 days.')).toBeUndefined();
});

test('a quote that is too short is not found', () => {
  expect(findQuote('a', 'a b c')).toBeUndefined();
  expect(findQuote(' … ', 'anything … at all')).toBeUndefined();
});

test('every part of a text is found in it', () => {
  const word = fc.stringMatching(/^[a-zäöüß0-9]{3,9}$/);
  const gap = fc.constantFrom(' ', '\n', '  ', ' \t');
  fc.assert(
    fc.property(fc.array(fc.tuple(word, gap), { minLength: 1 }), fc.nat(), fc.nat(), (words, from, length) => {
      const source = words.flat().join('');
      const start = from % words.length;
      const quote = words
        .slice(start, start + 1 + (length % 5))
        .map(([text]) => text)
        .join(' ');
      expect(findQuote(quote, source)).toBeDefined();
    }),
  );
});
