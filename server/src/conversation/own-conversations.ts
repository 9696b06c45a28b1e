/** Lists a visitor's conversations, so that they can open an earlier one. */
import type { ListedConversation } from '@firstword/shared/conversation-records';
import type { VisitorConversation } from '@firstword/shared/wire';
import type { ConversationOwner, VisitorConversations } from '../store/visitor-conversations.ts';

export interface OwnConversationsParts {
  readonly visitorConversations: Pick<VisitorConversations, 'list'>;
  /** The archived conversations of a visitor, the newest message first. */
  readonly archived: (owner: ConversationOwner) => Promise<readonly ListedConversation[]>;
}

export interface OwnConversations {
  /** All but the present one, the newest message first. */
  list(owner: ConversationOwner, presentId: string): Promise<VisitorConversation[]>;
  /** Without what the archive knows, which may be away. */
  others(owner: ConversationOwner, presentId: string): Promise<OtherConversations>;
}

export interface OtherConversations {
  readonly ids: readonly string[];
  /** Those with messages that the visitor has not read. */
  readonly unread: readonly string[];
}

export function createOwnConversations({ visitorConversations, archived }: OwnConversationsParts): OwnConversations {
  const othersOf = async (owner: ConversationOwner, presentId: string) =>
    (await visitorConversations.list(owner)).filter(({ id }) => id !== presentId);
  return {
    async list(owner, presentId) {
      const [own, details] = await Promise.all([othersOf(owner, presentId), archived(owner)]);
      const marks = new Map(own.map((each) => [each.id, each]));
      // The archive also has those that were merged into another one.
      return details.flatMap(({ id, firstLine, lastAt, responder }) => {
        const mark = marks.get(id);
        if (mark === undefined) return [];
        return [{ conversationId: id, firstLine, lastAt, responder, unread: mark.lastSeq > mark.readSeq }];
      });
    },
    async others(owner, presentId) {
      const own = await othersOf(owner, presentId);
      return {
        ids: own.map(({ id }) => id),
        unread: own.filter(({ lastSeq, readSeq }) => lastSeq > readSeq).map(({ id }) => id),
      };
    },
  };
}
