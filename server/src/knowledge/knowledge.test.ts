import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Article } from './article.ts';
import { createKnowledge } from './knowledge.ts';

const article = (id: string, title: string, body: string, keywords = ''): Article => ({
  id,
  title,
  body,
  keywords,
  category: '',
  url: `/help/${id}`,
});
const shop = createKnowledge([
  article('returns', 'Returns within 30 days', 'You may send an item back.\n\n## Costs\n\nReturning a parcel is free.'),
  article('delivery', 'Delivery times', 'A parcel takes three days.\n\n## Abroad\n\nParcels to Spain take six days.'),
  article('lamps', 'Lamps and bulbs', 'Bulbs are screwed in.', 'light, Leuchtmittel'),
  article('identity', 'Vérifier votre identité', 'La vérification demande une pièce.'),
  article('account', '删除账户', '您可以删除您的账户。'),
]);
const found = (question: string, limit = 3) => shop.search(question, limit).map(({ id }) => id);

test('the article with a matching title comes first, by its best passage', () => {
  expect(found('Is returning free?', 1)).toEqual(['returns#2']);
  expect(found('parcels to Spain', 1)).toEqual(['delivery#2']);
});

test('a part of the question counts by its weight', () => {
  const parts = (bulbs: number) => [
    { text: 'lamps and bulbs', weight: bulbs },
    { text: 'parcels to Spain', weight: 1 },
  ];
  expect(shop.search(parts(0.1), 1).map(({ id }) => id)).toEqual(['delivery#2']);
  expect(shop.search(parts(3), 1).map(({ id }) => id)).toEqual(['lamps#1']);
});

test('a code that one article contains outranks matching titles', () => {
  const codes = createKnowledge([
    article('sign-in', 'Problems when you sign in', 'Enter your password again.'),
    article('sign-in-2', 'Sign in problems on the phone', 'Restart the phone. Error 0x80070005 means that it is full.'),
    article('update', 'Updates', 'Some updates end with error 0x80070999.'),
  ]);
  expect(codes.search('I have problems when I sign in: error 0x80070999', 1)[0]?.articleId).toBe('update');
});

test('of translations the one in the language of the question comes first', () => {
  const both = createKnowledge([
    article('en', 'Login.gov and your account', 'You can change the e-mail address of the account with a link.'),
    article('es', 'Login.gov y su cuenta', 'Usted puede cambiar el correo de la cuenta con un enlace.'),
  ]);
  expect(both.search('¿Qué es Login.gov y cómo cambiar el correo?', 1)[0]?.articleId).toBe('es');
  expect(both.search('What is Login.gov and how can I change the account?', 1)[0]?.articleId).toBe('en');
});

test('keywords of the article count', () => {
  expect(found('Leuchtmittel')).toEqual(['lamps#1']);
});

test('inflected words match in other languages too, and Chinese by words', () => {
  expect(found('vérifiez mon identité', 1)).toEqual(['identity#1']);
  expect(found('怎么删除账户', 1)).toEqual(['account#1']);
});

test('a name in Latin letters inside a Chinese or Japanese sentence is a word of its own', () => {
  const products = createKnowledge([
    article('reset', '重设 Lampo 账户', '打开设置。'),
    article('other', '重设密码', '打开 Long Gong 设置。'),
  ]);
  expect(products.search('我如何重设自己的Lampo账户', 1)[0]?.articleId).toBe('reset');
  expect([...products.weighWords('Lampoのサーバー', 'ja').keys()]).toEqual(['lampo', 'サーハー']);
});

test('Chinese words that only ask carry no meaning', () => {
  expect([...shop.weighWords('我怎么删除自己的账户？', 'zh').keys()]).toEqual(['删除', '账户']);
});

test('the share of a text that an article contains weighs rare words more, and allows a slip', () => {
  expect(shop.shareIn('returns', 'Is returning a parcel free?')).toBe(1);
  expect(shop.shareIn('returns', 'Is retunring a parcel free in 2019?')).toBeGreaterThan(0.7);
  expect(shop.shareIn('returns', 'Is a parcel with violins free?')).toBeLessThan(0.7);
  expect(shop.shareIn('unknown', 'Is a parcel free?')).toBe(0);
});

test("a mistyped word matches when it isn't indexed itself", () => {
  expect(found('delviery', 1)).toEqual(['delivery#1']);
  expect(found('bulsb', 1)).toEqual(['lamps#1']);
});

test('an amount that no article contains does not change what a question is about', () => {
  const scores = ['May I send an item back?', 'May I send an item back within 77 weeks?'].map(
    (question) => shop.search(question, 1)[0]?.score ?? 0,
  );
  expect(scores[1]).toBeGreaterThan((scores[0] ?? 0) / 3);
});

test('one passage of each article, and at most the limit', () => {
  const long = createKnowledge([article('a', 'Lamp', '## One\nlamp\n\n## Two\nlamp\n\n## Three\nlamp')]);
  expect(long.search('lamp', 9)).toHaveLength(1);
  expect(shop.search('parcel', 1)).toHaveLength(1);
});

test('scores separate good from missing answers across questions', () => {
  const [good] = shop.search('delivery times', 1);
  const [poor] = shop.search('three violins in the orchestra pit', 1);
  expect(good?.score).toBeGreaterThan(0.2);
  expect(poor?.score ?? 0).toBeLessThan(0.05);
  expect(shop.search('the of and', 3)).toEqual([]);
});

test('scores are between 0 and 1, best first, for any query', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('parcel', 'returns', 'bulb', 'xyzzy', '账户', 'Spain', '?!')), (words) => {
      const scores = shop.search(words.join(' '), 9).map(({ score }) => score);
      expect(scores).toEqual(scores.toSorted((a, b) => b - a));
      expect(scores.every((score) => score > 0 && score <= 1)).toBe(true);
    }),
  );
});

test('without articles there are no passages', () => {
  expect(createKnowledge([]).search('anything', 3)).toEqual([]);
});
