import { expect, test } from 'vitest';
import { articleIdOf } from './article-id.ts';

test.each([
  ['Shipping to Norway', 'shipping-to-norway'],
  ['  #1: What’s a “gift card”? ', '1-what-s-a-gift-card'],
  ['Größe & Öl', 'größe-öl'],
  ['???', 'article'],
])('the id of %j is %s', (title, id) => {
  expect(articleIdOf(title)).toBe(id);
});
