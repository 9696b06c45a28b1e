import { expect, test } from 'vitest';
import { siteSchema, siteView } from './site.ts';

const given = {
  id: 'acme',
  name: 'Acme',
  allowedOrigins: ['https://acme.example'],
  greeting: 'Hello.',
  suggestions: ['Where is my order?'],
  languages: { de: { greeting: 'Guten Tag.' }, he: { suggestions: ['איפה ההזמנה שלי?'] } },
};
const site = siteSchema.parse(given);

test.each([
  ['de-AT', 'Guten Tag.', ['Where is my order?']],
  ['iw', 'Hello.', ['איפה ההזמנה שלי?']],
  ['fr', 'Hello.', ['Where is my order?']],
  ['constructor', 'Hello.', ['Where is my order?']],
  [undefined, 'Hello.', ['Where is my order?']],
])('a page in %s is greeted in its language, where the site has texts for it', (locale, greeting, suggestions) => {
  expect(siteView(site, false, locale)).toMatchObject({ greeting, suggestions });
});

test('texts for a region are refused, with the fix', () => {
  const { error } = siteSchema.safeParse({ ...given, languages: { 'de-AT': {} } });
  expect(error?.issues[0]).toMatchObject({ path: ['languages', 'de-AT'] });
  expect(JSON.stringify(error?.issues)).toContain('without a region');
});
