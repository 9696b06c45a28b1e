/** The name of a language for a model's instructions. */

const names = new Intl.DisplayNames('en', { type: 'language' });

/** In English; of an unknown code, the code itself. */
export function languageName(code: string): string {
  return names.of(code) ?? code;
}
