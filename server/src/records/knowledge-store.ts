/** Sources of articles, their import runs, and the versions of their articles. */
import type {
  ChangeCounts,
  ImportRun,
  ImportRunDetail,
  KnowledgeSource,
  SourceChange,
  SourceOrigin,
  SourceVersion,
} from '@firstword/shared/knowledge';
import type { Phrase } from '@firstword/shared/phrase';
import { z } from 'zod';

/** An article of a version. Its text is stored once under its hash. */
export interface ArticleEntry {
  readonly id: string;
  readonly title: string;
  /** `null`: removed by hand, also from other sources. */
  readonly hash: string | null;
}

export interface StoredArticle {
  readonly hash: string;
  /** The article as JSON text. */
  readonly json: string;
}

export interface RunProgress {
  readonly read: number;
  readonly total?: number | undefined;
  readonly problems: readonly Phrase[];
}

/** What a run that made no version ends as. */
export type RunFailure =
  | { readonly state: 'failed'; readonly error: Phrase }
  | { readonly state: 'cancelled' | 'interrupted' };

export type CommitResult = ChangeCounts & { readonly version: number } & { readonly state: 'done' | 'unchanged' };

const pageSchema = z.object({
  etag: z.string().optional(),
  lastModified: z.string().optional(),
  entries: z.array(z.object({ id: z.string(), title: z.string(), hash: z.string() })),
  /** Pages that it links to, in the scope of the source. */
  links: z.array(z.string()),
});
/** What a crawl remembers of a page, so that it reads it again only when it has changed. */
export type CrawledPage = z.infer<typeof pageSchema>;
export { pageSchema };

export interface NewSource {
  /** Given where adding the same source again must find it; it is then brought back if it was removed. */
  readonly id?: string;
  readonly siteId: string;
  readonly name: string;
  readonly origin: SourceOrigin;
  readonly everyHours?: number | undefined;
}

export interface KnowledgeStore {
  /** In the order in which they were added. */
  listSources(siteId: string): Promise<KnowledgeSource[]>;
  loadSource(id: string): Promise<KnowledgeSource | undefined>;
  addSource(source: NewSource): Promise<KnowledgeSource>;
  /** The source of what is written by hand; it is added when there is none. */
  manualSource(siteId: string): Promise<KnowledgeSource>;
  changeSource(id: string, change: Omit<SourceChange, 'site'>): Promise<KnowledgeSource | undefined>;
  /** With its articles, versions and files; a run that is in progress ends as cancelled. False when there is none. */
  removeSource(id: string): Promise<boolean>;

  /** `busy` while another run of the source is in progress. */
  startRun(sourceId: string, trigger: ImportRun['trigger'], leaseMs: number): Promise<ImportRun | 'busy' | undefined>;
  /** Starts a source whose time has come, in one process only. */
  startDueRun(leaseMs: number): Promise<ImportRun | undefined>;
  /** Renews the lease. `stop`: stop was requested; `ended`: another process has ended the run. */
  reportRun(id: string, progress: RunProgress, leaseMs: number): Promise<'continue' | 'stop' | 'ended'>;
  /** False when the run has ended. */
  requestStop(id: string): Promise<boolean>;
  failRun(id: string, failure: RunFailure, progress: RunProgress): Promise<void>;
  /** Ends the runs of processes that died, and returns how many. */
  endLostRuns(): Promise<number>;
  /** Newest first. */
  listRuns(sourceId: string, limit: number): Promise<ImportRun[]>;
  loadRun(id: string): Promise<ImportRunDetail | undefined>;

  /** Stores texts that a version will refer to. */
  keepArticles(sourceId: string, articles: readonly StoredArticle[]): Promise<void>;
  /** The texts under these hashes; those that are not stored are missing. */
  loadArticles(sourceId: string, hashes: readonly string[]): Promise<Map<string, string>>;
  /** Ends the run with a new version, or as `unchanged`; undefined when the run has ended already. */
  commitRun(
    id: string,
    entries: readonly ArticleEntry[],
    progress: RunProgress,
    by: string,
  ): Promise<CommitResult | undefined>;
  /** Makes a version from the current one in one step; undefined when nothing changed or there is no such source. */
  editEntries(
    sourceId: string,
    edit: (entries: readonly ArticleEntry[]) => readonly ArticleEntry[],
    about: { readonly by: string; readonly note: string },
  ): Promise<SourceVersion | undefined>;
  /** Newest first. */
  listVersions(sourceId: string): Promise<SourceVersion[]>;
  /** Undefined when the version was never made or is too old. */
  loadEntries(sourceId: string, version: number): Promise<ArticleEntry[] | undefined>;
  /** For each site that has ever had a source, a text that changes with its articles; empty without any articles. */
  siteStates(): Promise<Map<string, string>>;

  loadPage(sourceId: string, url: string): Promise<CrawledPage | undefined>;
  savePage(sourceId: string, url: string, page: CrawledPage): Promise<void>;

  /** False at the limit of files. */
  saveFile(sourceId: string, path: string, content: Uint8Array, maxFiles: number): Promise<boolean>;
  listFiles(sourceId: string): Promise<string[]>;
  loadFile(sourceId: string, path: string): Promise<Uint8Array | undefined>;
  removeFiles(sourceId: string): Promise<void>;
}

/** How many versions of a source are kept. */
export const VERSIONS_KEPT = 20;
/** How many problems of a run are kept; the others are counted. */
export const PROBLEMS_KEPT = 1000;
