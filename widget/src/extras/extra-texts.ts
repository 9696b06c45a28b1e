/** Loads the texts of the parts that are fetched on demand, in the visitor's language. */
import { useContext } from 'preact/hooks';
import { type ExtraTexts, extraTexts as english } from '../languages/extra-texts-en.ts';
import { TextsContext } from '../texts.ts';

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

/** `language` is `texts.locale`. Undefined when its file could not be loaded: the parts are English until then. */
export async function loadExtraTexts(language: string): Promise<ExtraTexts | undefined> {
  const load = EXTRA_TEXT_LANGUAGES[language];
  return load ? (await load().catch(() => undefined))?.extraTexts : english;
}

export const useExtraTexts = (): ExtraTexts => useContext(TextsContext).extraTexts.value ?? english;
