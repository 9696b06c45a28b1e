import { expect, test } from 'vitest';
import { didYouMean, nearMiss } from './near-miss.ts';

test.each([
  ['messagePerMinute', 'messagesPerMinute'],
  ['MESSAGESPERMINUTE', 'messagesPerMinute'],
  ['runingTurns', 'runningTurns'],
  ['colour', undefined],
  ['', undefined],
])('%j is close to %s', (given, found) => {
  expect(nearMiss(given, ['messagesPerMinute', 'runningTurns'])).toBe(found);
});

test('a close name is offered as a question; without one the text is empty', () => {
  expect(didYouMean('acmee', ['acme'])).toBe(' Did you mean "acme"?');
  expect(didYouMean('other', ['acme'])).toBe('');
});
