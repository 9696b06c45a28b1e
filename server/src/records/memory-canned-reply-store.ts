/** Canned replies in memory, for unit tests. */
import type { CannedReply } from '@firstword/shared/canned-reply';
import type { CannedReplyStore } from './canned-reply-store.ts';

export function createMemoryCannedReplyStore(): CannedReplyStore {
  const replies = new Map<string, CannedReply>();
  return {
    async save(reply) {
      const isTaken = [...replies.values()].some(
        ({ id, shortcut, siteId }) => id !== reply.id && shortcut === reply.shortcut && siteId === reply.siteId,
      );
      if (isTaken) return 'taken';
      replies.set(reply.id, reply);
      return 'saved';
    },
    list: async (siteIds) =>
      [...replies.values()]
        .filter(({ siteId }) => siteId === undefined || siteIds.includes(siteId))
        .sort((one, other) => (one.shortcut < other.shortcut ? -1 : 1)),
    find: async (id) => replies.get(id),
    remove: async (id) => replies.delete(id),
  };
}
