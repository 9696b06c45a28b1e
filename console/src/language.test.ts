import { expect, test } from 'vitest';
import { browserLanguage, localeFor, storedLanguage, storeLanguage } from './language.ts';

test('the first language of the browser that the console speaks is used, and English without one', () => {
  expect(browserLanguage(['fr-FR', 'de-AT', 'en'])).toBe('de');
  expect(browserLanguage(['en-GB', 'de'])).toBe('en');
  expect(browserLanguage(['ja'])).toBe('en');
  expect(browserLanguage([])).toBe('en');
});

test('dates are written as in the region of an English browser', () => {
  expect(localeFor('en', ['de', 'en-GB'])).toBe('en-GB');
  expect(localeFor('en', ['de'])).toBe('en');
  expect(localeFor('de', ['de-AT'])).toBe('de');
});

test('a choice is kept until it is taken back, and an unknown one is no choice', () => {
  const kept = new Map<string, string>();
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
  expect(storedLanguage(storage)).toBeUndefined();
  storeLanguage(storage, 'de');
  expect(storedLanguage(storage)).toBe('de');
  for (const key of kept.keys()) kept.set(key, 'xx');
  expect(storedLanguage(storage)).toBeUndefined();
  storeLanguage(storage, undefined);
  expect(kept.size).toBe(0);
});

test('blocked storage is no choice', () => {
  const refuse = () => {
    throw new Error('blocked');
  };
  expect(storedLanguage({ getItem: refuse })).toBeUndefined();
  expect(() => storeLanguage({ setItem: refuse, removeItem: refuse }, 'de')).not.toThrow();
});
