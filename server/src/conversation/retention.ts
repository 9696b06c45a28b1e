/** Deletes conversations, with everything that belongs to them, once their site's retention period has passed without activity. */
import type { Log } from '../lib/log.ts';
import type { ConversationDeletion } from '../store/conversation-deletion.ts';
import { HOURLY_SHARE, type RetentionResult, type RetentionStep, type RetentionWalk } from '../store/retention-walk.ts';
import type { Tickets } from '../tickets/ticket-types.ts';

export interface RetentionParts {
  readonly walk: RetentionWalk;
  readonly ends: ConversationDeletion;
  readonly tickets: Pick<Tickets, 'get'>;
  /** Retention after the last message or ticket change, in milliseconds; undefined for unlimited. */
  readonly keepMs: (siteId: string | undefined) => number | undefined;
  readonly log: Log;
}

export interface Retention {
  /** Checks the next batch of conversations. All processes may call it; each step is done by one. */
  sweep(): Promise<void>;
}

/** Interval between two steps across all processes. */
export const RETENTION_STEP_MS = 5000;

export function createRetention(parts: RetentionParts, stepMs = RETENTION_STEP_MS): Retention {
  const { walk, ends, tickets, keepMs, log } = parts;

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

  /** The tickets to delete with it; undefined if it is not old enough. */
  const inspect = async (conversationId: string, now: number) => {
    const found = await ends.inspect(conversationId);
    // An open ticket is still in use; it closes by itself after it is resolved.
    if (found === undefined || found.openTicket !== undefined) return undefined;
    const keep = keepMs(found.siteId);
    if (keep === undefined || (found.lastAt ?? 0) > now - keep) return undefined;
    const { ids, changedAt } = await ticketsOf(found.lastTicket);
    return changedAt > now - keep ? undefined : { lastSeq: found.lastSeq, ticketIds: ids };
  };

  const remove = async (conversationId: string, lastSeq: number, ticketIds: readonly string[]) => {
    // First, because only the conversation leads to them. The tickets follow from the feed.
    for (const id of ticketIds) await ends.removeTicketCost(id);
    if (await ends.remove(conversationId, lastSeq))
      log.info({ conversationId }, 'deleted conversation after retention period');
  };

  async function removeOld({ conversationIds, now, allowance }: RetentionStep): Promise<RetentionResult> {
    let deleted = 0;
    for (const id of conversationIds) {
      try {
        const old = await inspect(id, now);
        if (old === undefined) continue;
        if (deleted >= allowance) return { deleted, heldBack: true };
        await remove(id, old.lastSeq, old.ticketIds);
        deleted += 1;
      } catch (error) {
        log.warn({ conversationId: id, reason: String(error) }, 'failed to delete conversation');
      }
    }
    return { deleted, heldBack: false };
  }

  return {
    async sweep() {
      const pause = await walk.next(stepMs, removeOld);
      if (pause === undefined) return;
      const { deleted, total } = pause;
      const fix = 'Nothing, if you have shortened retentionDays. Otherwise check the clock of the Redis server.';
      log.warn(
        { deleted, total, share: HOURLY_SHARE, fix },
        'pausing deletion of old conversations until the next hour',
      );
    },
  };
}
