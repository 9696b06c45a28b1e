/** The languages of the widget, by their code, as English names them. */

const CODES = ['ar', 'de', 'en', 'es', 'fr', 'he', 'it', 'ja', 'nl', 'pl', 'pt', 'tr', 'zh'] as const;

let names: Readonly<Record<string, string>> | undefined;

export function languageNames(): Readonly<Record<string, string>> {
  if (names === undefined) {
    const english = new Intl.DisplayNames(['en'], { type: 'language' });
    names = Object.fromEntries(CODES.map((code) => [code, english.of(code) ?? code]));
  }
  return names;
}
