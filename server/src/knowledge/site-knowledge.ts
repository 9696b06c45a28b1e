/** Keeps each site's knowledge up to date: its imported articles, otherwise the default ones. */
import type { Log } from '../lib/log.ts';
import { startPeriodic } from '../lib/periodic.ts';
import { type Article, articlesVersion } from './article.ts';
import type { ArticleStore } from './article-store.ts';
import type { IndexBuilder } from './index-builder.ts';
import { createKnowledge, type Knowledge } from './knowledge.ts';

export interface SiteKnowledge {
  /** Synchronous: empty before the first `refresh`, then the default articles until the site's import is loaded. */
  of(siteId: string): Knowledge;
  /** Loads changed imports. Also runs on a timer. */
  refresh(): Promise<void>;
  close(): void;
}

export interface DefaultArticles {
  readonly articles: readonly Article[];
  /** The sites that may answer from them; all when absent. */
  readonly isFor?: ((siteId: string) => boolean) | undefined;
}

/** @param everyMs the longest delay until an import is used */
export function createSiteKnowledge(
  store: Pick<ArticleStore, 'loadJson' | 'version'>,
  siteIds: () => readonly string[],
  { articles, isFor = () => true }: DefaultArticles,
  indexes: Pick<IndexBuilder, 'build'>,
  log: Log,
  everyMs = 1000,
): SiteKnowledge {
  const none = createKnowledge([]);
  let common = none;
  const imported = new Map<string, Knowledge>();
  const of = (siteId: string) => imported.get(siteId) ?? (isFor(siteId) ? common : none);

  const refreshSite = async (siteId: string) => {
    const version = await store.version(siteId);
    if (version === imported.get(siteId)?.version) return;
    const found = version === undefined ? undefined : await store.loadJson(siteId);
    if (version === undefined || found === undefined) imported.delete(siteId);
    else imported.set(siteId, await indexes.build(version, found));
    log.info({ siteId, version, articles: of(siteId).size.articles }, 'help articles loaded');
  };
  const refresh = async () => {
    if (articles.length > 0 && common.size.articles === 0)
      common = await indexes.build(articlesVersion(articles), articles);
    for (const siteId of siteIds())
      await refreshSite(siteId).catch((error: unknown) =>
        log.warn({ siteId, reason: String(error) }, 'loading help articles failed, keeping the previous ones'),
      );
  };
  // A large import takes longer to index than the interval: one refresh at a time, so that it is not read again meanwhile.
  const refreshing = startPeriodic(refresh, everyMs, (reason) => log.warn({ reason }, 'loading help articles failed'));

  return {
    of,
    refresh,
    close: () => void refreshing.stop(),
  };
}
