/** The articles of each site in Redis, published there so that processes load them without PostgreSQL. */
import type { Redis } from '../lib/redis.ts';
import type { RedisKeys } from '../store/keys.ts';
import { type Article, readStoredArticles } from './article.ts';

export interface Publication {
  readonly version: string;
  /** False for what an earlier release has imported into Redis itself. */
  readonly isPublished: boolean;
}

export interface ArticleStore {
  /** In import order; undefined when the site has no articles of its own. */
  load(siteId: string): Promise<Article[] | undefined>;
  /** The same as JSON for `readStoredArticles`, which parses it in a worker thread, because it may be megabytes. */
  loadJson(siteId: string): Promise<Uint8Array | undefined>;
  /** Replaces all articles atomically: readers see either the old or the new ones. */
  publish(siteId: string, version: string, json: string): Promise<void>;
  /** The version of what `load` returns; cheap enough to poll. */
  version(siteId: string): Promise<string | undefined>;
  publication(siteId: string): Promise<Publication | undefined>;
  remove(siteId: string): Promise<void>;
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
    async publish(siteId, version, json) {
      // One command for all fields, so it is atomic and idempotent. An earlier release reads the first two.
      await redis.hset(keys.articles(siteId), { version, articles: json, published: version });
    },
    async version(siteId) {
      return (await redis.hget(keys.articles(siteId), 'version')) ?? undefined;
    },
    async publication(siteId) {
      const [version, published] = await redis.hmget(keys.articles(siteId), 'version', 'published');
      return typeof version === 'string' ? { version, isPublished: published === version } : undefined;
    },
    async remove(siteId) {
      await redis.del(keys.articles(siteId));
    },
  };
}
