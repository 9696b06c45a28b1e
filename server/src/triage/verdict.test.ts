import { expect, test } from 'vitest';
import { readHandling, readVerdict, TRIAGE_LABELS } from './verdict.ts';

test('the first letter of a label decides it', () => {
  for (const label of TRIAGE_LABELS)
    for (let length = 1; length <= label.length; length++)
      expect(readHandling(label.slice(0, length))).toBe(label === 'person' ? 'agent' : label);
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
  expect(readVerdict('person')).toEqual({ handling: 'agent' });
  expect(readVerdict('answer angry EN 17 very')).toEqual({ handling: 'answer', topic: 'angry' });
  expect(readVerdict('I think this is fine')).toBeUndefined();
});
