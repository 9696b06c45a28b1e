/** Finds the sources that an answer cites. */
import type { Citation } from '@firstword/shared/wire';
import { excerpt } from './excerpt.ts';
import type { Source } from './prompt.ts';

/** In the order of their first mark; a mark without a matching source is ignored. */
export function citedSources(text: string, sources: readonly Source[]): Citation[] {
  const byNumber = new Map(sources.map((source) => [source.n, source]));
  const cited = new Map<number, Citation>();
  for (const [, digits] of text.matchAll(/\[(\d{1,2})\]/g)) {
    const source = byNumber.get(Number(digits));
    if (source !== undefined && !cited.has(source.n))
      cited.set(source.n, { n: source.n, title: source.title, url: source.url, excerpt: excerpt(source.text) });
  }
  return [...cited.values()];
}
