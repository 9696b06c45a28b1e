/** Reads one page after another, and only what has changed since the import before. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Phrase } from '@firstword/shared/phrase';
import { phrase } from '../lib/phrase.ts';
import type { CrawledPage, KnowledgeStore } from '../records/knowledge-store.ts';
import type { ArticleParser } from './article-parser.ts';
import type { ParsedArticle } from './parse-job.ts';
import type { SourceSink } from './source-sink.ts';
import { UnreadableError } from './unreadable-error.ts';
import type { WebClient } from './web-client.ts';

export interface PageReaderParts {
  readonly sourceId: string;
  readonly client: WebClient;
  readonly parser: ArticleParser;
  readonly store: Pick<KnowledgeStore, 'loadPage' | 'savePage' | 'loadArticles'>;
  /** False for a trial, which stores nothing. */
  readonly remembers: boolean;
  /** Between two requests. */
  readonly delayMs?: number;
  readonly sink: SourceSink;
  readonly signal: AbortSignal;
}

export interface ReadPage {
  readonly links: readonly string[];
  /** Why the page could not be read. */
  readonly failed?: Phrase;
}

export type PageReader = (url: string, mayFollow: (url: string) => Phrase | undefined) => Promise<ReadPage>;

export function createPageReader(parts: PageReaderParts): PageReader {
  const { sourceId, client, parser, store, remembers, delayMs = 0, sink, signal } = parts;
  const ids = new Set<string>();
  let isFirst = true;

  /** Pages with the same canonical URL hold the same article. */
  const keepNew = async (articles: readonly ParsedArticle[]) => {
    const unseen = articles.filter(({ id }) => !ids.has(id));
    for (const { id } of unseen) ids.add(id);
    await sink.keep(unseen);
  };
  /** Undefined unless everything that the page held is still stored. */
  const recall = async (url: string) => {
    const page = await store.loadPage(sourceId, url);
    if (page === undefined) return undefined;
    const stored = await store.loadArticles(
      sourceId,
      page.entries.map(({ hash }) => hash),
    );
    const articles = page.entries.flatMap(({ id, title, hash }): ParsedArticle[] => {
      const json = stored.get(hash);
      return json === undefined ? [] : [{ id, title, hash, json }];
    });
    return articles.length === page.entries.length ? { page, articles } : undefined;
  };

  return async (url, mayFollow) => {
    if (!isFirst) await pause(delayMs, undefined, { signal });
    isFirst = false;
    const known = await recall(url);
    const answer = await client.get(url, {
      signal,
      mayFollow,
      ...(known === undefined ? {} : { conditions: known.page }),
    });
    if (answer.kind === 'content') {
      const entries: CrawledPage['entries'] = [];
      try {
        const { url: foundAt, type, bytes, etag, lastModified } = answer;
        const { skipped, links } = await parser.parse(
          { kind: 'page', sourceId, url: foundAt, type, bytes },
          async (articles) => {
            entries.push(...articles.map(({ id, title, hash }) => ({ id, title, hash })));
            await keepNew(articles);
          },
        );
        for (const reason of skipped) sink.problem(reason);
        const inOrigin = links.filter((link) => new URL(link).origin === new URL(url).origin);
        if (remembers) await store.savePage(sourceId, url, { etag, lastModified, entries, links: inOrigin });
        return { links: inOrigin };
      } catch (error) {
        signal.throwIfAborted();
        if (!(error instanceof UnreadableError)) throw error;
        return { links: [], failed: error.phrase };
      }
    }
    if (known !== undefined && (answer.kind === 'unchanged' || answer.isTemporary)) {
      await keepNew(known.articles);
      if (answer.kind === 'failed') sink.problem(phrase`${url}: ${answer.reason}; what the last import read is kept`);
      return { links: known.page.links };
    }
    return {
      links: [],
      failed: answer.kind === 'failed' ? answer.reason : phrase`the server says that it is unchanged`,
    };
  };
}
