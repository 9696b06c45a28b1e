import { expect, test } from 'vitest';
import { detectLanguage, detectLanguageOfWords } from './language.ts';

test.each([
  ['en', 'Where is the parcel that I have ordered?'],
  ['de', 'Wo ist mein Paket und wann kommt es an?'],
  ['fr', "Où est mon colis et quand est-ce qu'il arrive ?"],
  ['es', '¿Dónde está mi paquete y cuándo llega?'],
  ['it', "Dov'è il mio pacco e quando arriva?"],
  ['pt', 'Onde está a minha encomenda e quando é que chega?'],
  ['nl', 'Waar is mijn pakket en wanneer komt het aan?'],
  ['pl', 'Gdzie jest moja paczka i kiedy dotrze?'],
  ['tr', 'Kargom nerede ve ne zaman gelir, bu çok uzun sürdü mü?'],
  ['he', 'איפה החבילה שלי?'],
  ['ar', 'أين طلبي؟'],
  ['ja', '荷物はどこですか'],
  ['zh', '我的包裹在哪里'],
])('reads %s', (language, text) => {
  expect(detectLanguage(text)).toBe(language);
});

test('a text without telling words has no language', () => {
  expect(detectLanguage('gift card')).toBeUndefined();
  expect(detectLanguage('12345 👍')).toBeUndefined();
});

test('chooses among the given languages only', () => {
  expect(detectLanguage('Wo ist mein Paket?', new Set(['ja']))).toBeUndefined();
});

test('a code has no language', () => {
  expect(detectLanguageOfWords('Lampo E17 x')).toBeUndefined();
  expect(detectLanguageOfWords('What is error E17?')).toBe('en');
  expect(detectLanguageOfWords('荷物はどこですか')).toBe('ja');
});
