import { expect, test } from 'vitest';
import { findTrigger, rankSuggestions } from './suggestions.ts';

test.each([
  ['/ref', 4, { start: 0, end: 4, query: 'ref' }],
  ['Hi\n/Ref more', 7, { start: 3, end: 7, query: 'ref' }],
  ['/', 1, { start: 0, end: 1, query: '' }],
  ['and/or', 6, undefined],
  ['/ref und', 8, undefined],
  ['/ref', 0, undefined],
  [`/${'a'.repeat(50)}`, 51, undefined],
])('%j with the caret at %i', (text, caret, trigger) => {
  expect(findTrigger(text, caret, '/')).toEqual(trigger);
});

test('labels that begin with the query come first, then others that contain it', () => {
  const suggestions = ['we-refund', 'thanks', 'refund'].map((label) => ({ id: label, label, aside: `Text ${label}` }));
  expect(rankSuggestions(suggestions, 'ref').map(({ id }) => id)).toEqual(['refund', 'we-refund']);
  expect(rankSuggestions(suggestions, 'text t').map(({ id }) => id)).toEqual(['thanks']);
  expect(rankSuggestions(suggestions, '')).toHaveLength(3);
});
