/** Versions in memory, for unit tests. */
import type { VersionView } from '@firstword/shared/version';
import type { StoredVersion, VersionStore } from './version-store.ts';

export function createMemoryVersionStore<Value>(now: () => number = Date.now): VersionStore<Value> {
  /** Oldest first. */
  const versions = new Map<string, (VersionView & StoredVersion<Value>)[]>();
  const of = (id: string) => versions.get(id) ?? [];
  const load = async (id: string) => {
    const newest = of(id).at(-1);
    return newest && { number: newest.number, value: newest.value };
  };
  return {
    load,
    async loadAll() {
      const all = new Map<string, StoredVersion<Value>>();
      for (const id of versions.keys()) {
        const newest = await load(id);
        if (newest !== undefined) all.set(id, newest);
      }
      return all;
    },
    loadVersion: async (id, number) => of(id).find((version) => version.number === number)?.value,
    async save(id, value, { after, by }) {
      const known = of(id);
      if ((known.at(-1)?.number ?? 0) !== after) return 'conflict';
      versions.set(id, [...known, { number: after + 1, createdAt: now(), by, value }]);
      return 'saved';
    },
    listVersions: async (id, limit) =>
      of(id)
        .map(({ number, createdAt, by }) => ({ number, createdAt, by }))
        .reverse()
        .slice(0, limit),
    numbers: async () => new Map([...versions].map(([id, list]) => [id, list.at(-1)?.number ?? 0])),
  };
}
