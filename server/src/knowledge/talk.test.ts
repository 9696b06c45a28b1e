import { expect, test } from 'vitest';
import { isTalk } from './talk.ts';

test.each([
  'You’re welcome!',
  'Goodbye, and thanks for getting in touch.',
  'Gern geschehen!',
  'N’hésitez pas à nous écrire.',
  'Escriba si le surge otra duda.',
  'Nie ma za co!',
  'Rica ederiz!',
  'どういたしまして。',
  '如有其他问题，请随时告诉我们。',
  'شكرًا لتواصلك معنا.',
  'בשמחה!',
  'I couldn’t find this in our articles.',
])('a courtesy claims nothing: %s', (sentence) => {
  expect(isTalk(sentence)).toBe(true);
});

test.each([
  'Gracias, todos los pedidos son gratis.',
  'Danke, die Lieferung dauert 3 Tage.',
  'Hallo, Sie können jede Lampe zurückgeben, auch benutzt und ohne die Rechnung.',
  'Napisy są dostępne w każdym filmie.',
])('a claim behind a courtesy is one: %s', (sentence) => {
  expect(isTalk(sentence)).toBe(false);
});
