import { expect, test } from 'vitest';
import { CAPTCHA_TEXTS } from './captcha/captcha-texts.ts';
import { EXTRA_TEXT_LANGUAGES } from './extras/extra-texts.ts';
import { extraTexts as englishExtraTexts } from './languages/extra-texts-en.ts';
import { texts as english } from './languages/texts-en.ts';
import { launcherTexts } from './loader/launcher-texts.ts';
import { LANGUAGES } from './texts.ts';

/** The kind of each entry: a text, a nested group, or a function that uses its argument. */
function shape(texts: object): Record<string, unknown> {
  const entries = Object.entries(texts).map(([key, value]): [string, unknown] => {
    if (typeof value === 'function')
      return [key, String(value('<given>')).includes('<given>') ? 'function' : 'ignores its argument'];
    if (typeof value === 'object' && value !== null) return [key, shape(value)];
    return [key, typeof value === 'string' && value.trim() !== '' ? 'text' : 'empty'];
  });
  return Object.fromEntries(entries);
}

/** No sentence was left in English. */
const isTranslated = (texts: object, english: object) => {
  const known: unknown[] = Object.values(english);
  const sentences = Object.values(texts).filter((value) => typeof value === 'string' && value.includes(' '));
  return sentences.every((sentence) => !known.includes(sentence));
};

test('there are thirteen languages', () => {
  expect(Object.keys(EXTRA_TEXT_LANGUAGES)).toEqual(Object.keys(LANGUAGES));
  expect(Object.keys(CAPTCHA_TEXTS)).toEqual(['en', ...Object.keys(LANGUAGES)]);
  expect(new Set(Object.values(CAPTCHA_TEXTS)).size).toBe(Object.keys(CAPTCHA_TEXTS).length);
  expect(['en', ...Object.keys(LANGUAGES)].toSorted()).toEqual(
    ['ar', 'de', 'en', 'es', 'fr', 'he', 'it', 'ja', 'nl', 'pl', 'pt', 'tr', 'zh'].toSorted(),
  );
});

test.each(Object.entries(LANGUAGES))('%s has every text that English has, translated', async (code, load) => {
  const { texts } = await load();
  const { unreachable, ...label } = launcherTexts(`${code}-XX`);
  expect(label).toEqual({ locale: code, open: texts.open });
  expect(unreachable.length).toBeGreaterThan(5);
  expect(shape(texts)).toEqual(shape(english));
  expect(isTranslated(texts, english)).toBe(true);
});

test.each(Object.entries(EXTRA_TEXT_LANGUAGES))('%s has every on-demand text, translated', async (_, load) => {
  const { extraTexts } = await load();
  expect(shape(extraTexts)).toEqual(shape(englishExtraTexts));
  expect(isTranslated(extraTexts, englishExtraTexts)).toBe(true);
});
