/** Loads the texts of the visitor's language. English is built in; each other language is a file that is fetched on demand. */
import { languageOf } from '@firstword/shared/language';
import { type ReadonlySignal, type Signal, signal } from '@preact/signals';
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { ExtraTexts } from './languages/extra-texts-en.ts';
import { texts as english, type Texts } from './languages/texts-en.ts';

/** Every language besides English, each in a file that is fetched on demand. */
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

/** The language of one panel. Two chats on a page may differ. */
export interface PanelTexts {
  readonly texts: ReadonlySignal<Texts>;
  /** Of the parts that are fetched on demand; undefined until then. */
  readonly extraTexts: Signal<ExtraTexts | undefined>;
  /** A file that is wanted could not be loaded: a language, or the parts that are fetched on demand. */
  readonly missing: Signal<boolean>;
  /** `de-AT` uses `de`; an unknown language uses English. Without a locale: the last one again. False when it could not be loaded. */
  load(locale?: string): Promise<boolean>;
}

/** `onLoad` is called once a language is there: until then the launcher keeps its own texts in that language. */
export function createTexts(onLoad?: (texts: Texts) => void): PanelTexts {
  const texts = signal(english);
  const missing = signal(false);
  let requested = 'en';
  return {
    texts,
    extraTexts: signal<ExtraTexts | undefined>(undefined),
    missing,
    async load(locale = requested) {
      const language = languageOf(locale);
      const load = LANGUAGES[language];
      requested = language;
      const loaded = load ? await load().catch(() => undefined) : { texts: english };
      // A file that arrives late must not override a later choice.
      if (requested === language) {
        texts.value = loaded?.texts ?? english;
        missing.value ||= !loaded;
        onLoad?.(texts.value);
      }
      return !!loaded;
    },
  };
}

export const TextsContext = createContext(createTexts());
export const useTexts = (): Texts => useContext(TextsContext).texts.value;
