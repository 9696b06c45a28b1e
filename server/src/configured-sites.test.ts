import { siteSchema } from '@firstword/shared/site';
import { expect, test } from 'vitest';
import { defaultConfig } from './config/config.ts';
import { createConfiguredSites, createSettingSecrets } from './configured-sites.ts';
import { createLog } from './lib/log.ts';

const origins = { allowedOrigins: ['https://shop.example'] };
const site = (id: string, settings: object = {}) => siteSchema.parse({ id, name: id, ...origins, ...settings });

function open(file: ReturnType<typeof site>[], named?: ReadonlyMap<string, readonly string[]>) {
  const live = createConfiguredSites({
    ...defaultConfig(),
    sites: file,
    ...(named === undefined ? {} : { namedSettings: named }),
    demo: site('demo'),
    appSecret: 'a secret of this test',
    log: createLog('silent'),
  });
  let version = 0;
  const publish = (sites: Record<string, object>) => {
    const settings = Object.entries(sites).map(([id, value]) => [`site:${id}`, { number: 1, value }]);
    version += 1;
    live.apply({ version: `${version}`, json: JSON.stringify(Object.fromEntries(settings)) });
  };
  return { ...live, publish };
}

test('the demo is there until a site of its own is, and the map that others hold follows', () => {
  const { sites, open: usable, budgets, publish } = open([]);
  expect([...sites.keys()]).toEqual(['demo']);
  publish({ shop: { settings: { name: 'Shop', ...origins, budgets: { stopped: true } } } });
  expect([[...sites.keys()], [...usable.keys()], budgets]).toEqual([['shop'], ['shop'], { shop: { stopped: true } }]);
  publish({ shop: { settings: { name: 'Shop', ...origins }, archived: true } });
  expect([[...sites.keys()], [...usable.keys()], budgets]).toEqual([['shop'], [], {}]);
});

test('what the file names outranks the console, and the rest of its site does not', () => {
  const { sites, publish } = open([site('shop', { greeting: 'File' })], new Map([['shop', ['id', 'greeting']]]));
  publish({ shop: { settings: { greeting: 'Console', name: 'Console', ...origins }, archived: true } });
  expect(sites.get('shop')).toMatchObject({ greeting: 'File', name: 'Console' });
});

test('settings that are not valid any more change nothing, and a secret of another key verifies nothing', () => {
  const { sites, publish } = open([]);
  const identitySecret = createSettingSecrets('another secret').seal('k'.repeat(40));
  publish({ shop: { settings: { name: 'Shop', ...origins, identitySecret } } });
  expect(sites.get('shop')?.identitySecret).toBeUndefined();
  publish({
    shop: { settings: { name: 'Shop', allowedOrigins: ['nowhere'] } },
    other: { settings: { name: 'X', ...origins } },
  });
  expect([sites.get('shop')?.allowedOrigins, [...sites.keys()].sort()]).toEqual([
    origins.allowedOrigins,
    ['other', 'shop'],
  ]);
});
