/** Keeps each site's knowledge up to date: its imported articles, otherwise the default ones. */
import type { Log } from '../lib/log.ts';
import type { Article } from './article.ts';
import type { ArticleStore } from './article-store.ts';
import { createKnowledge, type Knowledge } from './knowledge.ts';

export interface SiteKnowledge {
  /** Synchronous: returns the default articles until the site's import is loaded. */
  of(siteId: string): Knowledge;
  /** Loads changed imports. Also runs on a timer. */
  refresh(): Promise<void>;
  close(): void;
}

/** @param everyMs the longest delay until an import is used */
export function createSiteKnowledge(
  store: Pick<ArticleStore, 'load' | 'version'>,
  siteIds: () => readonly string[],
  articles: readonly Article[],
  log: Log,
  everyMs = 5000,
): SiteKnowledge {
  const common = createKnowledge(articles);
  const imported = new Map<string, Knowledge>();

  const refreshSite = async (siteId: string) => {
    const version = await store.version(siteId);
    if (version === imported.get(siteId)?.version) return;
    const found = version === undefined ? undefined : await store.load(siteId);
    if (found === undefined) imported.delete(siteId);
    else imported.set(siteId, createKnowledge(found));
    log.info({ siteId, version, articles: found?.length ?? articles.length }, 'help articles loaded');
  };
  const refresh = async () => {
    for (const siteId of siteIds())
      await refreshSite(siteId).catch((error: unknown) =>
        log.warn({ siteId, reason: String(error) }, 'loading help articles failed, keeping the previous ones'),
      );
  };
  const timer = setInterval(() => void refresh(), everyMs);

  return {
    of: (siteId) => imported.get(siteId) ?? common,
    refresh,
    close: () => clearInterval(timer),
  };
}
