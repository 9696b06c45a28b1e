/** The sites of a test console: their settings, their articles, and what answers are made of. */
import { createArticleProposals } from '@firstword/server/article-proposals';
import { defaultConfig } from '@firstword/server/config/config';
import { schemaTree } from '@firstword/server/config/config-json-schema';
import { siteSettingsSchema } from '@firstword/server/config/config-schema';
import { createConfiguredSites, createSettingSecrets } from '@firstword/server/configured-sites';
import type { ApiParts } from '@firstword/server/http/api';
import { createArticleStore } from '@firstword/server/knowledge/article-store';
import { createIndexBuilder } from '@firstword/server/knowledge/index-builder';
import { createSiteKnowledge } from '@firstword/server/knowledge/site-knowledge';
import type { Redis } from '@firstword/server/lib/redis';
import { hidePersonalData } from '@firstword/server/masking/mask-policy';
import type { Records } from '@firstword/server/records/records';
import { createSiteAdmin } from '@firstword/server/settings/site-admin';
import { createGuidanceAdmin } from '@firstword/server/sources/guidance-admin';
import { openSources } from '@firstword/server/sources/open-sources';
import type { RedisKeys } from '@firstword/server/store/keys';
import { createGuidancePublication } from '@firstword/server/store/publication';
import { silentLog } from './silent-log.ts';

export type ConsoleSites = ReturnType<typeof createConsoleSites>;

const previewAnswer: ApiParts['previewAnswer'] = async (_siteId, { tone }, question) => ({
  answer: `${tone}: ${question}`,
  coverage: 'covered',
  handsOff: false,
  sources: [],
  unsupported: [],
});

export function createConsoleSites(parts: {
  readonly redis: Redis;
  readonly keys: RedisKeys;
  readonly records: Records;
  readonly sites: ReadonlyMap<string, { readonly name: string }>;
  readonly appSecret: string;
  /** What a model drafts as an article. */
  readonly draft: string;
}) {
  const { redis, keys, records, sites, appSecret, draft } = parts;
  const { gaps } = records;
  const siteIds = () => [...sites.keys()];
  const articles = createArticleStore(redis, keys);
  const knowledge = createSiteKnowledge(articles, siteIds, { articles: [] }, createIndexBuilder(), silentLog, 100);
  const sources = openSources({ store: records.knowledge, articles, siteIds, privateHosts: [], log: silentLog });
  const { admin, importer } = sources;
  return {
    forApi: {
      sites,
      siteAdmin: createSiteAdmin({
        store: records.settings,
        live: createConfiguredSites({ ...defaultConfig(), sites: [], appSecret, log: silentLog }),
        check: defaultConfig().checkSite,
        secrets: createSettingSecrets(appSecret),
        fileName: 'firstword.config.json',
        publish: async () => {},
      }),
      siteSettingsSchema: schemaTree(siteSettingsSchema),
      knowledgeOf: knowledge.of,
      knowledgeStore: records.knowledge,
      knowledgeAdmin: admin,
      importer,
      publishArticles: sources.publish,
      gaps,
      guidance: createGuidanceAdmin({
        store: records.guidance,
        publication: createGuidancePublication(redis, keys),
        log: silentLog,
      }),
      previewAnswer,
      cases: records.cases,
      hidePersonalData,
      proposals: createArticleProposals({
        store: records.proposals,
        gaps,
        archive: records.archive,
        knowledgeOf: knowledge.of,
        siteName: () => 'Acme',
        articles: admin,
        ask: async () => draft,
        hidePersonalData,
        log: silentLog,
      }),
    },
    async close(): Promise<void> {
      await importer.close();
      knowledge.close();
    },
  };
}
