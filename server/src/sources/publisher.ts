/**
 * Publishes each site's articles from PostgreSQL to Redis, where every process finds them, also after a restart without
 * PostgreSQL. Articles that an earlier release has stored in Redis are taken over as a source.
 */
import { createHash } from 'node:crypto';
import type { KnowledgeSource } from '@firstword/shared/knowledge';
import type { Article } from '../knowledge/article.ts';
import type { ArticleStore } from '../knowledge/article-store.ts';
import type { Log } from '../lib/log.ts';
import { isRedisOutage } from '../lib/redis-outage.ts';
import type { KnowledgeStore } from '../records/knowledge-store.ts';
import { RecordsError } from '../records/records-error.ts';
import { toParsed } from './parse-job.ts';
import { type MergedArticle, mergeSources, type SourceEntries } from './site-articles.ts';

export interface PublisherParts {
  readonly store: KnowledgeStore;
  readonly articles: ArticleStore;
  readonly siteIds: () => readonly string[];
  readonly log: Log;
}

export interface Publisher {
  /** Idempotent, and safe in several processes at once. */
  sync(): Promise<void>;
  /** The articles of a site as they are published, and those that were removed by hand. */
  merged(siteId: string): Promise<MergedArticle[]>;
  /** The same without what was changed by hand. */
  imported(siteId: string): Promise<MergedArticle[]>;
}

const BATCH = 200;

export function createPublisher({ store, articles, siteIds, log }: PublisherParts): Publisher {
  const merge = async (sources: readonly KnowledgeSource[]) => {
    const read: SourceEntries[] = [];
    for (const { id, version, origin } of sources)
      if (version > 0)
        read.push({ id, isManual: origin.kind === 'manual', entries: (await store.loadEntries(id, version)) ?? [] });
    return mergeSources(read);
  };

  /** The articles as a JSON text. It is put together from stored texts, because parsing them would stop the event loop. */
  const writeJson = async (merged: readonly MergedArticle[]) => {
    const texts = new Map<string, string>();
    for (const sourceId of new Set(merged.map((article) => article.sourceId))) {
      const hashes = merged.flatMap((article) => (article.sourceId === sourceId ? (article.hash ?? []) : []));
      for (const [hash, json] of await store.loadArticles(sourceId, hashes)) texts.set(`${sourceId} ${hash}`, json);
    }
    const list = merged.flatMap(({ id, ownId, sourceId, hash }) => {
      const json = texts.get(`${sourceId} ${hash}`);
      if (json === undefined) return [];
      return id === ownId ? json : JSON.stringify({ ...JSON.parse(json), id });
    });
    return `[${list.join(',')}]`;
  };

  const publish = async (siteId: string, state: string) => {
    const version = createHash('sha256').update(state).digest('base64url').slice(0, 12);
    const published = await articles.publication(siteId);
    if (published?.version === version) return;
    const sources = await store.listSources(siteId);
    // A version that was made since `state` was read is published by the next call.
    const merged = await merge(sources);
    await articles.publish(siteId, version, await writeJson(merged));
    log.info({ siteId, version, articles: merged.length }, 'articles published');
  };

  const syncSite = async (siteId: string, states: ReadonlyMap<string, string>) => {
    const found = await articles.publication(siteId);
    // Also what is published, when the database is a new one that has never seen this site.
    const isOnlyInRedis = found !== undefined && (!found.isPublished || !states.has(siteId));
    if (isOnlyInRedis) await takeOverArticles({ store, articles, log }, siteId);
    const state = (isOnlyInRedis ? await store.siteStates() : states).get(siteId) ?? '';
    if (state !== '') await publish(siteId, state);
    else if (found?.isPublished) await articles.remove(siteId);
  };

  return {
    merged: async (siteId) => merge(await store.listSources(siteId)),
    imported: async (siteId) =>
      merge((await store.listSources(siteId)).filter(({ origin }) => origin.kind !== 'manual')),
    async sync() {
      const states = await store.siteStates();
      for (const siteId of new Set([...siteIds(), ...states.keys()]))
        await syncSite(siteId, states).catch((error: unknown) => {
          if (error instanceof RecordsError || isRedisOutage(error)) throw error;
          log.error({ siteId, reason: String(error) }, 'publishing articles failed');
        });
    },
  };
}

/**
 * Makes a source of what Redis holds for a site. Idempotent: the same articles again change nothing.
 * @returns how many articles there were
 */
export async function takeOverArticles(
  { store, articles, log }: Pick<PublisherParts, 'store' | 'articles' | 'log'>,
  siteId: string,
): Promise<number> {
  const found: readonly Article[] = (await articles.load(siteId)) ?? [];
  const id = `imported-${siteId}`;
  await store.addSource({ id, siteId, name: 'Imported articles', origin: { kind: 'upload' } });
  const parsed = found.map(toParsed);
  for (let at = 0; at < parsed.length; at += BATCH) await store.keepArticles(id, parsed.slice(at, at + BATCH));
  const entries = parsed.map(({ id: articleId, title, hash }) => ({ id: articleId, title, hash }));
  const made = await store.editEntries(id, () => entries, { by: 'Upgrade', note: 'Taken over from Redis' });
  if (made !== undefined) log.info({ siteId, articles: found.length }, 'articles of an earlier release taken over');
  return found.length;
}
