/** Compares the articles of two versions. Pure. */
import type { ChangeCounts } from '@firstword/shared/knowledge';
import type { ArticleEntry } from './knowledge-store.ts';

export interface EntryChanges {
  readonly added: readonly ArticleEntry[];
  readonly changed: readonly ArticleEntry[];
  readonly removed: readonly ArticleEntry[];
}

export function compareEntries(before: readonly ArticleEntry[], after: readonly ArticleEntry[]): EntryChanges {
  const old = new Map(before.map((entry) => [entry.id, entry]));
  const ids = new Set(after.map(({ id }) => id));
  return {
    added: after.filter(({ id }) => !old.has(id)),
    changed: after.filter(({ id, hash }) => old.has(id) && old.get(id)?.hash !== hash),
    removed: before.filter(({ id }) => !ids.has(id)),
  };
}

export const countChanges = ({ added, changed, removed }: EntryChanges): ChangeCounts => ({
  added: added.length,
  changed: changed.length,
  removed: removed.length,
});

export const hasChanges = ({ added, changed, removed }: ChangeCounts): boolean => added + changed + removed > 0;

/** Hidden ones are not articles. */
export const articleCount = (entries: readonly ArticleEntry[]): number =>
  entries.filter(({ hash }) => hash !== null).length;
