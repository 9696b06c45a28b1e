/** Builds what administrators do with articles in a web process: sources with their imports, and guidance. */
import type { Site } from '@firstword/shared/site';
import { createArticleStore } from '../knowledge/article-store.ts';
import type { Metrics } from '../lib/metrics.ts';
import { createGuidanceAdmin } from '../sources/guidance-admin.ts';
import { openSources } from '../sources/open-sources.ts';
import type { RedisKeys } from '../store/keys.ts';
import type { Publication } from '../store/publication.ts';
import type { WebConnections } from './web-connections.ts';
import type { WebAppSettings } from './web-settings.ts';

export interface WebKnowledgeParts {
  readonly connections: Pick<WebConnections, 'background'>;
  readonly keys: RedisKeys;
  readonly sites: ReadonlyMap<string, Site>;
  readonly metrics: Pick<Metrics, 'imports' | 'importSeconds'>;
  readonly guidancePublication: Publication;
}

export function createWebKnowledge(
  { connections, keys, sites, metrics, guidancePublication }: WebKnowledgeParts,
  { records, privateHosts = [], log }: Pick<WebAppSettings, 'records' | 'privateHosts' | 'log'>,
) {
  const sources = openSources({
    store: records.knowledge,
    articles: createArticleStore(connections.background, keys),
    siteIds: () => [...sites.keys()],
    privateHosts,
    onEnd: (state, seconds) => {
      metrics.imports.inc({ state });
      metrics.importSeconds.observe(seconds);
    },
    log,
  });
  return {
    sources,
    guidanceAdmin: createGuidanceAdmin({ store: records.guidance, publication: guidancePublication, log }),
  };
}
