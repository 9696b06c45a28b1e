/** Stores the articles of each site in Redis, so that all processes use the same ones. */
import type { Redis } from '../lib/redis.ts';
import type { RedisKeys } from '../store/keys.ts';
import { type Article, articlesVersion, readStoredArticles } from './article.ts';

export interface ArticleStore {
  /** In import order; undefined when the site has no articles of its own. */
  load(siteId: string): Promise<Article[] | undefined>;
  /** The same as JSON for `readStoredArticles`, which parses it in a worker thread, because it may be megabytes. */
  loadJson(siteId: string): Promise<Uint8Array | undefined>;
  /** Replaces all articles atomically: readers see either the old or the new ones. */
  replace(siteId: string, articles: readonly Article[]): Promise<{ version: string }>;
  /** The version of what `load` returns; cheap enough to poll. */
  version(siteId: string): Promise<string | undefined>;
  /** False when the site had no articles. */
  remove(siteId: string): Promise<boolean>;
}

export function createArticleStore(redis: Redis, keys: Pick<RedisKeys, 'articles'>): ArticleStore {
  return {
    async load(siteId) {
      const json = await redis.hget(keys.articles(siteId), 'articles');
      return json === null ? undefined : readStoredArticles(json);
    },
    async loadJson(siteId) {
      return (await redis.hgetBuffer(keys.articles(siteId), 'articles')) ?? undefined;
    },
    async replace(siteId, articles) {
      const version = articlesVersion(articles);
      // One command for both fields, so it is atomic and idempotent.
      await redis.hset(keys.articles(siteId), { version, articles: JSON.stringify(articles) });
      return { version };
    },
    async version(siteId) {
      return (await redis.hget(keys.articles(siteId), 'version')) ?? undefined;
    },
    async remove(siteId) {
      return (await redis.del(keys.articles(siteId))) > 0;
    },
  };
}
