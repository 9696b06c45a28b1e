import { expect, test } from 'vitest';
import { isOrigin, originOf, siteIdFor } from './site-names.ts';

test('an id is suggested by the name', () => {
  expect(['Lamps & Co.', '  Möbel ', '灯', 'a'.repeat(60)].map(siteIdFor)).toEqual([
    'lamps-co',
    'mobel',
    '',
    'a'.repeat(48),
  ]);
});

test('an origin is read from the address of a page, with the usual scheme where none is given', () => {
  expect(
    ['www.shop.example/cart?x=1', 'localhost:8080/', 'HTTPS://Shop.example', 'not an address'].map(originOf),
  ).toEqual(['https://www.shop.example', 'http://localhost:8080', 'https://shop.example', 'not an address']);
});

test('what an origin is read from is one afterwards, unless it is no address', () => {
  expect(['www.shop.example/cart', 'localhost:8080', 'not an address', ''].map(originOf).map(isOrigin)).toEqual([
    ...[true, true, false, false],
  ]);
});
