/** What an administrator does with articles and versions, beside importing. Each change is published at once. */
import { type Article, articleSchema } from '@firstword/shared/article';
import type { SiteArticle, SourceVersion, VersionDiff } from '@firstword/shared/knowledge';
import { compareEntries } from '../records/entry-changes.ts';
import type { ArticleEntry, KnowledgeStore } from '../records/knowledge-store.ts';
import { toParsed } from './parse-job.ts';
import type { Publisher } from './publisher.ts';

export interface KnowledgeAdmin {
  /** Undefined when a version was never made or is too old. Version 0 has no articles. */
  diff(sourceId: string, from: number, to: number): Promise<VersionDiff | undefined>;
  /** Makes a new version with the articles of an earlier one. `unchanged`: they are those of the current one. */
  rollBack(sourceId: string, version: number, by: string): Promise<SourceVersion | 'unchanged' | undefined>;
  /** Those that were removed by hand included. */
  listArticles(siteId: string): Promise<SiteArticle[]>;
  readArticle(siteId: string, articleId: string): Promise<Article | undefined>;
  /** Adds an article, or replaces the one with its id, until `restoreArticle`. */
  writeArticle(siteId: string, article: Article, by: string): Promise<void>;
  /** Answers no longer use it, also after the next import. False when there is none. */
  removeArticle(siteId: string, articleId: string, by: string): Promise<boolean>;
  /** Undoes what was written or removed by hand. False when nothing was. */
  restoreArticle(siteId: string, articleId: string, by: string): Promise<boolean>;
}

export function createKnowledgeAdmin(
  store: KnowledgeStore,
  publisher: Pick<Publisher, 'merged' | 'imported'>,
  publish: () => Promise<void>,
): KnowledgeAdmin {
  const entriesOf = async (sourceId: string, version: number) =>
    version === 0 ? [] : store.loadEntries(sourceId, version);
  const editByHand = async (
    siteId: string,
    edit: (entries: readonly ArticleEntry[]) => readonly ArticleEntry[],
    about: { by: string; note: string },
  ) => {
    const { id } = await store.manualSource(siteId);
    const made = await store.editEntries(id, edit, about);
    await publish();
    return made;
  };
  const find = async (siteId: string, articleId: string) =>
    (await publisher.merged(siteId)).find(({ id }) => id === articleId);

  return {
    async diff(sourceId, from, to) {
      const [before, after] = [await entriesOf(sourceId, from), await entriesOf(sourceId, to)];
      if (before === undefined || after === undefined) return undefined;
      const { added, changed, removed } = compareEntries(before, after);
      const names = (entries: readonly ArticleEntry[]) => entries.map(({ id, title }) => ({ id, title }));
      return { from, to, added: names(added), changed: names(changed), removed: names(removed) };
    },
    async rollBack(sourceId, version, by) {
      const entries = await store.loadEntries(sourceId, version);
      if (entries === undefined) return undefined;
      const made = await store.editEntries(sourceId, () => entries, { by, note: `Rolled back to version ${version}` });
      await publish();
      return made ?? 'unchanged';
    },
    async listArticles(siteId) {
      const merged = await publisher.merged(siteId);
      return merged.map(({ id, title, sourceId, hash }) => ({ id, title, sourceId, hidden: hash === null }));
    },
    async readArticle(siteId, articleId) {
      const found = await find(siteId, articleId);
      if (found === undefined || found.hash === null) return undefined;
      const json = (await store.loadArticles(found.sourceId, [found.hash])).get(found.hash);
      return json === undefined ? undefined : articleSchema.parse({ ...JSON.parse(json), id: articleId });
    },
    async writeArticle(siteId, article, by) {
      const { id: sourceId } = await store.manualSource(siteId);
      const parsed = toParsed(article);
      await store.keepArticles(sourceId, [parsed]);
      const { id, title, hash } = parsed;
      const replace = (entries: readonly ArticleEntry[]) =>
        entries.some((entry) => entry.id === id)
          ? entries.map((entry) => (entry.id === id ? { id, title, hash } : entry))
          : [...entries, { id, title, hash }];
      await editByHand(siteId, replace, { by, note: `Wrote "${title}"` });
    },
    async removeArticle(siteId, articleId, by) {
      const found = await find(siteId, articleId);
      if (found === undefined || found.hash === null) return false;
      const { title } = found;
      const isImported = (await publisher.imported(siteId)).some(({ id }) => id === articleId);
      const remove = (entries: readonly ArticleEntry[]) => [
        ...entries.filter(({ id }) => id !== articleId),
        ...(isImported ? [{ id: articleId, title, hash: null }] : []),
      ];
      await editByHand(siteId, remove, { by, note: `Removed "${title}"` });
      return true;
    },
    async restoreArticle(siteId, articleId, by) {
      const drop = (entries: readonly ArticleEntry[]) => entries.filter(({ id }) => id !== articleId);
      return (await editByHand(siteId, drop, { by, note: `Restored "${articleId}"` })) !== undefined;
    },
  };
}
