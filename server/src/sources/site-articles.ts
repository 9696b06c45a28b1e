/** Merges the sources of a site: what is written by hand outranks the others, and no source overwrites another. Pure. */
import type { ArticleEntry } from '../records/knowledge-store.ts';

export interface SourceEntries {
  readonly id: string;
  readonly isManual: boolean;
  readonly entries: readonly ArticleEntry[];
}

/** An article of a site. */
export interface MergedArticle {
  /** Unique in the site. */
  readonly id: string;
  readonly title: string;
  readonly sourceId: string;
  /** Its id in its source. */
  readonly ownId: string;
  /** `null`: removed by hand. */
  readonly hash: string | null;
}

/** Of two sources with the same id, the earlier one keeps it, and the other's article gets an id with its source's. */
export function mergeSources(sources: readonly SourceEntries[]): MergedArticle[] {
  const merged = new Map<string, MergedArticle>();
  for (const { id: sourceId, isManual, entries } of sources) {
    if (isManual) continue;
    for (const { id: ownId, title, hash } of entries) {
      const id = merged.has(ownId) ? `${sourceId.slice(0, 8)}/${ownId}`.slice(0, 200) : ownId;
      if (!merged.has(id)) merged.set(id, { id, title, sourceId, ownId, hash });
    }
  }
  for (const { id: sourceId, isManual, entries } of sources)
    if (isManual) for (const { id, title, hash } of entries) merged.set(id, { id, title, sourceId, ownId: id, hash });
  return [...merged.values()];
}
