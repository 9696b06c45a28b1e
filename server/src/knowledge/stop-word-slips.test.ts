import { expect, test } from 'vitest';
import { createKnowledge } from './knowledge.ts';
import { createStopWordSlips } from './stop-word-slips.ts';

test('a word that lacks, swaps or changes one letter of a stop word is one of its slips', () => {
  const isSlip = createStopWordSlips(['en', 'de']);
  for (const typed of ['hav', 'waht', 'whst', 'wwith', 'nich']) expect(isSlip(typed)).toBe(true);
  for (const typed of ['vpn', 'lamp', 'refund', 'oak']) expect(isSlip(typed)).toBe(false);
});

test('slips in stop words do not lower how much of a question an article contains', () => {
  const body = 'You have 30 days from delivery to return an item. The label is free.';
  const knowledge = createKnowledge([{ id: 'returns', title: 'Returns', body, keywords: '', category: '', url: '' }]);
  const share = (text: string) => knowledge.shareIn('returns', text);
  expect(share('what if I return an item')).toBe(1);
  expect(share('waht if I return an item')).toBe(1);
  expect(share('waht if I return an elephant')).toBeLessThan(0.7);
});
