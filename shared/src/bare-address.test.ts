import { expect, test } from 'vitest';
import { bareAddress } from './bare-address.ts';

test.each([
  ['https://shop.example/help，谢谢', 'https://shop.example/help'],
  ['https://shop.example/help。', 'https://shop.example/help'],
  ['https://shop.example/a（说明）了解', 'https://shop.example/a'],
  ['https://shop.example/help؟', 'https://shop.example/help'],
  ['https://shop.example/q".', 'https://shop.example/q'],
  ['https://shop.example/a?b=1&c=2)', 'https://shop.example/a?b=1&c=2'],
  ['https://shop.example/x_(y))', 'https://shop.example/x_(y)'],
  ['https://shop.example/a],', 'https://shop.example/a'],
  ['https://shop.example/a?b[]=1!', 'https://shop.example/a?b[]=1'],
  ['https://shop.example/x*y*z', 'https://shop.example/x*y*z'],
])('%j links to %j', (written, address) => {
  expect(bareAddress(written)).toBe(address);
});
