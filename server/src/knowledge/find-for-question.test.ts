import { testArticle as article } from '@firstword/testing/test-article';
import { expect, test } from 'vitest';
import { findForQuestion } from './find-for-question.ts';
import { createKnowledge } from './knowledge.ts';

const shop = createKnowledge([
  article('returns', 'Returns within 30 days', 'You may send an item back. The label is free.'),
  article('delivery', 'Delivery times', 'A parcel to Austria takes three days, to Norway six.'),
  article('lamps', 'Lamps and bulbs', 'Bulbs are screwed in.'),
  article('warranty', 'Warranty', 'The frame is covered for five years.'),
  article('password', 'Forgotten password', 'Ask for a link to set a new one.'),
]);
const found = (text: string, before?: string, citedTitles: string[] = []) =>
  findForQuestion(shop, { text, before, citedTitles }).map(({ articleId }) => articleId);

test('a follow-up is understood with the question before it', () => {
  expect(found('And for how long?', 'Is the frame covered by a warranty?')[0]).toBe('warranty');
});

test('a follow-up is understood with the article cited before it', () => {
  expect(found('And is it free?', undefined, ['Returns within 30 days'])[0]).toBe('returns');
});

test('a new question outweighs the one before', () => {
  expect(found('I forgot my password', 'How long does a parcel to Austria take?')[0]).toBe('password');
});

test('each of several questions finds its article', () => {
  expect(found('How long does a parcel to Norway take? Which bulbs fit the lamps?').slice(0, 2).sort()).toEqual([
    'delivery',
    'lamps',
  ]);
});

test('a long story counts less than the question in it', () => {
  const story = 'My parcel came, the parcel was wet, the lamp in the parcel was wet and the bulbs too. '.repeat(4);
  expect(found(`${story}Is the frame covered by a warranty?`)[0]).toBe('warranty');
});
