import { expect, test } from 'vitest';
import { EXTRA_TEXT_LANGUAGES, englishExtraTexts } from './extras/extra-texts.ts';
import { launcherTexts } from './loader/launcher-texts.ts';
import { english, LANGUAGES } from './texts.ts';

/** What stands where: functions with the words they were given, texts as `text`. */
function shape(words: object): Record<string, unknown> {
  const entries = Object.entries(words).map(([key, value]): [string, unknown] => {
    if (typeof value === 'function') return [key, String(value('<given>')).includes('<given>') ? 'function' : 'deaf'];
    if (typeof value === 'object' && value !== null) return [key, shape(value)];
    return [key, typeof value === 'string' && value.trim() !== '' ? 'text' : 'nothing'];
  });
  return Object.fromEntries(entries);
}

const own = (words: object, english: object) => {
  const known: unknown[] = Object.values(english);
  const sentences = Object.values(words).filter((value) => typeof value === 'string' && value.includes(' '));
  return sentences.every((sentence) => !known.includes(sentence));
};

test('there are thirteen languages', () => {
  expect(Object.keys(EXTRA_TEXT_LANGUAGES)).toEqual(Object.keys(LANGUAGES));
  expect(['en', ...Object.keys(LANGUAGES)].toSorted()).toEqual(
    ['ar', 'de', 'en', 'es', 'fr', 'he', 'it', 'ja', 'nl', 'pl', 'pt', 'tr', 'zh'].toSorted(),
  );
});

test.each(Object.entries(LANGUAGES))(
  '%s says everything that English says, and in its own words',
  async (code, load) => {
    const { texts } = await load();
    expect(launcherTexts(`${code}-XX`)).toEqual({ locale: code, open: texts.open });
    expect(shape(texts)).toEqual(shape(english));
    expect(own(texts, english)).toBe(true);
  },
);

test.each(Object.entries(EXTRA_TEXT_LANGUAGES))('%s says the rarer words, too', async (_, load) => {
  const { extraTexts: words } = await load();
  expect(shape(words)).toEqual(shape(englishExtraTexts));
  expect(own(words, englishExtraTexts)).toBe(true);
});
