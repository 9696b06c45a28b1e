import { expect, test } from 'vitest';
import { phrase, phraseText } from './phrase.ts';

test('a phrase keeps its wording and its values apart, and reads as one sentence', () => {
  const page = phrase`${'https://shop.example/a'}: ${phrase`the server answered with status ${503}`}`;
  expect(page.wording).toBe('{0}: {1}');
  expect(page.values[1]).toEqual({ wording: 'the server answered with status {0}', values: ['503'] });
  expect(phraseText(page)).toBe('https://shop.example/a: the server answered with status 503');
});

test('a value that looks like a place for another value is kept as it is', () => {
  expect(phraseText(phrase`There is no site "${'{1}'}" at ${'{0}'}.`)).toBe('There is no site "{1}" at {0}.');
});
