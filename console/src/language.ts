/** The languages of the console, and which of them a browser gets. */

export const LANGUAGES = ['en', 'de'] as const;
export type Language = (typeof LANGUAGES)[number];

const KEY = 'firstword-language';

/** What the agent has chosen in this browser. Undefined: the browser's own language. */
export function storedLanguage(storage: Pick<Storage, 'getItem'>): Language | undefined {
  try {
    return LANGUAGES.find((language) => language === storage.getItem(KEY));
  } catch {
    return undefined; // storage is blocked
  }
}

export function storeLanguage(storage: Pick<Storage, 'setItem' | 'removeItem'>, language: Language | undefined): void {
  try {
    if (language === undefined) storage.removeItem(KEY);
    else storage.setItem(KEY, language);
  } catch {
    // Storage is full or blocked: the browser's language stays.
  }
}

/** The first of the browser's languages that the console speaks, and English if there is none. */
export function browserLanguage(preferred: readonly string[]): Language {
  const codes = preferred.map((tag) => tag.slice(0, 2).toLowerCase());
  return codes.flatMap((code) => LANGUAGES.filter((language) => language === code))[0] ?? 'en';
}

/** With the region that the browser names, so that an English date has its order. */
export function localeFor(language: Language, preferred: readonly string[]): string {
  return language === 'en' ? (preferred.find((tag) => /^en\b/i.test(tag)) ?? 'en') : language;
}
