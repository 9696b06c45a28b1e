/**
 * Erases one visitor from every store. It may be interrupted and repeated: the archive, which leads to the rest, comes last for
 * each conversation, and the session, which a visitor's own request names, last of all.
 */
import { keysOf } from '@firstword/shared/keys-of';
import type { ErasureReport } from '@firstword/shared/visitor-data';
import type { Log } from '../lib/log.ts';
import type { ConversationArchive } from '../records/conversation-archive.ts';
import type { VisitorTraces } from '../store/visitor-traces.ts';
import type { EraseConversation } from './erase-conversation.ts';
import type { Subject } from './find-visitor.ts';

export type EraseVisitor = (subject: Subject) => Promise<ErasureReport>;

export interface EraseVisitorParts {
  readonly traces: Pick<VisitorTraces, 'sessionsOf' | 'removeSessions'>;
  readonly eraseConversation: EraseConversation;
  readonly archive: Pick<ConversationArchive, 'eraseVisitor'>;
  readonly log: Log;
  readonly now?: () => number;
}

type Removed = ErasureReport['removed'];

export function createEraseVisitor(parts: EraseVisitorParts): EraseVisitor {
  const { traces, eraseConversation, archive, log, now = Date.now } = parts;
  return async ({ visitors, conversations: found }) => {
    const removed: Removed = {
      ...{
        conversations: 0,
        messages: 0,
        ratings: 0,
        files: 0,
        tickets: 0,
        analyses: 0,
        sessions: 0,
        waitingEvents: 0,
      },
    };
    const count = (some: Partial<Removed>) => {
      for (const kind of keysOf(removed)) removed[kind] += some[kind] ?? 0;
    };
    const sessions = (
      await Promise.all(visitors.map(({ siteId, visitorId }) => traces.sessionsOf(siteId, visitorId)))
    ).flat();
    const known = new Set(found.map(({ conversationId }) => conversationId));
    // An open page may be about to write the first message of its conversation.
    const empty = sessions.map(({ session }) => session).filter(({ conversationId }) => !known.has(conversationId));
    for (const conversation of [...found, ...empty]) count(await eraseConversation(conversation));
    for (const { siteId, visitorId } of visitors) await archive.eraseVisitor(siteId, visitorId, now());
    for (const { siteId, visitorId } of visitors) count({ sessions: await traces.removeSessions(siteId, visitorId) });
    log.info({ visitors: visitors.length, removed }, 'erased a visitor');
    return { visitors: visitors.length, removed };
  };
}
