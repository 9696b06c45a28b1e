import { expect, test } from 'vitest';
import { safeUrl } from './safe-url.ts';

const base = 'https://shop.example';

test('http and https URLs and paths are safe', () => {
  expect(safeUrl('https://shop.example/help/refunds', base)).toBe('https://shop.example/help/refunds');
  expect(safeUrl('/help/refunds', base)).toBe('https://shop.example/help/refunds');
  expect(safeUrl('/help/refunds', `${base}/support`)).toBe('https://shop.example/support/help/refunds');
});

test.each(['javascript:alert(1)', ' JaVaScRiPt:alert(1)', 'java\nscript:alert(1)', 'data:text/html,x', 'https://['])(
  '%j is not safe',
  (url) => {
    expect(safeUrl(url, base)).toBeUndefined();
  },
);
