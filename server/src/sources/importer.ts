/** Runs imports: reads a source in the background, reports progress, and makes a version when all of it has been read. */
import { ARTICLES_MAX, type ImportRun, type KnowledgeSource } from '@firstword/shared/knowledge';
import type { Phrase } from '@firstword/shared/phrase';
import { readStoredArticles } from '../knowledge/article.ts';
import type { Log } from '../lib/log.ts';
import { phrase } from '../lib/phrase.ts';
import { compareEntries, type EntryChanges } from '../records/entry-changes.ts';
import type { ArticleEntry, KnowledgeStore, RunFailure } from '../records/knowledge-store.ts';
import { RecordsError } from '../records/records-error.ts';
import { type ParsedArticle, toParsed } from './parse-job.ts';
import type { ReadSource } from './read-source.ts';
import { SourceError } from './source-error.ts';
import type { SourceSink } from './source-sink.ts';

export interface ImporterParts {
  readonly store: KnowledgeStore;
  readonly readSource: ReadSource;
  /** Called after each new version. */
  readonly publish: () => Promise<unknown>;
  readonly onEnd?: (state: ImportRun['state'], seconds: number) => void;
  readonly log: Log;
  readonly leaseMs?: number;
  readonly reportMs?: number;
}

export interface Trial {
  readonly changes: EntryChanges;
  readonly articles: number;
  readonly problems: readonly Phrase[];
}

export interface Importer {
  /** Resolves when the run has started. `busy` while another one of the source is in progress. */
  start(sourceId: string, by: string): Promise<ImportRun | 'busy' | undefined>;
  /** Starts a source whose time has come, if this process gets it. */
  startDue(): Promise<ImportRun | undefined>;
  /** Reads a source and compares it with its current version, without storing anything. @throws SourceError */
  tryOut(source: KnowledgeSource): Promise<Trial>;
  /** Resolves when no run of this process is in progress. */
  idle(): Promise<void>;
  /** Ends the runs of this process as interrupted. */
  close(): Promise<void>;
}

/** Another process ends a run whose process has not reported for this long. */
const LEASE_MS = 30_000;
const REPORT_MS = 1000;

type Ending = RunFailure['state'] | 'ended';

export function createImporter(parts: ImporterParts): Importer {
  const { store, readSource, publish, onEnd = () => {}, log, leaseMs = LEASE_MS, reportMs = REPORT_MS } = parts;
  const running = new Map<string, { readonly stop: (how: Ending) => void; readonly done: Promise<void> }>();

  const run = async (started: ImportRun, source: KnowledgeSource, by: string, stopping: AbortController) => {
    const since = performance.now();
    const collected = createCollection((articles) => store.keepArticles(source.id, articles));
    const progress = () => ({ read: collected.read(), total: collected.total(), problems: collected.problems });
    const report = async () => {
      const answer = await store.reportRun(started.id, progress(), leaseMs);
      if (answer !== 'continue') stopping.abort(answer === 'stop' ? 'cancelled' : 'ended');
    };
    const reporting = setInterval(() => {
      report().catch((error: unknown) =>
        log.warn({ runId: started.id, reason: String(error) }, 'import report failed'),
      );
    }, reportMs);
    const fields = { runId: started.id, sourceId: source.id, siteId: source.siteId };
    try {
      await readSource(source, collected.sink, stopping.signal, true);
      const result = await store.commitRun(started.id, collected.finish(), progress(), by);
      log.info({ ...fields, ...result, problems: collected.problems.length }, 'import ended');
      onEnd(result?.state ?? 'interrupted', (performance.now() - since) / 1000);
      if (result?.state === 'done') await publish();
    } catch (error) {
      const failure = failureOf(error, stopping.signal);
      log.warn({ ...fields, ...failure, reason: String(error) }, 'import did not end');
      onEnd(failure.state, (performance.now() - since) / 1000);
      // Without a database the run ends when its lease is over.
      await store.failRun(started.id, failure, progress()).catch(() => {});
    } finally {
      clearInterval(reporting);
    }
  };

  const begin = async (started: ImportRun, by: string) => {
    const source = await store.loadSource(started.sourceId);
    if (source === undefined) return;
    const stopping = new AbortController();
    const done = run(started, source, by, stopping).finally(() => running.delete(started.id));
    running.set(started.id, { stop: (how) => stopping.abort(how), done });
  };

  return {
    async start(sourceId, by) {
      const started = await store.startRun(sourceId, 'manual', leaseMs);
      if (started !== undefined && started !== 'busy') await begin(started, by);
      return started;
    },
    async startDue() {
      const started = await store.startDueRun(leaseMs);
      if (started !== undefined) await begin(started, 'Schedule');
      return started;
    },
    async tryOut(source) {
      const collected = createCollection(async () => {});
      await readSource(source, collected.sink, new AbortController().signal, false);
      const entries = collected.finish();
      const before = (await store.loadEntries(source.id, source.version)) ?? [];
      return { changes: compareEntries(before, entries), articles: entries.length, problems: collected.problems };
    },
    async idle() {
      await Promise.all([...running.values()].map(({ done }) => done));
    },
    async close() {
      for (const { stop } of running.values()) stop('interrupted');
      await Promise.all([...running.values()].map(({ done }) => done));
    },
  };
}

/** The files of a translation often name the id of the original; the first one keeps it. */
function inItsLanguage(parsed: ParsedArticle): ParsedArticle {
  if (parsed.language === undefined) return parsed;
  const [article] = readStoredArticles(`[${parsed.json}]`);
  return article === undefined
    ? parsed
    : toParsed({ ...article, id: `${article.id}-${parsed.language}`.slice(0, 200) });
}

/** What a source holds, as it is read. */
function createCollection(keep: (articles: Parameters<KnowledgeStore['keepArticles']>[1]) => Promise<void>) {
  const entries = new Map<string, ArticleEntry>();
  const problems: Phrase[] = [];
  let read = 0;
  let total: number | undefined;
  const sink: SourceSink = {
    total(count) {
      total = count;
    },
    read() {
      read += 1;
    },
    problem: (text) => void problems.push(text),
    async keep(articles) {
      const unseen = articles.flatMap((article) => {
        const { id, title } = article;
        const kept = entries.has(id) ? inItsLanguage(article) : article;
        if (entries.has(kept.id)) {
          problems.push(phrase`"${title}": the id "${id}" is already taken`);
          return [];
        }
        entries.set(kept.id, { id: kept.id, title, hash: kept.hash });
        return kept;
      });
      if (entries.size > ARTICLES_MAX)
        throw new SourceError(
          'too-large',
          phrase`contains more than ${ARTICLES_MAX} articles, which is the limit of a source`,
        );
      await keep(unseen);
    },
  };
  return {
    sink,
    problems,
    read: () => read,
    total: () => total,
    /** @throws SourceError when there is nothing to import, which is a mistake more often than a wish */
    finish(): ArticleEntry[] {
      if (entries.size > 0) return [...entries.values()];
      const named = problems
        .slice(0, 10)
        .reduce((all, problem) => phrase`${all}\n  ${problem}`, phrase`contains no articles`);
      throw new SourceError('unreadable', named);
    },
  };
}

function failureOf(error: unknown, signal: AbortSignal): RunFailure {
  if (signal.aborted) return { state: signal.reason === 'cancelled' ? 'cancelled' : 'interrupted' };
  if (error instanceof SourceError) return { state: 'failed', error: error.phrase };
  if (error instanceof RecordsError) return { state: 'failed', error: phrase`The database did not answer. Try again.` };
  return {
    state: 'failed',
    error: phrase`The import failed because of an error in the server. Its log has the details.`,
  };
}
