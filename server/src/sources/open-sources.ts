/** Builds the parts that import and publish articles, for a web process and for commands. */
import type { ImportRun } from '@firstword/shared/knowledge';
import type { ArticleStore } from '../knowledge/article-store.ts';
import type { Log } from '../lib/log.ts';
import type { KnowledgeStore } from '../records/knowledge-store.ts';
import { createImporter, type Importer } from './importer.ts';
import { createKnowledgeAdmin, type KnowledgeAdmin } from './knowledge-admin.ts';
import { createPublisher, type Publisher } from './publisher.ts';
import { createSourceReader } from './read-source.ts';

export interface SourcesParts {
  readonly store: KnowledgeStore;
  readonly articles: ArticleStore;
  readonly siteIds: () => readonly string[];
  readonly privateHosts: readonly string[];
  readonly onEnd?: (state: ImportRun['state'], seconds: number) => void;
  readonly log: Log;
}

export interface Sources {
  readonly publisher: Publisher;
  readonly importer: Importer;
  readonly admin: KnowledgeAdmin;
  /** As `publisher.sync`; a failure is logged, because what is stored is published by the next call. */
  publish(): Promise<void>;
}

export function openSources({ store, articles, siteIds, privateHosts, onEnd, log }: SourcesParts): Sources {
  const publisher = createPublisher({ store, articles, siteIds, log });
  const publish = () =>
    publisher
      .sync()
      .catch((error: unknown) => log.warn({ reason: String(error) }, 'publishing articles failed; retrying'));
  const importer = createImporter({
    store,
    readSource: createSourceReader(store, { privateHosts }),
    publish,
    ...(onEnd === undefined ? {} : { onEnd }),
    log,
  });
  return { publisher, importer, admin: createKnowledgeAdmin(store, publisher, publish), publish };
}
