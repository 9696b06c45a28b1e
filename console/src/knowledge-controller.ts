/** The state of the Knowledge page: sources with their imports, a trial of the search, and gaps. */
import type { NewCase, SavedCase } from '@firstword/shared/evaluation-case';
import type {
  KnowledgeGap,
  KnowledgeOverview,
  KnowledgeSource,
  SearchTrial,
  SourceVersion,
  VersionDiff,
} from '@firstword/shared/knowledge';
import { type ReadonlySignal, signal } from '@preact/signals';
import type { Failure, Result } from './api-result.ts';
import { type ArticleController, createArticleController } from './article-controller.ts';
import type { EvaluationApi } from './evaluation-api.ts';
import { createEvaluationController, type EvaluationController } from './evaluation-controller.ts';
import { createGuidanceController, type GuidanceController } from './guidance-controller.ts';
import type { KnowledgeApi, NewSource } from './knowledge-api.ts';
import { createProposalController, type ProposalController } from './proposal-controller.ts';
import { createResource, type Resource } from './resource.ts';
import { knowledgeTexts, problemTexts } from './texts/knowledge-texts.ts';

export interface PickedFile {
  readonly path: string;
  readonly file: Blob;
}

/** What is shown of one source beside its line. */
export interface SourceDetail {
  readonly problems?: readonly string[];
  readonly versions?: readonly SourceVersion[];
  readonly diff?: VersionDiff;
}

export interface KnowledgeController {
  readonly overview: Resource<{ site: string | undefined }, KnowledgeOverview>;
  readonly gaps: Resource<object, { gaps: KnowledgeGap[] }>;
  readonly cases: Resource<object, { cases: SavedCase[] }>;
  readonly trial: Resource<{ question: string }, SearchTrial>;
  readonly guidance: GuidanceController;
  readonly proposals: ProposalController;
  readonly articles: ArticleController;
  readonly evaluations: EvaluationController;
  /** The source whose details are open. */
  readonly openSource: ReadonlySignal<string | undefined>;
  readonly detail: ReadonlySignal<SourceDetail>;
  /** The last failed action. */
  readonly failure: ReadonlySignal<string | undefined>;
  /** While files are sent. */
  readonly uploading: ReadonlySignal<{ readonly sent: number; readonly of: number } | undefined>;
  showSite(site: string | undefined): Promise<void>;
  /** Adds the source, sends its files, and imports it. Resolves with whether all of that was accepted. */
  add(source: Omit<NewSource, 'site'>, files: readonly PickedFile[]): Promise<boolean>;
  /** Sends further files to a source, and imports it. Resolves with whether they were accepted. */
  addFiles(id: string, files: readonly PickedFile[]): Promise<boolean>;
  run(id: string): Promise<void>;
  stop(runId: string): Promise<void>;
  remove(id: string): Promise<void>;
  schedule(id: string, everyHours: number | null): Promise<void>;
  showProblems(source: KnowledgeSource): Promise<void>;
  showVersions(source: KnowledgeSource): Promise<void>;
  compare(source: KnowledgeSource, version: SourceVersion): Promise<void>;
  rollBack(source: KnowledgeSource, version: number): Promise<void>;
  removeGap(id: string): Promise<void>;
  /** Resolves with whether it was accepted; otherwise `caseFailure` says why. */
  addCase(written: Omit<NewCase, 'site'>): Promise<boolean>;
  readonly caseFailure: ReadonlySignal<string | undefined>;
  removeCase(id: string): Promise<void>;
  closeDetail(): void;
  /** Stops following imports. */
  close(): void;
}

const FOLLOW_MS = 1000;
/** The server's search uses new articles up to two seconds after their import. */
const REFRESHES_AFTER_END = 4;

export function createKnowledgeController(
  api: KnowledgeApi,
  evaluationApi: EvaluationApi,
  followMs = FOLLOW_MS,
): KnowledgeController {
  const failure = signal<string | undefined>(undefined);
  const caseFailure = signal<string | undefined>(undefined);
  const openSource = signal<string | undefined>(undefined);
  const detail = signal<SourceDetail>({});
  const uploading = signal<{ sent: number; of: number } | undefined>(undefined);
  const site = () => overview.query.value.site ?? overview.response.value?.site ?? '';
  const overview = createResource<{ site: string | undefined }, KnowledgeOverview>(
    { site: undefined },
    ({ site: id }) => api.read(id),
  );
  const gaps = createResource<object, { gaps: KnowledgeGap[] }>({}, () => api.readGaps(site()));
  const cases = createResource<object, { cases: SavedCase[] }>({}, () => api.readCases(site()));
  const refreshUntilUsed = () => {
    rest = REFRESHES_AFTER_END;
    void refresh();
  };
  const articles = createArticleController(api, site, refreshUntilUsed);
  const proposals = createProposalController(api, site, () => {
    refreshUntilUsed();
    void articles.list.load();
  });
  const guidance = createGuidanceController(api, site);
  const evaluations = createEvaluationController(evaluationApi, site);
  const trial = createResource({ question: '' }, ({ question }) => api.search(site(), question));

  let timer: ReturnType<typeof setTimeout> | undefined;
  /** Refreshes that are left after the last run was seen in progress. */
  let rest = 0;
  const isRunning = () => overview.response.value?.sources.some(({ lastRun }) => lastRun?.state === 'running') ?? false;
  const refresh = async () => {
    clearTimeout(timer);
    await overview.load();
    rest = isRunning() ? REFRESHES_AFTER_END : rest - 1;
    if (rest > 0) timer = setTimeout(() => void refresh(), followMs);
  };
  const reasonOf = (result: Result<unknown>) =>
    result.ok ? undefined : result.code === 'offline' ? knowledgeTexts.offline : result.message;
  const fails = <T>(result: Result<T>): result is Failure => {
    failure.value = reasonOf(result);
    return !result.ok;
  };
  const act = async (result: Promise<Result<unknown>>) => {
    if (fails(await result)) return;
    rest = REFRESHES_AFTER_END;
    await refresh();
  };
  const show = (id: string, shown: SourceDetail) => {
    openSource.value = id;
    detail.value = shown;
  };
  const sendFiles = async (id: string, files: readonly PickedFile[]) => {
    for (const [sent, { path, file }] of files.entries()) {
      uploading.value = { sent, of: files.length };
      const result = await api.upload(id, path, file);
      // One file that is refused doesn't stop the others; the last refusal is shown.
      if (!result.ok && result.code !== 'bad-request') return fails(result);
      if (!result.ok) failure.value = `${path}: ${result.message}`;
    }
    return false;
  };
  const sendAndRun = async (id: string, files: readonly PickedFile[]) => {
    const isRefused = await sendFiles(id, files);
    const refusal = failure.value;
    uploading.value = undefined;
    if (!isRefused) await act(api.run(id));
    failure.value ??= refusal;
    return !isRefused;
  };

  return {
    overview,
    gaps,
    cases,
    trial,
    guidance,
    proposals,
    articles,
    evaluations,
    openSource,
    detail,
    failure,
    uploading,
    async showSite(id) {
      openSource.value = undefined;
      trial.clear();
      await overview.load({ site: id });
      await refresh();
      await Promise.all([articles.load(), guidance.load(), gaps.load(), proposals.load(), cases.load()]);
    },
    async add(source, files) {
      failure.value = undefined;
      const added = await api.addSource({ ...source, site: site() });
      if (fails(added)) return false;
      await refresh();
      return sendAndRun(added.value.id, files);
    },
    addFiles(id, files) {
      failure.value = undefined;
      return sendAndRun(id, files);
    },
    run: (id) => act(api.run(id)),
    stop: (runId) => act(api.stop(runId)),
    remove: (id) => act(api.removeSource(id)),
    schedule: (id, everyHours) => act(api.changeSource(id, { everyHours })),
    async showProblems({ id, lastRun }) {
      if (lastRun === undefined) return;
      const result = await api.readRun(lastRun.id);
      if (!fails(result)) show(id, { problems: problemTexts(result.value) });
    },
    async showVersions({ id }) {
      const result = await api.readVersions(id);
      if (!fails(result)) show(id, { versions: result.value.versions });
    },
    async compare({ id }, { number }) {
      const result = await api.readDiff(id, number - 1, number);
      if (!fails(result)) show(id, { ...detail.value, diff: result.value });
    },
    async rollBack({ id }, version) {
      const result = await api.rollBack(id, version);
      if (fails(result)) return;
      show(id, { versions: result.value.versions });
      rest = REFRESHES_AFTER_END;
      await refresh();
    },
    async removeGap(id) {
      if (!fails(await api.removeGap(id))) await gaps.load();
    },
    caseFailure,
    async addCase(written) {
      const added = await api.addCase({ ...written, site: site() });
      caseFailure.value = reasonOf(added);
      if (added.ok) await cases.load();
      return added.ok;
    },
    async removeCase(id) {
      if (!fails(await api.removeCase(id))) await cases.load();
    },
    closeDetail() {
      openSource.value = undefined;
      detail.value = {};
    },
    close() {
      clearTimeout(timer);
      proposals.close();
    },
  };
}
