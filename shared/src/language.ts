/** Reads the language from a locale as browsers, pages and operating systems write it. */

/** Codes that older systems still use. */
const FORMER: Readonly<Record<string, string>> = { iw: 'he', in: 'id', ji: 'yi' };

/** The two- or three-letter code: `de` of `de-AT`, `de_DE` and `de_DE.UTF-8`; empty if there is none. */
export function languageOf(locale: string): string {
  const language =
    locale
      .trim()
      .toLowerCase()
      .split(/[^a-z]/, 1)[0] ?? '';
  return FORMER[language] ?? language;
}
