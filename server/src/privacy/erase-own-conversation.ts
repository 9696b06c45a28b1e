/** Erases one of a visitor's own conversations. The visitor keeps their session and the other ones. */
import { randomUUID } from 'node:crypto';
import type { ErasureReport } from '@firstword/shared/visitor-data';
import type { Session, SessionStore } from '../store/session-store.ts';
import type { VisitorConversations } from '../store/visitor-conversations.ts';
import type { EraseConversation } from './erase-conversation.ts';

/** Undefined, and without effect, where it is not one of the visitor's. */
export type EraseOwnConversation = (
  session: Session,
  conversationId: string,
) => Promise<Partial<ErasureReport['removed']> | undefined>;

export interface EraseOwnConversationParts {
  readonly sessions: Pick<SessionStore, 'moveTo'>;
  readonly visitorConversations: Pick<VisitorConversations, 'add' | 'isListed' | 'remove'>;
  readonly eraseConversation: EraseConversation;
}

export function createEraseOwnConversation(parts: EraseOwnConversationParts): EraseOwnConversation {
  const { sessions, visitorConversations, eraseConversation } = parts;
  return async (session, conversationId) => {
    const isPresent = conversationId === session.conversationId;
    if (!isPresent && !(await visitorConversations.isListed(session, conversationId))) return undefined;
    const leave = () => sessions.moveTo({ ...session, conversationId }, randomUUID());
    if (isPresent) {
      // Listed until everything is erased, so that an interrupted request can be repeated.
      await visitorConversations.add(session, conversationId);
      await leave();
    }
    // Without the visitor: their budgets count the other conversations, too.
    const removed = await eraseConversation({ conversationId, siteId: session.siteId, visitorId: undefined });
    // Another tab may have opened it meanwhile.
    await leave();
    await visitorConversations.remove(session, conversationId);
    return removed;
  };
}
