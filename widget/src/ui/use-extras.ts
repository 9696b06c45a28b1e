/** Fetches the parts that few conversations need; the panel draws without them until they are there. */
import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { texts } from '../texts.ts';

export type Extras = typeof import('../extras.ts');

export const extras = signal<Extras | undefined>(undefined);

/** Undefined when they cannot be fetched; the next call tries again. */
export async function loadExtras(): Promise<Extras | undefined> {
  const loaded = extras.value ?? (await import('../extras.ts').catch(() => undefined));
  // In the visitor's language from the first moment.
  await loaded?.loadExtraTexts(texts.value.locale);
  extras.value = loaded;
  return loaded;
}

/** Undefined until they are there, or while they are not `wanted`. */
export function useExtras(wanted = true): Extras | undefined {
  useEffect(() => {
    if (wanted) void loadExtras();
  }, [wanted]);
  return wanted ? extras.value : undefined;
}
