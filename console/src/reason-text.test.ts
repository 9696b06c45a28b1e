import { expect, test } from 'vitest';
import { reasonText } from './reason-text.ts';

test('known codes become labels, and other text is unchanged', () => {
  expect(reasonText('not-our-policy')).toBe('Against our policy');
  expect(reasonText('missing-knowledge')).toBe('No matching article');
  expect(reasonText('Waits for the warehouse')).toBe('Waits for the warehouse');
  expect(reasonText('constructor')).toBe('constructor');
});
