import { expect, test } from 'vitest';
import { createAccountReportFinder } from './account-report.ts';

const reportIn = createAccountReportFinder();

test.each([
  'My balance is wrong',
  "I can't see my last deposit",
  'my refund has not arrived',
  'Did not receive my order',
  'Why is it showing the wrong balance',
  'Mein Guthaben ist falsch',
  'Ich habe meine Rückerstattung nicht erhalten',
  'Mon solde est incorrect',
  'Je n’ai pas reçu mon remboursement',
  'Mi saldo es incorrecto',
  'No he recibido mi pedido',
  'Meu saldo está errado',
  'Não recebi o reembolso',
  'Il mio saldo è sbagliato',
  'Mijn saldo is onjuist',
  'Moje saldo jest nieprawidłowe',
  'Bakiyem yanlış görünüyor',
  '残高がおかしい',
  '我的余额不对',
  'رصيدي غير صحيح',
  'היתרה שלי שגויה',
])('%j reports about an account', (text) => {
  expect(reportIn(text)).toBeDefined();
});

test.each([
  'Where can I see my balance?',
  'How long does a refund take?',
  'Can I change my delivery address?',
  'What if the lamp is missing a screw?',
  'Wie lange dauert eine Rückerstattung?',
  '¿Cuándo llega un reembolso?',
  '退款需要多久？',
])('%j only asks', (text) => {
  expect(reportIn(text)).toBeUndefined();
});

test.each([
  'My balance is wrong',
  'Mein Guthaben ist falsch',
  'Mon solde est incorrect',
  'Mi saldo es incorrecto',
  'Meu saldo está errado',
  'Il mio saldo è sbagliato',
  'Mijn saldo is onjuist',
  'Moje saldo jest nieprawidłowe',
  'Bakiyem yanlış',
  '残高が間違っています',
  '我的余额不对',
  'رصيدي غير صحيح',
  'היתרה שלי שגויה',
])('%j says only that a value is wrong', (text) => {
  expect(reportIn(text)).toBe('disputed');
});

test('what has not arrived, or is asked, is more than a wrong value', () => {
  for (const text of [
    'My refund has not arrived',
    'Why is my balance wrong?',
    'My balance is wrong since I moved to Spain',
  ])
    expect(reportIn(text)).toBe('also');
});
