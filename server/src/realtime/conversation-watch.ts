/** Shows agents what is stored in a conversation while their page watches it. Where no page of this process does, nothing is read. */
import { SNAPSHOT_MESSAGES } from '@firstword/shared/limits';
import type { Message } from '@firstword/shared/wire';
import type { ConversationStore } from '../store/conversation-store.ts';

export interface ConversationWatchParts {
  readonly store: Pick<ConversationStore, 'readHead' | 'readAfter'>;
  readonly isWatched: (conversationId: string) => boolean;
  readonly show: (conversationId: string, message: Message) => void;
  /** An answer has begun, or a page that began to watch has none of its text. */
  readonly onTurn: (conversationId: string) => void;
  readonly everyMs: number;
}

export interface ConversationWatch {
  /** @param afterSeq the last message that the page has. Those that follow are shown, to the other pages again. */
  follow(conversationId: string, afterSeq: number): void;
  stop(): void;
}

interface Following {
  /** What pages have. */
  seq: number;
  /** The answer that `onTurn` was called for. */
  turnId: string | undefined;
  timer?: NodeJS.Timeout;
}

export function createConversationWatch(parts: ConversationWatchParts): ConversationWatch {
  const { store, isWatched, show, onTurn, everyMs } = parts;
  const followed = new Map<string, Following>();

  const showNew = async (id: string, following: Following) => {
    const { lastSeq, turn } = await store.readHead(id);
    // A page that has less than this reads the rest over REST.
    const after = Math.max(following.seq, lastSeq - SNAPSHOT_MESSAGES);
    if (lastSeq > after) {
      following.seq = lastSeq;
      try {
        for (const message of await store.readAfter(id, after, lastSeq - after)) show(id, message);
      } catch (error) {
        following.seq = Math.min(following.seq, after);
        throw error;
      }
    }
    if (turn !== undefined && turn.turnId !== following.turnId) onTurn(id);
    following.turnId = turn?.turnId;
  };
  const poll = async (id: string, following: Following) => {
    if (!isWatched(id)) {
      followed.delete(id);
      return;
    }
    await showNew(id, following).catch(() => {}); // Redis is away for a moment; the next reading shows it all
    if (followed.get(id) === following) following.timer = setTimeout(() => void poll(id, following), everyMs);
  };

  return {
    follow(id, afterSeq) {
      const known = followed.get(id);
      if (known !== undefined) {
        known.seq = Math.min(known.seq, afterSeq);
        return onTurn(id);
      }
      const following = { seq: afterSeq, turnId: undefined };
      followed.set(id, following);
      void poll(id, following);
    },
    stop() {
      for (const { timer } of followed.values()) clearTimeout(timer);
      followed.clear();
    },
  };
}
