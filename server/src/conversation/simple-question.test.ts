import { expect, test } from 'vitest';
import { isSimpleQuestion } from './simple-question.ts';

const clear = { bestPassageScore: 0.5, otherArticleScore: 0.1, lastFailed: false };

test.each([
  'How long may I return an item?',
  'Where is my invoice',
  'Wie lange dauert die Lieferung nach Österreich?',
  '送料はいくらですか？',
  '退货期限是多少天？',
  'כמה זמן לוקח המשלוח?',
  'How long may I return an item?!',
])('simple: %s', (text) => {
  expect(isSimpleQuestion({ text, ...clear })).toBe(true);
});

test.each([
  ['two questions', 'How long may I return an item? And who pays?'],
  [
    'a long question',
    'I bought a lamp last week and my friend got another one, so can we return both of them together in one parcel?',
  ],
  ['a complaint', 'Your delivery is terrible, where is it?'],
  ['German', 'Die Lampe ist kaputt, was nun?'],
  ['French', 'Je suis déçu, comment faire un retour ?'],
  ['Spanish', '¿Dónde pongo una queja?'],
  ['Italian', 'Sono delusa, come faccio il reso?'],
  ['Portuguese', 'Isto é inaceitável, onde está?'],
  ['Dutch', 'Ik heb een klacht over mijn pakket'],
  ['Polish', 'Chcę złożyć skargę'],
  ['Turkish', 'Şikayet etmek istiyorum'],
  ['Arabic', 'لدي شكوى'],
  ['Hebrew', 'יש לי תלונה'],
  ['Japanese', '最悪です、返品できますか？'],
  ['Chinese', '我要投诉'],
  ['shouting', 'WHERE IS THE PARCEL THAT NEVER CAME'],
])('not simple, %s: %s', (_what, text) => {
  expect(isSimpleQuestion({ text, ...clear })).toBe(false);
});

test.each([
  [{ ...clear, bestPassageScore: 0.04, otherArticleScore: 0 }],
  [{ ...clear, otherArticleScore: 0.26 }],
  [{ ...clear, lastFailed: true }],
])('not simple without one article that is clearly the best, or after a failure: %j', (search) => {
  expect(isSimpleQuestion({ text: 'How long may I return an item?', ...search })).toBe(false);
});
