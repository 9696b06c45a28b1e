/** The knowledge of each site: what was imported for it, else the articles of the start; looked at again by itself. */
import type { Log } from '../lib/log.ts';
import type { Article } from './article.ts';
import type { ArticleStore } from './article-store.ts';
import { createKnowledge, type Knowledge } from './knowledge.ts';

export interface SiteKnowledge {
  /** Never waits: a site whose import is not read yet answers from the articles of the start. */
  of(siteId: string): Knowledge;
  /** Reads what has changed since; called by itself as well. */
  refresh(): Promise<void>;
  close(): void;
}

/** @param everyMs how late an import may be seen */
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
    log.info({ siteId, version, articles: found?.length ?? articles.length }, 'help articles were read');
  };
  const refresh = async () => {
    for (const siteId of siteIds())
      await refreshSite(siteId).catch((error: unknown) =>
        log.warn({ siteId, reason: String(error) }, 'help articles could not be read; the known ones stay'),
      );
  };
  const timer = setInterval(() => void refresh(), everyMs);

  return {
    of: (siteId) => imported.get(siteId) ?? common,
    refresh,
    close: () => clearInterval(timer),
  };
}
