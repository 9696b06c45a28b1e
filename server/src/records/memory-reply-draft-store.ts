/** Drafts of replies in memory, for unit tests. */
import type { ReplyDraft } from '@firstword/shared/reply-draft';
import type { ReplyDraftStore } from './reply-draft-store.ts';

export function createMemoryReplyDraftStore(): ReplyDraftStore {
  const drafts = new Map<string, ReplyDraft>();
  const keyOf = (agentId: string, ticketId: string) => `${agentId} ${ticketId}`;
  return {
    find: async (agentId, ticketId) => drafts.get(keyOf(agentId, ticketId)),
    async save(agentId, ticketId, draft) {
      drafts.set(keyOf(agentId, ticketId), draft);
    },
    async remove(agentId, ticketId) {
      drafts.delete(keyOf(agentId, ticketId));
    },
  };
}
