import { expect, test } from 'vitest';
import { languageOf } from './language.ts';

test.each([
  ['de', 'de'],
  ['DE-at', 'de'],
  ['pt_BR', 'pt'],
  ['de_DE.UTF-8', 'de'],
  ['ar-SA', 'ar'],
  ['zh-Hant-TW', 'zh'],
  ['iw', 'he'],
  ['iw_IL', 'he'],
  ['', ''],
])('the language of "%s" is "%s"', (locale, language) => {
  expect(languageOf(locale)).toBe(language);
});
