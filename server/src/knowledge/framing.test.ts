import { expect, test } from 'vitest';
import { sentencesOf, withoutFraming } from './framing.ts';

test.each([
  ['How long is the warranty? Sent from my Samsung Galaxy smartphone', 'How long is the warranty?'],
  ['Hi there, my name is Svetlana Kowalczyk, how long is it?', 'how long is it?'],
  ['Bonjour, comment retourner un article ? Merci d’avance.', 'comment retourner un article ?'],
  ['Guten Tag, gibt es Gutscheine?\nViele Grüße', 'gibt es Gutscheine?'],
  ['你好，请问如何退货？谢谢', '你好，请问如何退货？'],
  ['こんにちは。返品したいのですが。よろしくお願いいたします。', '返品したいのですが。'],
  ['Where is it?\n-- \nAnna Berg\nLong Street 5', 'Where is it?'],
  ['Where is it?\n\nOn Mon, Jan 5, 2026, Anna <anna@mail.example> wrote:\n> Hello\n> there', 'Where is it?'],
  ['> earlier mail\nAnd to Norway?', 'And to Norway?'],
])('leaves the question of %j', (text, question) => {
  expect(withoutFraming(text)).toBe(question);
});

test.each(['Thanks!', 'I am looking for a lamp', 'Sent from my phone', ''])(
  'keeps %j, which is nothing else',
  (text) => {
    expect(withoutFraming(text)).toBe(text);
  },
);

test('a sentence ends at its mark, also before a small letter and in Chinese', () => {
  expect(sentencesOf('It broke. what now?\nThank you')).toEqual(['It broke.', 'what now?', 'Thank you']);
  expect(sentencesOf('坏了。怎么办？')).toEqual(['坏了。', '怎么办？']);
  expect(sentencesOf('It costs 3.50 today')).toEqual(['It costs 3.50 today']);
});

test('a long text without an end is read quickly', () => {
  const started = process.cpuUsage();
  withoutFraming(`${'On a b '.repeat(800)}${'hi, '.repeat(800)}${' '.repeat(800)}`);
  expect(process.cpuUsage(started).user).toBeLessThan(200_000);
});
