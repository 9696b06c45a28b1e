import { expect, test } from 'vitest';
import { matchesPage } from './page-pattern.ts';

function addressOf(url: string) {
  const [, pathname = '', search = '', hash = ''] = /^([^?#]*)([^#]*)(.*)$/.exec(url) ?? [];
  return { pathname, search, hash };
}

test.each([
  ['/prices', '/prices', true],
  ['/prices', '/prices/', true],
  ['/prices/', '/prices', true],
  ['/prices', '/prices/teams', false],
  ['/prices', '/en/prices', false],
  ['/', '/', true],
  ['/', '/prices', false],
  ['*', '/', true],
  ['*', '/prices?plan=team#top', true],
  ['/products/*', '/products/lamp', true],
  ['/products/*', '/products/lamps/desk', true],
  ['/products/*', '/products', false],
  ['/products*', '/products', true],
  ['*/checkout', '/de/checkout', true],
  ['*/checkout', '/checkout', true],
  ['/*/prices', '/de/prices', true],
  ['/*/prices', '/prices', false],
  ['/a*b*a', '/aba', true],
  ['/a*b*ba', '/aba', false],
  ['/über-uns', '/über-uns', true],
  ['/über-uns', '/%C3%BCber-uns', true],
  ['/%C3%BCber-uns', '/über-uns', true],
  ['/100%', '/100%25', true],
])('without a query in it, the pattern %s and the page %s: %s', (pattern, url, matches) => {
  expect(matchesPage(pattern, addressOf(url))).toBe(matches);
});

test.each([
  ['/prices', '/prices?plan=team', true],
  ['/prices', '/prices#compare', true],
  ['/prices?plan=team', '/prices?plan=team', true],
  ['/prices?plan=team', '/prices?plan=team#top', true],
  ['/prices?plan=team', '/prices', false],
  ['/prices?*plan=team*', '/prices?from=mail&plan=team&x=1', true],
  ['/#/cart', '/#/cart', true],
  ['/#/cart', '/?from=mail#/cart', true],
  ['/#/cart', '/#/home', false],
  ['/shop/#/cart', '/shop#/cart', true],
  ['*#/products/*', '/shop#/products/lamp', true],
])('query and hash count where the pattern %s has them; the page %s: %s', (pattern, url, matches) => {
  expect(matchesPage(pattern, addressOf(url))).toBe(matches);
});

test('a pattern of many stars is matched against a long path in linear time', () => {
  const pathname = `/${'a'.repeat(20_000)}`;
  expect(matchesPage(`/${'a*'.repeat(90)}b`, { pathname, search: '', hash: '' })).toBe(false);
});
