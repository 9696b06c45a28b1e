/** Reads a source of any kind. */
import type { KnowledgeSource } from '@firstword/shared/knowledge';
import { phrase } from '../lib/phrase.ts';
import type { KnowledgeStore } from '../records/knowledge-store.ts';
import { createArticleParser } from './article-parser.ts';
import { readFolder, readUploads } from './read-files.ts';
import { readWeb } from './read-web.ts';
import { SourceError } from './source-error.ts';
import type { SourceSink } from './source-sink.ts';
import { createWebClient, WEB_CLIENT_SETTINGS, type WebClientSettings } from './web-client.ts';

/**
 * @param remembers false for a trial, which stores nothing
 * @throws SourceError when the source as a whole cannot be read; the reason of `signal` when that is aborted
 */
export type ReadSource = (
  source: Pick<KnowledgeSource, 'id' | 'origin'>,
  sink: SourceSink,
  signal: AbortSignal,
  remembers: boolean,
) => Promise<void>;

export function createSourceReader(store: KnowledgeStore, web: Partial<WebClientSettings> = {}): ReadSource {
  return async ({ id, origin }, sink, signal, remembers) => {
    const parser = createArticleParser();
    // Otherwise an import that is stopped, or a process that ends, waits for the file that is being parsed.
    const stop = () => void parser.close();
    signal.addEventListener('abort', stop, { once: true });
    try {
      switch (origin.kind) {
        case 'folder':
          return await readFolder(id, origin.path, parser, sink, signal);
        case 'upload':
          return await readUploads(id, store, parser, sink, signal);
        case 'manual':
          throw new SourceError('not-allowed', phrase`Articles that are written by hand are not imported.`);
        default: {
          const client = createWebClient({ ...WEB_CLIENT_SETTINGS, ...web });
          try {
            return await readWeb(origin, { sourceId: id, client, parser, store, remembers, sink, signal });
          } finally {
            await client.close();
          }
        }
      }
    } finally {
      signal.removeEventListener('abort', stop);
      await parser.close();
    }
  };
}
