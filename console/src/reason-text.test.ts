import { expect, test } from 'vitest';
import { reasonText } from './reason-text.ts';

test('codes become words, and words stay as they are', () => {
  expect(reasonText('not-our-policy')).toBe('Not our policy');
  expect(reasonText('missing-knowledge')).toBe('No article covers it');
  expect(reasonText('Waits for the warehouse')).toBe('Waits for the warehouse');
  expect(reasonText('constructor')).toBe('constructor');
});
