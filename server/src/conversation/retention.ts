/** Removes conversations in which nothing has happened for as long as their site keeps them, with all that belongs to them. */
import type { Log } from '../lib/log.ts';
import type { ConversationDeletion } from '../store/conversation-deletion.ts';
import type { Tickets } from '../tickets/ticket-types.ts';

export interface RetentionParts {
  readonly ends: ConversationDeletion;
  readonly tickets: Pick<Tickets, 'get' | 'forget'>;
  /** How long after its last message or change of a ticket, in milliseconds; undefined for ever. */
  readonly keepMs: (siteId: string | undefined) => number | undefined;
  readonly log: Log;
  readonly now?: () => number;
}

export interface Retention {
  /** Looks at some of all conversations. Any number of processes may do it; each step is done by one. */
  sweep(): Promise<void>;
}

/** Between two steps of all processes together. */
export const RETENTION_STEP_MS = 5000;

export function createRetention(parts: RetentionParts, stepMs = RETENTION_STEP_MS): Retention {
  const { ends, tickets, keepMs, log, now = Date.now } = parts;

  /** The tickets that a conversation had, newest first, and when the newest changed. */
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
    // Somebody still works on an open ticket; it closes by itself once it is resolved.
    if (found === undefined || found.openTicket !== undefined) return;
    const keep = keepMs(found.siteId);
    if (keep === undefined || (found.lastAt ?? 0) > now() - keep) return;
    const { ids, changedAt } = await ticketsOf(found.lastTicket);
    if (changedAt > now() - keep) return;
    // First, since nothing but the conversation leads to them; oldest first, since each leads to the one before.
    for (const id of ids.toReversed()) {
      await tickets.forget(id);
      await ends.removeTicketCost(id);
    }
    if (await ends.remove(conversationId, found.lastSeq))
      log.info({ conversationId }, 'a conversation is over its time');
  };

  return {
    sweep: () =>
      ends.nextBatch(stepMs, async (conversationIds) => {
        for (const id of conversationIds)
          await removeIfOver(id).catch((error: unknown) =>
            log.warn({ conversationId: id, reason: String(error) }, 'a conversation could not be removed'),
          );
      }),
  };
}
