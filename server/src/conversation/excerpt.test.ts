import { expect, test } from 'vitest';
import { excerpt } from './excerpt.ts';

test('marks, headings, images and table rules are removed, link texts stay', () => {
  const text = excerpt(
    '## Returns\n\nSend **unopened** bags back within [30 days](/days).\n\n![A bag](/bag.png)\n\n- Keep the `label`.\n\n| Item | Days |\n|---|---|\n| Bag | 30 |',
  );
  expect(text).toBe('Send unopened bags back within 30 days. Keep the label. Item Days Bag 30');
});

test('a long text is cut between words, one without spaces at the limit', () => {
  expect(excerpt('word '.repeat(100))).toMatch(/^(word )+word…$/);
  expect(excerpt('語'.repeat(300))).toBe(`${'語'.repeat(180)}…`);
});
