/** Loads the parts that few conversations need, after the panel is drawn. */
import type { Message } from '@firstword/shared/wire';
import { type ReadonlySignal, type Signal, signal } from '@preact/signals';
import { createContext } from 'preact';
import { useContext, useEffect } from 'preact/hooks';
import type { PanelTexts } from '../texts.ts';
import type { View } from './view.ts';

export type Extras = typeof import('../extras.ts');

export interface ExtrasLoader {
  /** What covers the conversation; undefined for nothing. Drawn by these parts. */
  readonly view: Signal<View | undefined>;
  /** An agent's reply to show beside the closed launcher. */
  readonly preview: Signal<Message | undefined>;
  readonly extras: ReadonlySignal<Extras | undefined>;
  /** Undefined when loading fails; the next call tries again. */
  load(): Promise<Extras | undefined>;
  /** Loads, with the language where that is missing, too; where that fails, it says so and tries again by itself. */
  want(): Promise<void>;
  /** After a change of the language. */
  loadTexts(): Promise<void>;
}

/** A deploy may have replaced the files. Each pause is twice as long as the one before. */
const FIRST_PAUSE_MS = 1000;

export function createExtrasLoader(language: PanelTexts): ExtrasLoader {
  const { texts, extraTexts, missing } = language;
  let pauseMs = FIRST_PAUSE_MS;
  let hasTexts = false;
  let next: ReturnType<typeof setTimeout> | undefined;
  const extras = signal<Extras | undefined>(undefined);
  async function fill(loaded: Extras | undefined) {
    const { locale } = texts.value;
    const loadedTexts = await loaded?.loadExtraTexts(locale);
    // A file that arrives late must not override a later choice.
    if (texts.value.locale !== locale) return;
    hasTexts = !!loadedTexts;
    if (loadedTexts) extraTexts.value = loadedTexts;
  }
  async function load() {
    const loaded = extras.value ?? (await import('../extras.ts').catch(() => undefined));
    // Load the texts first, so that no part is drawn in English.
    await fill(loaded);
    extras.value = loaded;
    return loaded;
  }
  async function want() {
    const hasLanguage = !missing.value || (await language.load());
    missing.value = !(await load()) || !hasTexts || !hasLanguage;
    // Several parts may be wanted at once.
    if (!missing.value || next) return;
    next = setTimeout(() => {
      next = undefined;
      void want();
    }, pauseMs);
    pauseMs *= 2;
  }
  return {
    view: signal<View | undefined>(undefined),
    preview: signal<Message | undefined>(undefined),
    extras,
    load,
    want,
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
