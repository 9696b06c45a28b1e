import { expect, test } from 'vitest';
import { didYouMean, nearMiss } from './near-miss.ts';

test.each([
  ['messagePerMinute', 'messagesPerMinute'],
  ['MESSAGESPERMINUTE', 'messagesPerMinute'],
  ['runingTurns', 'runningTurns'],
  ['colour', undefined],
  ['', undefined],
])('%j is near %s', (given, found) => {
  expect(nearMiss(given, ['messagesPerMinute', 'runningTurns'])).toBe(found);
});

test('a near miss is a question, and nothing is said when there is none', () => {
  expect(didYouMean('acmee', ['acme'])).toBe(' Did you mean "acme"?');
  expect(didYouMean('other', ['acme'])).toBe('');
});
