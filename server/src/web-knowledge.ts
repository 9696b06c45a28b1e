/** Builds what administrators do with articles in a web process: sources and imports, guidance, and proposed articles. */
import type { Site } from '@firstword/shared/site';
import { createArticleProposals } from './article-proposals.ts';
import { createArticleStore } from './knowledge/article-store.ts';
import type { Metrics } from './lib/metrics.ts';
import { hidePersonalData } from './masking/mask-policy.ts';
import { createGuidanceAdmin } from './sources/guidance-admin.ts';
import { openSources } from './sources/open-sources.ts';
import type { RedisKeys } from './store/keys.ts';
import type { Publication } from './store/publication.ts';
import type { WebChat } from './web-chat.ts';
import type { WebConnections } from './web-connections.ts';
import type { WebAppSettings } from './web-settings.ts';

export interface WebKnowledgeParts {
  readonly connections: Pick<WebConnections, 'background'>;
  readonly keys: RedisKeys;
  readonly sites: ReadonlyMap<string, Site>;
  readonly metrics: Pick<Metrics, 'imports' | 'importSeconds'>;
  readonly chat: Pick<WebChat, 'knowledge' | 'writeDraft'>;
  readonly guidancePublication: Publication;
}

export function createWebKnowledge(
  { connections, keys, sites, metrics, chat, guidancePublication }: WebKnowledgeParts,
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
    proposals: createArticleProposals({
      store: records.proposals,
      gaps: records.gaps,
      archive: records.archive,
      knowledgeOf: chat.knowledge.of,
      siteName: (siteId) => sites.get(siteId)?.name ?? siteId,
      articles: sources.admin,
      ask: chat.writeDraft,
      hidePersonalData,
      log,
    }),
  };
}
