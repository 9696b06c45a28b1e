/** Cases in memory, for unit tests. */
import type { SavedCase } from '@firstword/shared/evaluation-case';
import type { CaseStore } from './case-store.ts';

export function createMemoryCaseStore(): CaseStore {
  const cases = new Map<string, SavedCase>();
  return {
    async save(saved) {
      cases.set(saved.id, saved);
    },
    list: async (siteId, limit, conversationId) =>
      [...cases.values()]
        .filter((saved) => saved.siteId === siteId)
        .filter((saved) => conversationId === undefined || saved.conversationId === conversationId)
        .sort((one, other) => other.savedAt - one.savedAt)
        .slice(0, limit),
    remove: async (id, siteIds) => siteIds.includes(cases.get(id)?.siteId ?? '') && cases.delete(id),
    async erase(conversationId) {
      for (const [id, saved] of cases) if (saved.conversationId === conversationId) cases.delete(id);
    },
  };
}
