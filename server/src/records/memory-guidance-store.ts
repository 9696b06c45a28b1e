/** Guidance in memory, for unit tests. */
import type { Guidance, GuidanceVersion } from '@firstword/shared/guidance';
import type { GuidanceStore } from './guidance-store.ts';

type Version = GuidanceVersion & { readonly guidance: Guidance };

export function createMemoryGuidanceStore(now: () => number = Date.now): GuidanceStore {
  /** Oldest first. */
  const versions = new Map<string, Version[]>();
  const of = (siteId: string) => versions.get(siteId) ?? [];
  return {
    async load(siteId) {
      const newest = of(siteId).at(-1);
      return newest && { number: newest.number, guidance: newest.guidance };
    },
    loadVersion: async (siteId, number) => of(siteId).find((version) => version.number === number)?.guidance,
    async save(siteId, guidance, { after, by }) {
      const known = of(siteId);
      if ((known.at(-1)?.number ?? 0) !== after) return 'conflict';
      versions.set(siteId, [...known, { number: after + 1, createdAt: now(), by, guidance }]);
      return 'saved';
    },
    listVersions: async (siteId, limit) =>
      of(siteId)
        .map(({ number, createdAt, by }) => ({ number, createdAt, by }))
        .reverse()
        .slice(0, limit),
    numbers: async () => new Map([...versions].map(([siteId, list]) => [siteId, list.at(-1)?.number ?? 0])),
  };
}
