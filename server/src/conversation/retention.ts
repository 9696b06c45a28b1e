/** Deletes conversations, with everything that belongs to them, once their site's retention period has passed without activity. */
import type { Log } from '../lib/log.ts';
import type { ConversationDeletion } from '../store/conversation-deletion.ts';
import type { Tickets } from '../tickets/ticket-types.ts';

export interface RetentionParts {
  readonly ends: ConversationDeletion;
  readonly tickets: Pick<Tickets, 'get' | 'forget'>;
  /** Retention after the last message or ticket change, in milliseconds; undefined for unlimited. */
  readonly keepMs: (siteId: string | undefined) => number | undefined;
  readonly log: Log;
  readonly now?: () => number;
}

export interface Retention {
  /** Checks the next batch of conversations. All processes may call it; each step is done by one. */
  sweep(): Promise<void>;
}

/** Interval between two steps across all processes. */
export const RETENTION_STEP_MS = 5000;

export function createRetention(parts: RetentionParts, stepMs = RETENTION_STEP_MS): Retention {
  const { ends, tickets, keepMs, log, now = Date.now } = parts;

  /** A conversation's tickets, newest first, and when one last changed. */
  const ticketsOf = async (newest: string | undefined) => {
    const ids: string[] = [];
    let changedAt = 0;
    for (let id = newest; id !== undefined && !ids.includes(id); ) {
      ids.push(id);
      const ticket = await tickets.get(id);
      changedAt = Math.max(changedAt, ticket?.changedAt ?? 0);
      id = ticket?.follows;
    }
    return { ids, changedAt };
  };

  const removeIfOver = async (conversationId: string) => {
    const found = await ends.inspect(conversationId);
    // An open ticket is still in use; it closes by itself after it is resolved.
    if (found === undefined || found.openTicket !== undefined) return;
    const keep = keepMs(found.siteId);
    if (keep === undefined || (found.lastAt ?? 0) > now() - keep) return;
    const { ids, changedAt } = await ticketsOf(found.lastTicket);
    if (changedAt > now() - keep) return;
    // Tickets first, because only the conversation refers to them; oldest first, because each refers to the one before.
    for (const id of ids.toReversed()) {
      await tickets.forget(id);
      await ends.removeTicketCost(id);
    }
    if (await ends.remove(conversationId, found.lastSeq))
      log.info({ conversationId }, 'deleted conversation after retention period');
  };

  return {
    sweep: () =>
      ends.nextBatch(stepMs, async (conversationIds) => {
        for (const id of conversationIds)
          await removeIfOver(id).catch((error: unknown) =>
            log.warn({ conversationId: id, reason: String(error) }, 'failed to delete conversation'),
          );
      }),
  };
}
