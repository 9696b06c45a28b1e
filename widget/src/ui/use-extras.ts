/** Loads the parts that few conversations need; a panel is drawn without them until then. */
import { type ReadonlySignal, signal } from '@preact/signals';
import { createContext } from 'preact';
import { useContext, useEffect } from 'preact/hooks';
import type { PanelTexts } from '../texts.ts';

export type Extras = typeof import('../extras.ts');

export interface ExtrasLoader {
  readonly extras: ReadonlySignal<Extras | undefined>;
  /** Undefined when loading fails; the next call tries again. */
  load(): Promise<Extras | undefined>;
  /** Loads, with the language where that is missing, too; says so where that fails. */
  want(): Promise<void>;
  /** After a change of the language. */
  loadTexts(): Promise<void>;
}

export function createExtrasLoader(language: PanelTexts): ExtrasLoader {
  const { texts, extraTexts, missing } = language;
  const extras = signal<Extras | undefined>(undefined);
  async function fill(loaded: Extras | undefined) {
    const { locale } = texts.value;
    const loadedTexts = await loaded?.loadExtraTexts(locale);
    // A file that arrives late must not override a later choice.
    if (loadedTexts && texts.value.locale === locale) extraTexts.value = loadedTexts;
  }
  async function load() {
    const loaded = extras.value ?? (await import('../extras.ts').catch(() => undefined));
    // Load the texts first, so that no part is drawn in English.
    await fill(loaded);
    extras.value = loaded;
    return loaded;
  }
  return {
    extras,
    load,
    async want() {
      if (missing.value) await language.load();
      if (!(await load())) missing.value = true;
    },
    loadTexts: () => fill(extras.value),
  };
}

export const ExtrasContext = createContext<ExtrasLoader | undefined>(undefined);

/** Undefined until loaded, or while not `wanted`. */
export function useExtras(wanted = true): Extras | undefined {
  const loader = useContext(ExtrasContext);
  useEffect(() => {
    if (wanted) void loader?.want();
  }, [wanted]);
  return wanted ? loader?.extras.value : undefined;
}
