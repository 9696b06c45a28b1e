import { expect, test } from 'vitest';
import { createTitleMark } from './title-mark.ts';

test('the mark counts, goes, and survives a title that the page changes meanwhile', () => {
  const page = { title: 'Shop' };
  const mark = createTitleMark(page);
  mark.show(1);
  mark.show(2);
  expect(page.title).toBe('(2) Shop');
  page.title = 'Cart';
  mark.show(3);
  expect(page.title).toBe('(3) Cart');
  mark.show(0);
  expect(page.title).toBe('Cart');
});
