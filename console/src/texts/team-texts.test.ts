import { expect, test } from 'vitest';
import { deviceText, expiryText, rolesText, sitesText } from './team-texts.ts';

test.each([
  ['Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/150.0 Safari/537.36', 'Chrome on Windows'],
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/150.0 Safari/537.36 Edg/150.0',
    'Edge on Windows',
  ],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 20_0 like Mac OS X) AppleWebKit/605.1 Version/20.0 Safari/604.1',
    'Safari on iOS',
  ],
  ['Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0', 'Firefox on Linux'],
  ['curl/8.5.0', 'curl/8.5.0'],
  ['', 'Unknown browser'],
])('%s is shown as %s', (userAgent, text) => {
  expect(deviceText(userAgent)).toBe(text);
});

test('access names its sites', () => {
  const known = [{ id: 'shop', name: 'The shop' }];
  expect([sitesText(undefined, known), sitesText(['shop', 'gone'], known)]).toEqual(['All sites', 'The shop, gone']);
});

test('roles are named with their sites, the strongest first', () => {
  const known = [
    { id: 'shop', name: 'The shop' },
    { id: 'help', name: 'Help' },
  ];
  expect(rolesText({ '*': 'admin' }, known)).toBe('Administrator · All sites');
  expect(rolesText({ shop: 'agent', help: 'agent' }, known)).toBe('Agent · The shop, Help');
  expect(rolesText({ '*': 'viewer', help: 'viewer', shop: 'agent' }, known)).toBe(
    'Agent: The shop · Viewer: Help, all other sites',
  );
});

test('an end that has passed is named as such', () => {
  const at = Date.UTC(2026, 4, 20, 12);
  expect([expiryText(at, at - 1), expiryText(at, at + 1), expiryText(undefined, at)]).toEqual([
    'Expires May 20, 2026',
    'Expired May 20, 2026',
    'Never expires',
  ]);
});
