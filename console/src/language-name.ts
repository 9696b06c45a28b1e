/** Names of languages, in the console's language. */
import { locale } from './texts/translated.ts';

const WIDGET_LANGUAGES = ['ar', 'de', 'en', 'es', 'fr', 'he', 'it', 'ja', 'nl', 'pl', 'pt', 'tr', 'zh'] as const;

const names = new Intl.DisplayNames(locale, { type: 'language' });

/** An unknown code is returned unchanged. */
export function languageName(locale: string): string {
  try {
    return names.of(locale) ?? locale;
  } catch {
    return locale;
  }
}

/** Those that the widget speaks, by their code. */
export function languageNames(): Readonly<Record<string, string>> {
  return Object.fromEntries(WIDGET_LANGUAGES.map((code) => [code, languageName(code)]));
}
