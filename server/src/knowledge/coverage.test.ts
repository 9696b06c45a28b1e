import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { coverageOf } from './coverage.ts';
import { findForQuestion } from './find-for-question.ts';
import { createKnowledge } from './knowledge.ts';
import { readArticleFolder } from './read-articles.ts';

const { articles } = await readArticleFolder(
  fileURLToPath(new URL('../../../tools/demo/content/articles', import.meta.url)),
);
const shop = createKnowledge(articles);
const judge = (text: string, before?: string) =>
  coverageOf(shop, text, findForQuestion(shop, { text, before, citedTitles: [] }));

test.each([
  'How long do I have to return an item?',
  'How long do I have to return an item? Sent from my Samsung Galaxy smartphone',
  'Hi there, my name is Svetlana Kowalczyk, how long do I have to return an item?',
  'Can I return a lamp if my grandmother in Rotterdam already unwrapped it yesterday?',
  'how do I cancle my ordre?',
  'Good morning!\nhow do i cancel an order?\nMany thanks in advance\nBest regards, Ola',
])('covers a question whatever surrounds it: %s', (text) => {
  expect(judge(text)).toBe('covered');
});

test.each([
  'Who won the football championship in 1998?',
  'What is the capital of Mongolia and how many inhabitants live there?',
  'Which vaccinations does a puppy require before travelling?',
])('does not cover a question about other things: %s', (text) => {
  expect(judge(text)).toBe('not-covered');
});

test('a word that the articles share by chance with a question about other things does not cover it', () => {
  const article = (id: string, title: string) => ({
    id,
    title,
    body: `${title}.`,
    keywords: '',
    category: '',
    url: '',
  });
  const office = createKnowledge([
    ...['Discover the domain', 'Discover the printer', 'Discover the calendar'].map((title) => article(title, title)),
    ...Array.from({ length: 60 }, (_, n) => article(`a${n}`, `Settings of mailbox ${n}`)),
  ]);
  const inOffice = (text: string) => coverageOf(office, text, findForQuestion(office, { text, citedTitles: [] }));
  expect(inOffice('How many planets have we discovered?')).toBe('partly');
  expect(inOffice('How is the printer discovered?')).toBe('covered');
});

test('a short follow-up is judged with the question before it', () => {
  expect(judge('And to Norway?', 'How long does delivery take?')).toBe('covered');
});

test('a question in another language than the articles is left to the model', () => {
  expect(judge('Combien de temps faut-il pour obtenir la lampe à Lyon ?')).not.toBe('not-covered');
});

test('small talk is left to the model', () => {
  expect(judge('Thanks!')).toBe('partly');
  expect(judge('👍')).toBe('partly');
});

test('without articles no question is covered', () => {
  const empty = createKnowledge([]);
  expect(coverageOf(empty, 'How do I return a lamp?', [])).toBe('not-covered');
});
