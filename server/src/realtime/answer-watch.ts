/** Shows agents a running answer while their page watches its conversation. Where no page of this process does, nothing is read. */
import type { TurnSnapshot } from '@firstword/shared/wire';
import type { Conversations } from '../conversation/conversations.ts';
import { textOf } from '../store/delta-log.ts';

export interface AnswerWatchParts {
  readonly conversations: Pick<Conversations, 'liveTurn' | 'progress' | 'snapshot'>;
  readonly isWatched: (conversationId: string) => boolean;
  /** The whole text so far, so that a page that connects meanwhile needs nothing else. */
  readonly show: (conversationId: string, turnId: string, text: string) => void;
  /** `seq` of the stored answer; absent when nothing was stored. */
  readonly ended: (conversationId: string, turnId: string, seq: number | undefined) => void;
  readonly everyMs: number;
}

export interface AnswerWatch {
  /** Shows the answer that is running now, if there is one, until it has ended. To be called for each new question. */
  follow(conversationId: string): void;
  stop(): void;
}

type WatchedTurn = TurnSnapshot & { readonly seq?: number };

interface Following {
  turnId: string | undefined;
  /** What pages have; undefined when one of them has nothing. */
  shown: string | undefined;
  /** Called for again since the last reading, which may be older than the question. */
  again: boolean;
  timer?: NodeJS.Timeout;
}

export function createAnswerWatch({ conversations, isWatched, show, ended, everyMs }: AnswerWatchParts): AnswerWatch {
  const followed = new Map<string, Following>();

  /** The turn that is followed, also where it has ended; otherwise the one that runs. */
  const readTurn = async (conversationId: string, turnId: string | undefined): Promise<WatchedTurn | undefined> => {
    const live = conversations.liveTurn(conversationId);
    if (live !== undefined && (turnId === undefined || live.turnId === turnId)) return live;
    if (turnId !== undefined) return conversations.progress(conversationId, turnId, 0);
    return (await conversations.snapshot(conversationId)).turn;
  };

  const poll = async (conversationId: string, following: Following) => {
    const unread = { state: 'unread' } as const;
    const watched = isWatched(conversationId);
    following.again = false;
    const turn = watched ? await readTurn(conversationId, following.turnId).catch(() => unread) : undefined;
    if (followed.get(conversationId) !== following) return;
    if (turn?.state === 'unread') return pollLater(conversationId, following);
    if (turn === undefined) {
      following.turnId = undefined;
      if (watched && following.again) return pollLater(conversationId, following);
      followed.delete(conversationId);
      return;
    }
    if (turn.state === 'running') {
      following.turnId = turn.turnId;
      const text = textOf(turn.deltas);
      if (text !== '' && text !== following.shown) show(conversationId, turn.turnId, text);
      following.shown = text;
    } else if (following.turnId !== undefined) {
      ended(conversationId, turn.turnId, turn.seq);
      following.turnId = undefined; // the next question may be answered already
    }
    pollLater(conversationId, following);
  };
  const pollLater = (conversationId: string, following: Following) => {
    following.timer = setTimeout(() => void poll(conversationId, following), everyMs);
  };

  return {
    follow(conversationId) {
      const known = followed.get(conversationId);
      if (known !== undefined) {
        known.shown = undefined;
        known.again = true;
        return;
      }
      const following = { turnId: undefined, shown: undefined, again: false };
      followed.set(conversationId, following);
      void poll(conversationId, following);
    },
    stop() {
      for (const { timer } of followed.values()) clearTimeout(timer);
      followed.clear();
    },
  };
}
