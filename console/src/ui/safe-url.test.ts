import { expect, test } from 'vitest';
import { safeUrl } from './safe-url.ts';

const base = 'https://shop.example';

test('pages are linked to, also by a path', () => {
  expect(safeUrl('https://shop.example/help/refunds', base)).toBe('https://shop.example/help/refunds');
  expect(safeUrl('/help/refunds', base)).toBe('https://shop.example/help/refunds');
  expect(safeUrl('/help/refunds', `${base}/support`)).toBe('https://shop.example/support/help/refunds');
});

test.each(['javascript:alert(1)', ' JaVaScRiPt:alert(1)', 'java\nscript:alert(1)', 'data:text/html,x', 'https://['])(
  'the address %j leads nowhere',
  (url) => {
    expect(safeUrl(url, base)).toBeUndefined();
  },
);
