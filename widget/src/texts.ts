/** Loads the texts of the visitor's language. English is built in; each other language is a file that is fetched on demand. */
import { signal } from '@preact/signals';
import { texts as english, type Texts } from './languages/texts-en.ts';

/** One entry for each language besides English; each is a file of its own that is fetched when needed. */
export const LANGUAGES: Readonly<Record<string, () => Promise<{ texts: Texts }>>> = {
  de: () => import('./languages/texts-de.ts'),
  fr: () => import('./languages/texts-fr.ts'),
  es: () => import('./languages/texts-es.ts'),
  pt: () => import('./languages/texts-pt.ts'),
  it: () => import('./languages/texts-it.ts'),
  nl: () => import('./languages/texts-nl.ts'),
  pl: () => import('./languages/texts-pl.ts'),
  tr: () => import('./languages/texts-tr.ts'),
  ja: () => import('./languages/texts-ja.ts'),
  zh: () => import('./languages/texts-zh.ts'),
  ar: () => import('./languages/texts-ar.ts'),
  he: () => import('./languages/texts-he.ts'),
};

export const texts = signal(english);
let asked = 'en';

/** Takes the nearest language there is: `de-AT` is served by `de`, an unknown one by English. */
export async function loadTexts(locale: string): Promise<void> {
  const language = locale.toLowerCase().split('-')[0] ?? 'en';
  const load = LANGUAGES[language];
  asked = language;
  const loaded = load ? await load().catch(() => undefined) : undefined;
  // A file that comes late must not undo a later choice.
  if (asked === language) texts.value = loaded?.texts ?? english;
}
