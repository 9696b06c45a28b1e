import { testArticle as article } from '@firstword/testing/test-article';
import { expect, test } from 'vitest';
import { createKnowledge } from '../knowledge/knowledge.ts';
import { createAnswerCheck } from './check-answer.ts';

const articles = [
  article('returns', 'Returns', 'You may send an item back within 30 days of delivery. Gift cards cannot be returned.'),
  article('delivery', 'Delivery times', 'A parcel to Austria takes 2–4 working days and costs €5.90.'),
];
const knowledge = createKnowledge(articles);
const sources = articles.map(({ title, url, body }, index) => ({ n: index + 1, title, url, text: body }));
const check = createAnswerCheck();
const checked = (text: string) => check(text, sources, knowledge);

test('a supported answer keeps its text and shows the sentence that supports it', async () => {
  expect(await checked('You can send items back within 30 days of delivery [1].')).toEqual({
    text: 'You can send items back within 30 days of delivery [1].',
    citations: [
      {
        n: 1,
        title: 'Returns',
        url: '/help/returns',
        excerpt: 'You may send an item back within 30 days of delivery.',
      },
    ],
    unsupported: [],
  });
});

test.each([
  'You can send items back within 60 days of delivery [1].',
  'Gift cards can be returned [1].',
  'Every lamp has a lifetime guarantee [1].',
  'A parcel to Norway takes 2–4 working days [2].',
  'A parcel to Austria costs €9.90.',
])('an invented claim is unsupported, with or without a mark: %s', async (text) => {
  const { unsupported } = await checked(`${text} A parcel to Austria takes 2–4 working days [2].`);
  expect(unsupported).toEqual([text.replace(/ \[\d\]/, '')]);
});

test.each([
  'More in: Returns [1].',
  'More in: Returns [1], Delivery times [2].',
  '関連記事：Returns [1]、Delivery times [2]。',
])('the titles of articles claim nothing: %s', async (text) => {
  expect((await checked(`A parcel to Austria takes 2–4 working days [2].\n\n${text}`)).unsupported).toEqual([]);
});

test('a claim that ends with a title is checked', async () => {
  expect((await checked('Every lamp has a lifetime guarantee, see Returns [1].')).unsupported).toHaveLength(1);
});

test('a long text without full stops is checked in pieces', async () => {
  const { unsupported } = await checked(`${'A parcel to Austria takes 2–4 working days and '.repeat(20)}costs €9.90`);
  expect(unsupported).toHaveLength(1);
  expect(unsupported[0]).toMatch(/costs €9\.90$/);
  expect(unsupported[0]?.length).toBeLessThanOrEqual(600);
});

test('a mark of the wrong article is corrected', async () => {
  const { text, citations } = await checked('A parcel to Austria takes 2–4 working days [1].');
  expect(text).toBe('A parcel to Austria takes 2–4 working days [2].');
  expect(citations.map(({ n }) => n)).toEqual([2]);
});

test('marks in other shapes become marks, and dead ones disappear', async () => {
  const { text, citations } = await checked('Send it back within 30 days of delivery【1】. See items[1] [7].');
  expect(text).toBe('Send it back within 30 days of delivery [1]. See items[1].');
  expect(citations.map(({ n }) => n)).toEqual([1]);
});

test.each([
  'I couldn’t find this in our help articles.',
  'Das konnte ich in unseren Artikeln nicht finden.',
  'Would you like to talk to our team?',
  'Someone from our team can look into it.',
  'Our articles say:',
])('what speaks about the conversation claims nothing: %s', async (text) => {
  expect((await checked(text)).unsupported).toEqual([]);
});

test('an answer in another language is checked by its amounts', async () => {
  const { unsupported } = await checked(
    'Vous pouvez retourner un article dans les 30 jours. La livraison en Autriche coûte 12 €.',
  );
  expect(unsupported).toEqual(['La livraison en Autriche coûte 12 €.']);
});

test('other work runs while an answer is checked', async () => {
  let turns = 0;
  const count = setInterval(() => turns++, 0);
  await checked('A parcel to Austria takes 2–4 working days. '.repeat(40));
  clearInterval(count);
  expect(turns).toBeGreaterThan(0);
});
