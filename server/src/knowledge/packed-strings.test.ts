import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openStrings, packStrings } from './packed-strings.ts';

test('every string is found again, at its first place', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'grapheme' }), { maxLength: 50 }), (strings) => {
      const table = openStrings(packStrings(strings));
      expect(Array.from(strings, (_, index) => table.at(index))).toEqual(strings);
      for (const text of strings) expect(table.at(table.indexOf(text))).toBe(text);
    }),
  );
});

test('an unknown string has no place, in an empty list either', () => {
  expect(openStrings(packStrings(['a', 'b'])).indexOf('c')).toBe(-1);
  expect(openStrings(packStrings([])).indexOf('')).toBe(-1);
});
