/** Erases one conversation from every store. It may be interrupted and repeated: the archive, which leads to the rest, comes last. */
import type { ErasureReport } from '@firstword/shared/visitor-data';
import type { ConversationArchive } from '../records/conversation-archive.ts';
import type { GapStore } from '../records/gap-store.ts';
import type { TicketStore } from '../records/ticket-store.ts';
import type { UsageStore } from '../records/usage-store.ts';
import type { ConversationErasure } from '../store/conversation-erasure.ts';
import type { FileStore } from '../store/file-store.ts';
import type { ConversationTrace } from '../store/visitor-traces.ts';

/** With `visitorId`, what the visitor's budgets have counted is erased, too. */
export type EraseConversation = (conversation: ConversationTrace) => Promise<Partial<ErasureReport['removed']>>;

export interface EraseConversationParts {
  readonly conversations: ConversationErasure;
  readonly files: Pick<FileStore, 'erase'>;
  readonly archive: Pick<ConversationArchive, 'write' | 'find'>;
  readonly tickets: Pick<TicketStore, 'ofConversation' | 'runs' | 'forget'>;
  readonly gaps: Pick<GapStore, 'erase'>;
  readonly usage: Pick<UsageStore, 'forget'>;
  /** Removes the job of an analysis; absent where no queue is open. */
  readonly removeJob?: (runId: string) => Promise<void>;
  readonly now?: () => number;
}

export function createEraseConversation(parts: EraseConversationParts): EraseConversation {
  const { conversations, files, archive, tickets, gaps, usage, removeJob, now = Date.now } = parts;
  return async ({ conversationId: id, siteId, visitorId }) => {
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
  };
}
