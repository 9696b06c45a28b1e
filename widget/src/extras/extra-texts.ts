/** Loads the texts of the parts that are fetched on demand, in the visitor's language. */
import { signal } from '@preact/signals';
import { type ExtraTexts, extraTexts as english } from '../languages/extra-texts-en.ts';

export const EXTRA_TEXT_LANGUAGES: Readonly<Record<string, () => Promise<{ extraTexts: ExtraTexts }>>> = {
  de: () => import('../languages/extra-texts-de.ts'),
  fr: () => import('../languages/extra-texts-fr.ts'),
  es: () => import('../languages/extra-texts-es.ts'),
  pt: () => import('../languages/extra-texts-pt.ts'),
  it: () => import('../languages/extra-texts-it.ts'),
  nl: () => import('../languages/extra-texts-nl.ts'),
  pl: () => import('../languages/extra-texts-pl.ts'),
  tr: () => import('../languages/extra-texts-tr.ts'),
  ja: () => import('../languages/extra-texts-ja.ts'),
  zh: () => import('../languages/extra-texts-zh.ts'),
  ar: () => import('../languages/extra-texts-ar.ts'),
  he: () => import('../languages/extra-texts-he.ts'),
};

export const extraTexts = signal(english);
let requested = 'en';

/** `language` is `texts.locale`. */
export async function loadExtraTexts(language: string): Promise<void> {
  const load = EXTRA_TEXT_LANGUAGES[language];
  requested = language;
  const loaded = await load?.().catch(() => undefined);
  // A file that arrives late must not override a later choice.
  if (requested === language) extraTexts.value = loaded?.extraTexts ?? english;
}
