/**
 * Erases one visitor from every store. It may be interrupted and repeated: the archive, which leads to the rest, comes last for
 * each conversation, and the session, which a visitor's own request names, last of all.
 */
import { keysOf } from '@firstword/shared/keys-of';
import type { ErasureReport } from '@firstword/shared/visitor-data';
import type { Log } from '../lib/log.ts';
import type { ConversationArchive } from '../records/conversation-archive.ts';
import type { GapStore } from '../records/gap-store.ts';
import type { TicketStore } from '../records/ticket-store.ts';
import type { UsageStore } from '../records/usage-store.ts';
import type { ConversationErasure } from '../store/conversation-erasure.ts';
import type { FileStore } from '../store/file-store.ts';
import type { ConversationTrace, VisitorTraces } from '../store/visitor-traces.ts';
import type { Subject } from './find-visitor.ts';

export type EraseVisitor = (subject: Subject) => Promise<ErasureReport>;

export interface EraseVisitorParts {
  readonly traces: Pick<VisitorTraces, 'sessionsOf' | 'removeSessions'>;
  readonly conversations: ConversationErasure;
  readonly files: Pick<FileStore, 'erase'>;
  readonly archive: Pick<ConversationArchive, 'write' | 'eraseVisitor' | 'find'>;
  readonly tickets: Pick<TicketStore, 'ofConversation' | 'runs' | 'forget'>;
  readonly gaps: Pick<GapStore, 'erase'>;
  readonly usage: Pick<UsageStore, 'forget'>;
  /** Removes the job of an analysis; absent where no queue is open. */
  readonly removeJob?: (runId: string) => Promise<void>;
  readonly log: Log;
  readonly now?: () => number;
}

type Removed = ErasureReport['removed'];

export function createEraseVisitor(parts: EraseVisitorParts): EraseVisitor {
  const { traces, conversations, files, archive, tickets, gaps, usage, removeJob, log, now = Date.now } = parts;

  async function eraseConversation({
    conversationId: id,
    siteId,
    visitorId,
  }: ConversationTrace): Promise<Partial<Removed>> {
    // Asked first: if the database is away, nothing has happened yet.
    const archived = await archive.find(id, [siteId], { limit: 1 });
    const ticketIds = (await tickets.ofConversation(id)).map((ticket) => ticket.id);
    const runs = (await Promise.all(ticketIds.map((ticketId) => tickets.runs(ticketId)))).flat();
    const hot = await conversations.erase({ id, siteId });
    await conversations.eraseUse({ id, siteId, visitorId });
    const erasedFiles = await files.erase(id);
    for (const { run } of runs) await removeJob?.(run.id);
    await tickets.forget(id);
    await gaps.erase(id);
    await usage.forget({ conversationIds: [id], ticketIds });
    await archive.write([{ type: 'erased', conversationId: id, siteId, at: now() }]);
    const ratings = archived?.conversation.ratings;
    return {
      conversations: archived === undefined && hot.messages === 0 ? 0 : 1,
      messages: Math.max(hot.messages, archived?.conversation.lastSeq ?? 0),
      ratings: Math.max(hot.ratings, (ratings?.up ?? 0) + (ratings?.down ?? 0)),
      files: erasedFiles,
      tickets: ticketIds.length,
      analyses: runs.length,
      waitingEvents: hot.waitingEvents,
    };
  }

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
