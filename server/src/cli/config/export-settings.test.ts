import { expect, test } from 'vitest';
import { exportSettings } from './export-settings.ts';

const publish = (settings: Record<string, object>) =>
  JSON.stringify(
    Object.fromEntries(Object.entries(settings).map(([id, value]) => [`site:${id}`, { number: 1, value }])),
  );

test('what the console sets becomes a part of the file: without what the file sets, and without secrets', () => {
  const json = publish({
    'my-shop': {
      settings: {
        name: 'Shop',
        allowedOrigins: ['https://a.example'],
        identitySecret: 'sealed',
        budgets: { stopped: true },
      },
    },
    acme: { settings: { greeting: 'Hi', locale: 'de' } },
    gone: { settings: { name: 'Gone' }, archived: true },
  });
  expect(exportSettings(json, new Map([['acme', ['id', 'locale']]]))).toEqual({
    file: {
      sites: [
        {
          id: 'my-shop',
          name: 'Shop',
          allowedOrigins: ['https://a.example'],
          identitySecret: '$MY_SHOP_IDENTITY_SECRET',
        },
        { id: 'acme', greeting: 'Hi' },
      ],
      budgets: { sites: { 'my-shop': { stopped: true } } },
    },
    variables: ['MY_SHOP_IDENTITY_SECRET'],
  });
});
