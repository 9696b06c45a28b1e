/** The articles of each site in Redis, so that every process answers from the same ones. */
import type { Redis } from 'ioredis';
import { z } from 'zod';
import type { RedisKeys } from '../store/keys.ts';
import { type Article, articleSchema, articlesVersion } from './article.ts';

export interface ArticleStore {
  /** In the order in which they were given; undefined when the site has none of its own. */
  load(siteId: string): Promise<Article[] | undefined>;
  /** Puts these in the place of all others, in one step. Readers see the old or the new ones, never some of each. */
  replace(siteId: string, articles: readonly Article[]): Promise<{ version: string }>;
  /** Of what `load` would give; cheap enough to ask every few seconds. Undefined when the site has none of its own. */
  version(siteId: string): Promise<string | undefined>;
  /** False when there was nothing to remove. */
  remove(siteId: string): Promise<boolean>;
}

const articlesSchema = z.array(articleSchema);

export function createArticleStore(redis: Redis, keys: Pick<RedisKeys, 'articles'>): ArticleStore {
  return {
    async load(siteId) {
      const json = await redis.hget(keys.articles(siteId), 'articles');
      return json === null ? undefined : articlesSchema.parse(JSON.parse(json));
    },
    async replace(siteId, articles) {
      const version = articlesVersion(articles);
      // One command with both fields: sent twice it has the same effect, and no reader can come between.
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
