import { expect, test } from 'vitest';
import { bypassList } from './proxied-dispatcher.ts';

test.each([
  [undefined, 'localhost,127.0.0.1,[::1]'],
  ['.corp.example 10.0.0.7', '.corp.example,10.0.0.7,localhost,127.0.0.1,[::1]'],
  ['*', '*'],
  ['a.example,<-loopback>', 'a.example'],
])('NO_PROXY=%s bypasses %s', (given, list) => {
  expect(bypassList(given)).toBe(list);
});
