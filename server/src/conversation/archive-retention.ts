/** Deletes old conversations that only the archive has, because Redis was emptied, and what is left of erased ones. */
import type { Log } from '../lib/log.ts';
import type { ConversationDeletion } from '../store/conversation-deletion.ts';
import { KEEP_ERASED_MS } from '../store/erased.ts';
import type { SharedTurn } from '../store/shared-turn.ts';

export interface ArchiveRetentionParts {
  readonly turn: SharedTurn;
  readonly conversations: Pick<ConversationDeletion, 'unknown'>;
  readonly archive: {
    listInactive(
      siteId: string,
      before: number,
      page: { readonly limit: number; readonly cursor?: string | undefined },
    ): Promise<{ ids: string[]; next?: string }>;
    write(
      changes: readonly {
        readonly type: 'erased';
        readonly conversationId: string;
        readonly siteId: string;
        readonly at: number;
      }[],
    ): Promise<void>;
    forgetErased(before: number): Promise<void>;
  };
  readonly siteIds: () => Iterable<string>;
  /** Retention after the last message, in milliseconds; undefined for unlimited. */
  readonly keepMs: (siteId: string) => number | undefined;
  readonly log: Log;
}

export interface ArchiveRetention {
  /** All processes may call it; one of them does the work. */
  sweep(): Promise<void>;
}

const PAGE = 200;
/** Pages of a site in one sweep, which runs beside visitors. */
const PAGES_MAX = 50;

export function createArchiveRetention(parts: ArchiveRetentionParts): ArchiveRetention {
  const { turn, conversations, archive, siteIds, keepMs, log } = parts;

  /** What Redis knows is left to its own walk, which also knows of tickets. */
  const eraseUnknown = async (siteId: string, before: number, now: number) => {
    let cursor: string | undefined;
    for (let page = 0; page < PAGES_MAX; page++) {
      const { ids, next } = await archive.listInactive(siteId, before, { limit: PAGE, cursor });
      const unknown = await conversations.unknown(ids);
      await archive.write(unknown.map((conversationId) => ({ type: 'erased', conversationId, siteId, at: now })));
      if (unknown.length > 0)
        log.info({ siteId, conversations: unknown.length }, 'deleted archived conversations after retention period');
      if (next === undefined) return;
      cursor = next;
    }
  };

  return {
    async sweep() {
      const now = await turn();
      if (now === undefined) return;
      for (const siteId of siteIds()) {
        const keep = keepMs(siteId);
        if (keep !== undefined) await eraseUnknown(siteId, now - keep, now);
      }
      await archive.forgetErased(now - KEEP_ERASED_MS);
    },
  };
}
