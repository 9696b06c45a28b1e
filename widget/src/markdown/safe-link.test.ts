import { expect, test } from 'vitest';
import { safeLink } from './safe-link.ts';

test.each([
  ['https://shop.example/a?b#c', 'shop.example'],
  ['http://shop.example:8080/', 'shop.example:8080'],
  ['mailto:help@shop.example', 'help@shop.example'],
  ['tel:+49301234', '+49301234'],
  ['  HTTPS://SHOP.example ', 'shop.example'],
])('%j may be a link and says where it leads', (address, target) => {
  expect(safeLink(address)?.target).toBe(target);
});

test.each([
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  'java\nscript:alert(1)',
  'java\tscript:alert(1)',
  '\u0001javascript:alert(1)',
  ' javascript:alert(1)',
  'javascript&colon;alert(1)',
  'data:text/html,<script>alert(1)</script>',
  'vbscript:x',
  'blob:https://shop.example/x',
  'file:///etc/passwd',
  'filesystem:https://shop.example/x',
  'about:blank',
  'view-source:https://shop.example',
  'ftp://shop.example',
  'ws://shop.example',
  'intent://scan/#Intent;end',
  'chrome://settings',
  'ms-msdt:/id',
  'sms:123',
  'geo:1,2',
  'magnet:?xt=1',
  'x:y',
  '//shop.example/path',
  '/path',
  'path',
  '#part',
  '?query',
  '',
  'https://',
  'https://shop.example@elsewhere.example/',
  'https://user:word@shop.example/',
])('%j may not be a link', (address) => {
  expect(safeLink(address)).toBeUndefined();
});

test('an address of a source may be relative to the server', () => {
  expect(safeLink('/articles/returns', 'https://support.example')?.href).toBe(
    'https://support.example/articles/returns',
  );
  expect(safeLink('/articles/returns', 'https://shop.example/support')?.href).toBe(
    'https://shop.example/support/articles/returns',
  );
  expect(safeLink('javascript:alert(1)', 'https://support.example')).toBeUndefined();
});

test('a source without an address is no link', () => {
  expect(safeLink('', 'https://support.example')).toBeUndefined();
});
