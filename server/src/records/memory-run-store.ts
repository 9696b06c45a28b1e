/** Background runs in memory, for tests that need no database. */
import { randomUUID } from 'node:crypto';
import { RUNS_KEPT, type RunStore, type StoredRun } from './run-store.ts';

type Kept = StoredRun & { readonly leaseUntil: number };

export function createMemoryRunStore(): RunStore {
  /** In the order in which they started. */
  const runs = new Map<string, Kept>();
  const change = (id: string, to: Partial<Kept>): Kept | undefined => {
    const run = runs.get(id);
    if (run?.state !== 'running') return undefined;
    const changed = { ...run, ...to };
    runs.set(id, changed);
    return changed;
  };
  const endLost = () => {
    const now = Date.now();
    const lost = [...runs.values()].filter(({ state, leaseUntil }) => state === 'running' && leaseUntil < now);
    for (const { id } of lost) change(id, { state: 'interrupted', endedAt: now });
    return lost.length;
  };
  const isOf = (kind: string, subject: string) => (run: StoredRun) => run.kind === kind && run.subject === subject;
  const list = (kind: string, subject: string) => [...runs.values()].filter(isOf(kind, subject)).reverse();
  const copyOf = ({ leaseUntil: _, ...run }: Kept): StoredRun => structuredClone(run);
  return {
    async start(run, leaseMs) {
      endLost();
      const others = list(run.kind, run.subject);
      if (others.some(({ state }) => state === 'running')) return undefined;
      for (const { id } of others.slice(RUNS_KEPT - 1)) runs.delete(id);
      const now = Date.now();
      const started: Kept = {
        ...structuredClone(run),
        ...({
          id: randomUUID(),
          state: 'running',
          startedAt: now,
          stopping: false,
          leaseUntil: now + leaseMs,
        } as const),
      };
      runs.set(started.id, started);
      return copyOf(started);
    },
    async report(id, result, leaseMs) {
      const kept = change(id, { result: structuredClone(result), leaseUntil: Date.now() + leaseMs });
      if (kept === undefined) return 'ended';
      return kept.stopping ? 'stop' : 'continue';
    },
    requestStop: async (id) => change(id, { stopping: true }) !== undefined,
    async end(id, state, result) {
      change(id, { state, result: structuredClone(result), endedAt: Date.now() });
    },
    endLost: async () => endLost(),
    list: async (kind, subject) => list(kind, subject).map(copyOf),
    async load(id) {
      const run = runs.get(id);
      return run && copyOf(run);
    },
  };
}
