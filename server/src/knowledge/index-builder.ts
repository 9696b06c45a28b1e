/** Builds search indexes in a worker thread, so that a large import never blocks the visitors' event loop. */
import type { Worker } from 'node:worker_threads';
import { startThread } from '../lib/thread.ts';
import { type Article, readStoredArticles } from './article.ts';
import { type Knowledge, openKnowledge } from './knowledge.ts';
import { type PackedKnowledge, packKnowledge } from './pack-knowledge.ts';

export interface IndexBuilder {
  /** One shared index per version. */
  build(version: string, source: Uint8Array | readonly Article[]): Promise<Knowledge>;
}

export interface IndexJob {
  readonly id: number;
  /** Articles, or their JSON as it is stored. */
  readonly source: Uint8Array | readonly Article[];
}
export type IndexResult = { readonly id: number } & ({ readonly packed: PackedKnowledge } | { readonly error: string });

/** Up to this size an index is built in place: it takes about as long as a message to the thread, 15 ms at most. */
const INLINE_MAX_CHARACTERS = 20_000;
/** The thread ends when it has had nothing to do for this long, to free its memory. */
const IDLE_MS = 30_000;

export function createIndexBuilder(): IndexBuilder {
  const built = new Map<string, WeakRef<Knowledge>>();
  const running = new Map<string, Promise<Knowledge>>();
  const jobs = new Map<number, { done: (packed: PackedKnowledge) => void; fail: (error: Error) => void }>();
  let thread: Worker | undefined;
  let idle: NodeJS.Timeout | undefined;
  let lastId = 0;

  const stop = () => {
    void thread?.terminate();
    thread = undefined;
  };
  const failAll = (error: Error) => {
    thread = undefined;
    for (const { fail } of jobs.values()) fail(error);
    jobs.clear();
  };
  const start = () => {
    const worker = startThread(new URL('./index-thread.ts', import.meta.url));
    worker.on('message', (result: IndexResult) => {
      const job = jobs.get(result.id);
      jobs.delete(result.id);
      if ('packed' in result) job?.done(result.packed);
      else job?.fail(new Error(result.error));
      if (jobs.size === 0) idle = setTimeout(stop, IDLE_MS).unref();
    });
    worker.on('error', failAll);
    return worker;
  };
  const buildInThread = (source: IndexJob['source']) =>
    new Promise<PackedKnowledge>((done, fail) => {
      clearTimeout(idle);
      thread ??= start();
      const id = ++lastId;
      jobs.set(id, { done, fail });
      thread.postMessage({ id, source } satisfies IndexJob);
    });

  return {
    async build(version, source) {
      const known = built.get(version)?.deref();
      if (known !== undefined) return known;
      const building =
        running.get(version) ??
        (isSmall(source) ? Promise.resolve(packSource(source)) : buildInThread(source))
          .then(openKnowledge)
          .finally(() => running.delete(version));
      running.set(version, building);
      const knowledge = await building;
      built.set(version, new WeakRef(knowledge));
      for (const [other, reference] of built) if (reference.deref() === undefined) built.delete(other);
      return knowledge;
    },
  };
}

/** Runs in the thread, and in place for small sources. */
export function packSource(source: IndexJob['source']): PackedKnowledge {
  return packKnowledge(source instanceof Uint8Array ? readStoredArticles(Buffer.from(source).toString()) : source);
}

function isSmall(source: IndexJob['source']): boolean {
  if (source instanceof Uint8Array) return source.length <= INLINE_MAX_CHARACTERS;
  return source.reduce((sum, { body }) => sum + body.length, 0) <= INLINE_MAX_CHARACTERS;
}
