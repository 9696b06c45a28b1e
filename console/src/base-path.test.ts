import { expect, test } from 'vitest';
import { basePathOf } from './base-path.ts';

test.each([
  ['/console', ''],
  ['/console/', ''],
  ['/console/tickets/4', ''],
  ['/support/console', '/support'],
  ['/a/b/console/first-run', '/a/b'],
  ['/my-console/console/cost', '/my-console'],
])('at %s the server is below "%s"', (pathname, base) => {
  expect(basePathOf(pathname)).toBe(base);
});
