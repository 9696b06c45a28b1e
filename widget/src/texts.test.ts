import { expect, test } from 'vitest';
import { firstWords } from './loader/first-words.ts';
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

test('there are thirteen languages', () => {
  expect(['en', ...Object.keys(LANGUAGES)].toSorted()).toEqual(
    ['ar', 'de', 'en', 'es', 'fr', 'he', 'it', 'ja', 'nl', 'pl', 'pt', 'tr', 'zh'].toSorted(),
  );
});

test.each(Object.entries(LANGUAGES))(
  '%s says everything that English says, and in its own words',
  async (code, load) => {
    const { texts } = await load();
    expect(firstWords(`${code}-XX`)).toEqual({ locale: code, open: texts.open });
    expect(shape(texts)).toEqual(shape(english));
    const sentences = Object.values(texts).filter((value) => typeof value === 'string' && value.includes(' '));
    expect(sentences.filter((sentence) => Object.values(english).includes(sentence))).toEqual([]);
  },
);
