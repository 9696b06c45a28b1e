/** Sources, runs and versions in memory, for unit tests. */
import { randomUUID } from 'node:crypto';
import type { ImportRunDetail, KnowledgeSource, SourceVersion } from '@firstword/shared/knowledge';
import { phraseText } from '../lib/phrase.ts';
import { articleCount, compareEntries, countChanges, hasChanges } from './entry-changes.ts';
import {
  type ArticleEntry,
  type CrawledPage,
  type KnowledgeStore,
  type NewSource,
  PROBLEMS_KEPT,
  type RunFailure,
  type RunProgress,
  VERSIONS_KEPT,
} from './knowledge-store.ts';

const HOUR_MS = 3_600_000;

interface Source {
  source: KnowledgeSource;
  removed: boolean;
  readonly contents: Map<string, string>;
  readonly versions: Map<number, { readonly version: SourceVersion; readonly entries: readonly ArticleEntry[] }>;
  readonly pages: Map<string, CrawledPage>;
  readonly files: Map<string, Uint8Array>;
}
interface Run {
  detail: ImportRunDetail;
  until: number;
}

export function createMemoryKnowledgeStore(now: () => number = Date.now): KnowledgeStore {
  const sources = new Map<string, Source>();
  const runs = new Map<string, Run>();
  const find = (id: string) => {
    const found = sources.get(id);
    return found === undefined || found.removed ? undefined : found;
  };
  const runsOf = (sourceId: string) =>
    [...runs.values()].filter(({ detail }) => detail.sourceId === sourceId).reverse();
  const isRunning = (id: string) => runs.get(id)?.detail.state === 'running';
  const view = ({ source }: Source): KnowledgeSource => {
    const [last] = runsOf(source.id);
    return last === undefined ? source : { ...source, lastRun: summary(last.detail) };
  };
  const nextRun = (everyHours: number | undefined) =>
    everyHours === undefined ? {} : { everyHours, nextRunAt: now() + everyHours * HOUR_MS };

  const add = ({ id = randomUUID(), siteId, name, origin, everyHours }: NewSource) => {
    const known = sources.get(id);
    if (known !== undefined) {
      known.removed = false;
      return known;
    }
    const created = { id, siteId, name, origin, createdAt: now(), version: 0, articles: 0 };
    const source: Source = {
      source: { ...created, ...nextRun(everyHours) },
      removed: false,
      contents: new Map(),
      versions: new Map(),
      pages: new Map(),
      files: new Map(),
    };
    sources.set(created.id, source);
    return source;
  };
  const start = (found: Source, trigger: ImportRunDetail['trigger'], leaseMs: number) => {
    const { id: sourceId, siteId } = found.source;
    if (runsOf(sourceId).some(({ detail }) => detail.state === 'running')) return 'busy' as const;
    const counts = { read: 0, added: 0, changed: 0, removed: 0, problems: 0, problemList: [], stopping: false };
    const detail = { id: randomUUID(), sourceId, siteId, trigger, state: 'running' as const, startedAt: now() };
    runs.set(detail.id, { detail: { ...detail, ...counts }, until: now() + leaseMs });
    return summary({ ...detail, ...counts });
  };
  const note = (run: Run, { read, total, problems }: RunProgress) => {
    const problemPhrases = problems.slice(0, PROBLEMS_KEPT);
    run.detail = {
      ...run.detail,
      read,
      problems: problems.length,
      problemList: problemPhrases.map(phraseText),
      problemPhrases: [...problemPhrases],
      ...(total === undefined ? {} : { total }),
    };
  };
  const fail = (run: Run, failure: RunFailure) => {
    const { state } = failure;
    const why = state === 'failed' ? { error: phraseText(failure.error), errorPhrase: failure.error } : {};
    run.detail = { ...run.detail, state, ...why, endedAt: now() };
  };
  const write = (found: Source, entries: readonly ArticleEntry[], about: { by: string; note: string }) => {
    const before = found.versions.get(found.source.version)?.entries ?? [];
    const counts = countChanges(compareEntries(before, entries));
    if (!hasChanges(counts)) return undefined;
    const number = found.source.version + 1;
    const articles = articleCount(entries);
    const version: SourceVersion = { number, createdAt: now(), articles, ...counts, ...about };
    found.versions.set(number, { version, entries });
    found.versions.delete(number - VERSIONS_KEPT);
    const used = new Set([...found.versions.values()].flatMap(({ entries: kept }) => kept.map(({ hash }) => hash)));
    for (const hash of found.contents.keys()) if (!used.has(hash)) found.contents.delete(hash);
    found.source = { ...found.source, version: number, articles };
    return version;
  };

  return {
    listSources: async (siteId) =>
      [...sources.values()].filter(({ source, removed }) => source.siteId === siteId && !removed).map(view),
    async loadSource(id) {
      const found = find(id);
      return found && view(found);
    },
    addSource: async (source) => view(add(source)),
    async manualSource(siteId) {
      const known = [...sources.values()].find(
        ({ source, removed }) => source.siteId === siteId && source.origin.kind === 'manual' && !removed,
      );
      return view(known ?? add({ siteId, name: 'Written by hand', origin: { kind: 'manual' } }));
    },
    async changeSource(id, { everyHours, ...change }) {
      const found = find(id);
      if (found === undefined) return undefined;
      const { everyHours: _, nextRunAt: __, ...rest } = found.source;
      const changed = { ...(everyHours === undefined ? found.source : rest), ...nextRun(everyHours ?? undefined) };
      const { name = changed.name, origin = changed.origin } = change;
      found.source = { ...changed, name, origin };
      return view(found);
    },
    async removeSource(id) {
      const found = find(id);
      if (found === undefined) return false;
      for (const run of runsOf(id)) if (run.detail.state === 'running') fail(run, { state: 'cancelled' });
      found.removed = true;
      found.source = { ...found.source, articles: 0 };
      for (const part of [found.contents, found.versions, found.pages, found.files]) part.clear();
      return true;
    },
    async startRun(sourceId, trigger, leaseMs) {
      const found = find(sourceId);
      return found && start(found, trigger, leaseMs);
    },
    async startDueRun(leaseMs) {
      for (const found of sources.values()) {
        const { nextRunAt, everyHours } = found.source;
        if (found.removed || nextRunAt === undefined || nextRunAt > now()) continue;
        found.source = { ...found.source, ...nextRun(everyHours) };
        const run = start(found, 'schedule', leaseMs);
        if (run !== 'busy') return run;
      }
      return undefined;
    },
    async reportRun(id, progress, leaseMs) {
      const run = runs.get(id);
      if (run === undefined || !isRunning(id)) return 'ended';
      note(run, progress);
      run.until = now() + leaseMs;
      return run.detail.stopping ? 'stop' : 'continue';
    },
    async requestStop(id) {
      const run = runs.get(id);
      if (run === undefined || !isRunning(id)) return false;
      run.detail = { ...run.detail, stopping: true };
      return true;
    },
    async failRun(id, failure, progress) {
      const run = runs.get(id);
      if (run === undefined || !isRunning(id)) return;
      note(run, progress);
      fail(run, failure);
    },
    async endLostRuns() {
      const lost = [...runs.values()].filter(({ detail, until }) => detail.state === 'running' && until < now());
      for (const run of lost) fail(run, { state: 'interrupted' });
      return lost.length;
    },
    listRuns: async (sourceId, limit) =>
      runsOf(sourceId)
        .slice(0, limit)
        .map(({ detail }) => summary(detail)),
    loadRun: async (id) => runs.get(id)?.detail,
    async keepArticles(sourceId, articles) {
      for (const { hash, json } of articles) find(sourceId)?.contents.set(hash, json);
    },
    async loadArticles(sourceId, hashes) {
      const contents = find(sourceId)?.contents;
      return new Map(
        hashes.flatMap((hash): [string, string][] => {
          const json = contents?.get(hash);
          return json === undefined ? [] : [[hash, json]];
        }),
      );
    },
    async commitRun(id, entries, progress, by) {
      const run = runs.get(id);
      const found = find(run?.detail.sourceId ?? '');
      if (run === undefined || found === undefined || !isRunning(id)) return undefined;
      note(run, progress);
      const made = write(found, entries, { by, note: '' });
      const { added = 0, changed = 0, removed = 0 } = made ?? {};
      const result = {
        state: made === undefined ? ('unchanged' as const) : ('done' as const),
        ...{ added, changed, removed, version: found.source.version },
      };
      run.detail = { ...run.detail, ...result, endedAt: now() };
      return result;
    },
    async editEntries(sourceId, edit, about) {
      const found = find(sourceId);
      return found && write(found, edit(found.versions.get(found.source.version)?.entries ?? []), about);
    },
    listVersions: async (sourceId) =>
      [...(find(sourceId)?.versions.values() ?? [])].map(({ version }) => version).reverse(),
    async loadEntries(sourceId, version) {
      const entries = find(sourceId)?.versions.get(version)?.entries;
      return entries && [...entries];
    },
    async siteStates() {
      const states = new Map<string, string>();
      for (const { source, removed } of sources.values()) {
        const before = states.get(source.siteId) ?? '';
        const isEmpty = removed || source.version === 0;
        states.set(source.siteId, isEmpty ? before : `${before}${source.id}:${source.version};`);
      }
      return states;
    },
    loadPage: async (sourceId, url) => find(sourceId)?.pages.get(url),
    async savePage(sourceId, url, page) {
      find(sourceId)?.pages.set(url, page);
    },
    async saveFile(sourceId, path, content, maxFiles) {
      const files = find(sourceId)?.files;
      if (files === undefined || (!files.has(path) && files.size >= maxFiles)) return false;
      files.set(path, content);
      return true;
    },
    listFiles: async (sourceId) => [...(find(sourceId)?.files.keys() ?? [])].sort(),
    loadFile: async (sourceId, path) => find(sourceId)?.files.get(path),
    async removeFiles(sourceId) {
      find(sourceId)?.files.clear();
    },
  };
}

function summary({ problemList: _, problemPhrases: __, ...run }: ImportRunDetail) {
  return run;
}
