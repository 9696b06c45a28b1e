import { HANDLINGS } from '@firstword/shared/ticket';
import { expect, test } from 'vitest';
import { readHandling, readVerdict } from './verdict.ts';

test('the first letter of a label decides it', () => {
  for (const handling of HANDLINGS)
    for (let length = 1; length <= handling.length; length++)
      expect(readHandling(handling.slice(0, length))).toBe(handling);
});

test.each(['', '  ', 'The label is answer', '42', '{"label":"answer"}'])('%j is no label', (text) => {
  expect(readHandling(text)).toBeUndefined();
});

test('a whole line is read, and what is odd in it is left out', () => {
  expect(readVerdict('Complex negative de refund 0.81')).toEqual({
    handling: 'complex',
    sentiment: 'negative',
    language: 'de',
    topic: 'refund',
    confidence: 0.81,
  });
  expect(readVerdict('person')).toEqual({ handling: 'person' });
  expect(readVerdict('answer angry EN 17 very')).toEqual({ handling: 'answer', topic: 'angry' });
  expect(readVerdict('I think this is fine')).toBeUndefined();
});
