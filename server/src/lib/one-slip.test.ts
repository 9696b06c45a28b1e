import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isOneSlip, withoutOneLetter } from './one-slip.ts';

test.each([
  ['person', 'person', true],
  ['prson', 'person', true],
  ['perrson', 'person', true],
  ['parson', 'person', true],
  ['eprson', 'person', true],
  ['reason', 'person', false],
  ['pron', 'person', false],
])('%s for %s: %s', (typed, meant, expected) => {
  expect(isOneSlip(typed, meant)).toBe(expected);
});

test('words one slip apart share a form without one letter, or are such a form', () => {
  const word = fc.string({ minLength: 2, maxLength: 8 });
  fc.assert(
    fc.property(word, word, (typed, meant) => {
      const forms = new Set([meant, ...withoutOneLetter(meant)]);
      return !isOneSlip(typed, meant) || [typed, ...withoutOneLetter(typed)].some((form) => forms.has(form));
    }),
  );
});
