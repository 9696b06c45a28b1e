import { expect, test } from 'vitest';
import type { Article } from './article.ts';
import { findForQuestion } from './find-for-question.ts';
import { createKnowledge } from './knowledge.ts';

const article = (id: string, title: string, body: string, translation?: Article['translation']): Article => ({
  ...{ id, title, body, keywords: '', category: '', url: '' },
  ...(translation === undefined ? {} : { translation }),
});
const inGroup = (group: string, language: string) => ({ group, language });

const refund = {
  en: article('refund', 'Refunds', 'A refund takes nine days. It is paid to your card.', inGroup('refund', 'en')),
  de: article(
    'refund-de',
    'Erstattung',
    'Die Erstattung dauert neun Tage und geht auf die Karte.',
    inGroup('refund', 'de'),
  ),
  fr: article('refund-fr', 'Remboursement', 'Le remboursement prend neuf jours sur la carte.', inGroup('refund', 'fr')),
};
const lampo = (language: string) =>
  article(`lampo-${language}`, 'Lampo E17', `${language === 'de' ? 'Das ist der' : 'This is the'} Lampo E17.`, {
    group: 'lampo',
    language,
  });
const found = (articles: readonly Article[], question: string, locale?: string) =>
  createKnowledge(articles)
    .search(question, 6, locale)
    .map(({ articleId }) => articleId);

test('of an article in several languages an answer gets the one in the language of the question', () => {
  const articles = [...Object.values(refund), article('card', 'Cards', 'Your card is charged when it is sent.')];
  expect(found(articles, 'How long does a refund to the card take?')).toEqual(['refund', 'card']);
  expect(found(articles, 'Wie lange dauert die Erstattung auf die Karte?')).toEqual(['refund-de']);
});

test('where none is in that language, it gets the one that matches best', () => {
  const articles = [refund.de, refund.fr];
  expect(found(articles, 'How do I get my remboursement?')).toEqual(['refund-fr']);
});

test("the visitor's language decides for a question that is in none", () => {
  const articles = [lampo('en'), lampo('de')];
  expect(found(articles, 'Lampo E17', 'de-AT')).toEqual(['lampo-de']);
  expect(found(articles, 'Lampo E17', 'en')).toEqual(['lampo-en']);
  expect(found(articles, 'Lampo E17')).toHaveLength(1);
});

test('an article in the language of the question keeps the place of the translation that matches better', () => {
  const translated = [
    article('pair', 'Pairing', 'Hold the button of the Lampo hub until the Lampo light blinks.', inGroup('pair', 'en')),
    article('pair-de', 'Koppeln', 'Halten Sie den Knopf des Lampo gedrückt.', inGroup('pair', 'de')),
  ];
  const others = Array.from({ length: 8 }, (_, n) =>
    article(`hub-${n}`, `Hub ${n}`, `Das ist ein Hub mit Nummer ${n}.`),
  );
  const both = createKnowledge([...translated, ...others]).search('Wie verbinde ich das Lampo light mit dem hub?', 6);
  expect(both.map(({ articleId }) => articleId)).toContain('pair-de');
  expect(both.map(({ score }) => score)).toEqual(both.map(({ score }) => score).sort((a, b) => b - a));
});

test('articles without translations are ranked as if there were none', () => {
  const plain = [
    article('returns', 'Returns', 'You may send a parcel back.'),
    article('parcel', 'Parcels', 'A parcel takes three days.'),
  ];
  const marked = plain.map((one) => ({ ...one, translation: { group: one.id, language: 'en' } }));
  const search = (articles: readonly Article[]) => createKnowledge(articles).search('parcel back in three days', 6);
  expect(search(marked)).toMatchObject(search(plain));
});

test('several questions in two languages get one of the translations', () => {
  const knowledge = createKnowledge(Object.values(refund));
  const text = 'How long does a refund take? Wie lange dauert die Erstattung?';
  expect(findForQuestion(knowledge, { text, citedTitles: [] })).toHaveLength(1);
});

test('an article names its translations with their languages', () => {
  const knowledge = createKnowledge([...Object.values(refund), lampo('en')]);
  expect(knowledge.translationsOf('refund-de')).toEqual([
    { id: 'refund', title: 'Refunds', language: 'en' },
    { id: 'refund-fr', title: 'Remboursement', language: 'fr' },
  ]);
  expect(knowledge.translationsOf('lampo-en')).toEqual([]);
  expect(knowledge.translationsOf('unknown')).toEqual([]);
});
