/** Names of languages, in the console's language. */

/** An unknown code is returned unchanged. */
export function languageName(locale: string): string {
  try {
    return new Intl.DisplayNames('en', { type: 'language' }).of(locale) ?? locale;
  } catch {
    return locale;
  }
}
