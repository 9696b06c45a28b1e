/** The REST client of the Knowledge page. */
import type { Article } from '@firstword/shared/article';
import type { NewCase, SavedCase } from '@firstword/shared/evaluation-case';
import type { AnswerPreview, Guidance, GuidanceView } from '@firstword/shared/guidance';
import type {
  ArticleDetail,
  ImportRun,
  ImportRunDetail,
  KnowledgeGap,
  KnowledgeOverview,
  KnowledgeSource,
  SearchTrial,
  SiteArticle,
  SourceChange,
  SourceOrigin,
  SourceVersion,
  VersionDiff,
} from '@firstword/shared/knowledge';
import type { Proposal } from '@firstword/shared/proposal';
import type { Result } from './api-result.ts';

export interface NewSource {
  readonly site: string;
  readonly origin: SourceOriginInput;
  readonly everyHours?: number;
}
/** What the server adds defaults to. */
type Input<Origin> = Origin extends { url: string }
  ? Pick<Origin, 'kind' & keyof Origin> & { url: string } & Partial<Omit<Origin, 'kind' | 'url'>>
  : Origin;
export type SourceOriginInput = Input<Exclude<SourceOrigin, { kind: 'folder' | 'manual' }>>;

/** What the console writes of an article. */
export type ArticleInput = Pick<Article, 'id' | 'title' | 'url' | 'body'>;

export interface KnowledgeApi {
  read(site: string | undefined): Promise<Result<KnowledgeOverview>>;
  addSource(source: NewSource): Promise<Result<KnowledgeSource>>;
  changeSource(id: string, change: SourceChange): Promise<Result<KnowledgeSource>>;
  removeSource(id: string): Promise<Result<unknown>>;
  upload(id: string, path: string, file: Blob): Promise<Result<unknown>>;
  run(id: string): Promise<Result<ImportRun>>;
  readRun(id: string): Promise<Result<ImportRunDetail>>;
  stop(runId: string): Promise<Result<unknown>>;
  readVersions(id: string): Promise<Result<{ versions: SourceVersion[] }>>;
  readDiff(id: string, from: number, to: number): Promise<Result<VersionDiff>>;
  rollBack(id: string, version: number): Promise<Result<{ versions: SourceVersion[] }>>;
  search(site: string, question: string): Promise<Result<SearchTrial>>;
  readArticles(site: string): Promise<Result<{ articles: SiteArticle[] }>>;
  readArticle(site: string, article: string): Promise<Result<ArticleDetail>>;
  writeArticle(site: string, article: Article): Promise<Result<unknown>>;
  removeArticle(site: string, article: string): Promise<Result<unknown>>;
  restoreArticle(site: string, article: string): Promise<Result<unknown>>;
  readGaps(site: string): Promise<Result<{ gaps: KnowledgeGap[] }>>;
  removeGap(id: string): Promise<Result<unknown>>;
  readProposals(site: string): Promise<Result<{ proposals: Proposal[] }>>;
  draftArticle(site: string, gap: string): Promise<Result<Proposal>>;
  acceptProposal(id: string, article: ArticleInput): Promise<Result<Proposal>>;
  rejectProposal(id: string): Promise<Result<Proposal>>;
  /** Of a site, or only of one of its conversations. */
  readCases(site: string, conversation?: string): Promise<Result<{ cases: SavedCase[] }>>;
  addCase(written: NewCase): Promise<Result<SavedCase>>;
  removeCase(id: string): Promise<Result<unknown>>;
  readGuidance(site: string): Promise<Result<GuidanceView>>;
  saveGuidance(site: string, guidance: Guidance, expectedVersion: number): Promise<Result<GuidanceView>>;
  rollBackGuidance(site: string, version: number): Promise<Result<GuidanceView>>;
  previewAnswer(site: string, guidance: Guidance | undefined, question: string): Promise<Result<AnswerPreview>>;
}

export interface Senders {
  send<T>(method: string, path: string, body?: object): Promise<Result<T>>;
  /** For reads and for idempotent writes. */
  sendWithRetries<T>(method: string, path: string, body?: object): Promise<Result<T>>;
}

export function createKnowledgeApi({ send, sendWithRetries }: Senders): KnowledgeApi {
  const source = (id: string) => `/knowledge/sources/${encodeURIComponent(id)}`;
  const query = (values: Record<string, string>) => new URLSearchParams(values).toString();
  return {
    read: (site) => sendWithRetries('GET', `/knowledge${site === undefined ? '' : `?${query({ site })}`}`),
    addSource: (given) => send('POST', '/knowledge/sources', given),
    changeSource: (id, change) => sendWithRetries('POST', source(id), change),
    removeSource: (id) => send('DELETE', source(id)),
    upload: (id, path, file) => sendWithRetries('POST', `${source(id)}/files?${query({ path })}`, file),
    run: (id) => send('POST', `${source(id)}/run`),
    readRun: (id) => sendWithRetries('GET', `/knowledge/runs/${encodeURIComponent(id)}`),
    stop: (runId) => send('POST', `/knowledge/runs/${encodeURIComponent(runId)}/stop`),
    readVersions: (id) => sendWithRetries('GET', `${source(id)}/versions`),
    readDiff: (id, from, to) => sendWithRetries('GET', `${source(id)}/diff?from=${from}&to=${to}`),
    rollBack: (id, version) => sendWithRetries('POST', `${source(id)}/roll-back`, { version }),
    search: (site, question) => sendWithRetries('GET', `/knowledge/search?${query({ site, question })}`),
    readArticles: (site) => sendWithRetries('GET', `/knowledge/articles?${query({ site })}`),
    readArticle: (site, article) => sendWithRetries('GET', `/knowledge/article?${query({ site, article })}`),
    writeArticle: (site, article) => sendWithRetries('POST', '/knowledge/articles', { site, article }),
    removeArticle: (site, article) => send('POST', '/knowledge/articles/remove', { site, article }),
    restoreArticle: (site, article) => send('POST', '/knowledge/articles/restore', { site, article }),
    readGaps: (site) => sendWithRetries('GET', `/knowledge/gaps?${query({ site })}`),
    removeGap: (id) => send('DELETE', `/knowledge/gaps/${encodeURIComponent(id)}`),
    readProposals: (site) => sendWithRetries('GET', `/knowledge/proposals?${query({ site })}`),
    draftArticle: (site, gap) => send('POST', '/knowledge/proposals', { site, gap }),
    acceptProposal: (id, article) => send('POST', `/knowledge/proposals/${encodeURIComponent(id)}/accept`, { article }),
    rejectProposal: (id) => send('POST', `/knowledge/proposals/${encodeURIComponent(id)}/reject`, {}),
    readCases: (site, conversation) =>
      sendWithRetries(
        'GET',
        `/evaluation-cases?${query({ site, ...(conversation === undefined ? {} : { conversation }) })}`,
      ),
    // Not repeated: a lost response would add it twice.
    addCase: (written) => send('POST', '/evaluation-cases/new', written),
    removeCase: (id) => send('DELETE', `/evaluation-cases/${encodeURIComponent(id)}`),
    readGuidance: (site) => sendWithRetries('GET', `/knowledge/guidance?${query({ site })}`),
    // Not repeated: a lost response of a save would come back as a conflict with itself.
    saveGuidance: (site, guidance, expectedVersion) =>
      send('POST', '/knowledge/guidance', { site, guidance, expectedVersion }),
    rollBackGuidance: (site, version) => send('POST', '/knowledge/guidance/roll-back', { site, version }),
    previewAnswer: (site, guidance, question) =>
      send('POST', '/knowledge/guidance/preview', { site, guidance, question }),
  };
}
