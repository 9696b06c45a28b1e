/** Saved views in memory, for unit tests. */
import type { SavedView } from '@firstword/shared/saved-view';
import type { ViewStore } from './view-store.ts';

export function createMemoryViewStore(): ViewStore {
  const views = new Map<string, readonly SavedView[]>();
  const of = (agentId: string) => views.get(agentId) ?? [];
  return {
    list: async (agentId) => [...of(agentId)],
    async add(agentId, view, most) {
      if (of(agentId).length >= most) return false;
      views.set(agentId, [...of(agentId), view]);
      return true;
    },
    async remove(agentId, id) {
      const left = of(agentId).filter((view) => view.id !== id);
      const isRemoved = left.length < of(agentId).length;
      views.set(agentId, left);
      return isRemoved;
    },
  };
}
