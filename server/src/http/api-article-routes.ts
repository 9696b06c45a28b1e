/** A site's articles and their versions, a trial of the search, and what the articles do not cover. For administrators. */
import { type Article, articleSchema } from '@firstword/shared/article';
import {
  type ArticleDetail,
  articleChangeSchema,
  articleChoiceSchema,
  articleDetailSchema,
  diffQuerySchema,
  gapListSchema,
  type SearchTrial,
  searchRequestSchema,
  searchTrialSchema,
  siteArticleListSchema,
  siteQuerySchema,
  type VersionDiff,
  versionChoiceSchema,
  versionDiffSchema,
  versionListSchema,
} from '@firstword/shared/knowledge';
import { explainSearch } from '../knowledge/explain-search.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';
import type { GapStore } from '../records/gap-store.ts';
import type { KnowledgeStore } from '../records/knowledge-store.ts';
import type { KnowledgeAdmin } from '../sources/knowledge-admin.ts';
import { ApiRefusal } from './api-refusal.ts';
import { type ApiRoute, routeForAgents } from './api-route.ts';
import { type ApiSites, checkSite, refusalAt } from './api-sites.ts';
import { articleChanged, knowledgeChanged } from './audit-events.ts';

export interface ArticleRouteParts {
  readonly knowledgeOf: (siteId: string) => Knowledge;
  readonly knowledgeStore: KnowledgeStore;
  readonly knowledgeAdmin: KnowledgeAdmin;
  readonly gaps: GapStore;
}

const GAPS_SHOWN = 100;
/** An article of the largest size, in UTF-8 and JSON. */
const ARTICLE_BODY = '1mb';

export function createArticleRoutes(parts: ArticleRouteParts): ApiRoute[] {
  const { knowledgeOf, knowledgeStore: store, knowledgeAdmin: admin, gaps } = parts;
  const findSource = async (id: string, sites: ApiSites) => {
    const source = await store.loadSource(id);
    if (source === undefined || !sites.has(source.siteId))
      throw refusalAt(sites, source?.siteId, 'There is no such source.');
    return source;
  };
  const noVersion = () => new ApiRefusal('not-found', 'There is no such version. The last 20 of a source are kept.');
  const refusals = ['not-found'] as const;

  return [
    routeForAgents(
      {
        method: 'get',
        path: '/knowledge/sources/{id}/versions',
        summary: 'Lists the versions of a source, newest first.',
        answer: { status: 200, schema: versionListSchema },
        refusals,
      },
      async ({ id }, { sites }) => {
        await findSource(id, sites);
        return { versions: await store.listVersions(id) };
      },
    ),
    routeForAgents(
      {
        method: 'get',
        path: '/knowledge/sources/{id}/diff',
        summary: 'Lists the articles that differ between two versions of a source. Version 0 has none.',
        query: diffQuerySchema,
        answer: { status: 200, schema: versionDiffSchema },
        refusals,
      },
      async ({ id, query: { from, to } }, { sites }): Promise<VersionDiff> => {
        await findSource(id, sites);
        return (await admin.diff(id, from, to)) ?? Promise.reject(noVersion());
      },
    ),
    routeForAgents(
      {
        method: 'post',
        path: '/knowledge/sources/{id}/roll-back',
        summary: 'Makes the articles of an earlier version the current ones, as a new version.',
        body: versionChoiceSchema,
        answer: { status: 200, schema: versionListSchema },
        refusals,
      },
      async ({ id, body: { version }, audit }, { agent, sites }) => {
        const { siteId, name } = await findSource(id, sites);
        if ((await admin.rollBack(id, version, agent.name)) === undefined) throw noVersion();
        const target = { kind: 'source', id, name };
        await audit(knowledgeChanged({ siteId, change: 'rolled back', target, after: { version } }));
        return { versions: await store.listVersions(id) };
      },
    ),
    routeForAgents(
      {
        method: 'get',
        path: '/knowledge/articles',
        summary: "Lists a site's articles, with those that were removed by hand.",
        query: siteQuerySchema,
        answer: { status: 200, schema: siteArticleListSchema },
        refusals,
      },
      async ({ query: { site } }, { sites }) => {
        checkSite(sites, site);
        return { articles: await admin.listArticles(site) };
      },
    ),
    routeForAgents(
      {
        method: 'get',
        path: '/knowledge/article',
        summary: 'Returns one article with its text, and the articles that are its translations.',
        query: articleChoiceSchema,
        answer: { status: 200, schema: articleDetailSchema },
        refusals,
      },
      async ({ query: { site, article } }, { sites }): Promise<ArticleDetail> => {
        checkSite(sites, site);
        const found = await admin.readArticle(site, article);
        if (found === undefined) throw new ApiRefusal('not-found', `There is no article "${article}".`);
        return { ...found, alsoIn: knowledgeOf(site).translationsOf(article) };
      },
    ),
    routeForAgents(
      {
        method: 'post',
        path: '/knowledge/articles',
        summary: 'Writes an article by hand. It outranks an imported one with the same id, also after the next import.',
        body: articleChangeSchema,
        bodyMax: ARTICLE_BODY,
        answer: { status: 200, schema: articleSchema },
        refusals,
      },
      async ({ body: { site, article }, audit }, { agent, sites }): Promise<Article> => {
        checkSite(sites, site);
        await admin.writeArticle(site, article, agent.name);
        await audit(articleChanged(site, 'article written', article));
        return article;
      },
    ),
    routeForAgents(
      {
        method: 'post',
        path: '/knowledge/articles/remove',
        summary: 'Removes an article by hand, also from later imports.',
        body: articleChoiceSchema,
        answer: { status: 204 },
        refusals,
      },
      async ({ body: { site, article }, audit }, { agent, sites }) => {
        checkSite(sites, site);
        if (!(await admin.removeArticle(site, article, agent.name)))
          throw new ApiRefusal('not-found', `There is no article "${article}".`);
        await audit(articleChanged(site, 'article removed', { id: article }));
      },
    ),
    routeForAgents(
      {
        method: 'post',
        path: '/knowledge/articles/restore',
        summary: 'Undoes what was written or removed by hand under an id.',
        body: articleChoiceSchema,
        answer: { status: 204 },
        refusals,
      },
      async ({ body: { site, article }, audit }, { agent, sites }) => {
        checkSite(sites, site);
        if (!(await admin.restoreArticle(site, article, agent.name)))
          throw new ApiRefusal('not-found', `Nothing was written or removed by hand under the id "${article}".`);
        await audit(articleChanged(site, 'article restored', { id: article }));
      },
    ),
    routeForAgents(
      {
        method: 'get',
        path: '/knowledge/search',
        summary: 'Searches as an answer to this question would, with scores and the words that each passage matches.',
        query: searchRequestSchema,
        answer: { status: 200, schema: searchTrialSchema },
        refusals,
      },
      async ({ query: { site, question } }, { sites }): Promise<SearchTrial> => {
        checkSite(sites, site);
        return explainSearch(knowledgeOf(site), question);
      },
    ),
    routeForAgents(
      {
        method: 'get',
        path: '/knowledge/gaps',
        summary: 'Lists the topics that visitors asked about and the articles do not cover, the most frequent first.',
        query: siteQuerySchema,
        answer: { status: 200, schema: gapListSchema },
        refusals,
      },
      async ({ query: { site } }, { sites }) => {
        checkSite(sites, site);
        return { gaps: await gaps.list(site, GAPS_SHOWN) };
      },
    ),
    routeForAgents(
      {
        method: 'delete',
        path: '/knowledge/gaps/{id}',
        summary: 'Takes a topic off the list. It comes back with the next question about it that is not covered.',
        answer: { status: 204 },
        refusals,
      },
      async ({ id, audit }, { sites }) => {
        if (!(await gaps.remove(id, [...sites.keys()]))) throw new ApiRefusal('not-found', 'There is no such gap.');
        await audit(knowledgeChanged({ change: 'gap dismissed', target: { kind: 'gap', id } }));
      },
    ),
  ];
}
