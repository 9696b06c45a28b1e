/** Proposed articles in memory, for unit tests. */
import type { Proposal } from '@firstword/shared/proposal';
import type { ProposalStore } from './proposal-store.ts';

export function createMemoryProposalStore(): ProposalStore {
  const proposals = new Map<string, Proposal>();
  return {
    async add(proposal) {
      proposals.set(proposal.id, proposal);
    },
    load: async (id) => proposals.get(id),
    list: async (siteId, limit) =>
      [...proposals.values()]
        .filter((proposal) => proposal.siteId === siteId)
        .sort((one, other) => other.createdAt - one.createdAt)
        .slice(0, limit),
    async move(id, from, to, change) {
      const known = proposals.get(id);
      if (known?.state !== from) return undefined;
      const moved = { ...known, ...change, state: to };
      proposals.set(id, moved);
      return moved;
    },
    async erase(conversationId) {
      for (const [id, { conversationIds }] of proposals)
        if (conversationIds.includes(conversationId)) proposals.delete(id);
    },
  };
}
