/** Loads the parts that few conversations need; the panel is drawn without them until then. */
import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { texts } from '../texts.ts';

export type Extras = typeof import('../extras.ts');

export const extras = signal<Extras | undefined>(undefined);

/** Undefined when loading fails; the next call tries again. */
export async function loadExtras(): Promise<Extras | undefined> {
  const loaded = extras.value ?? (await import('../extras.ts').catch(() => undefined));
  // Load the texts first, so that no part is drawn in English.
  await loaded?.loadExtraTexts(texts.value.locale);
  extras.value = loaded;
  return loaded;
}

/** Undefined until loaded, or while not `wanted`. */
export function useExtras(wanted = true): Extras | undefined {
  useEffect(() => {
    if (wanted) void loadExtras();
  }, [wanted]);
  return wanted ? extras.value : undefined;
}
