/** Shows agents a running answer while their page watches its ticket. Where no page of this process does, nothing is read. */
import type { TurnSnapshot } from '@firstword/shared/wire';
import type { Conversations } from '../conversation/conversations.ts';
import { textOf } from '../store/delta-log.ts';

export interface WatchedTicket {
  readonly ticketId: string;
  readonly conversationId: string;
}

export interface AnswerWatchParts {
  readonly conversations: Pick<Conversations, 'liveTurn' | 'progress' | 'snapshot'>;
  readonly isWatched: (ticketId: string) => boolean;
  /** The whole text so far, so that a page that connects meanwhile needs nothing else. */
  readonly show: (ticketId: string, turnId: string, text: string) => void;
  /** `seq` of the stored answer; absent when nothing was stored. */
  readonly ended: (ticketId: string, turnId: string, seq: number | undefined) => void;
  readonly everyMs: number;
}

export interface AnswerWatch {
  /** Shows the answer that is running now, if there is one, until it has ended. To be called for each new question. */
  follow(ticket: WatchedTicket): void;
  stop(): void;
}

type WatchedTurn = TurnSnapshot & { readonly seq?: number };

interface Following {
  readonly conversationId: string;
  turnId: string | undefined;
  /** What pages have; undefined when one of them has nothing. */
  shown: string | undefined;
  timer?: NodeJS.Timeout;
}

export function createAnswerWatch({ conversations, isWatched, show, ended, everyMs }: AnswerWatchParts): AnswerWatch {
  const followed = new Map<string, Following>();

  /** The turn that is followed, also where it has ended; otherwise the one that runs. */
  const readTurn = async ({ conversationId, turnId }: Following): Promise<WatchedTurn | undefined> => {
    const live = conversations.liveTurn(conversationId);
    if (live !== undefined && (turnId === undefined || live.turnId === turnId)) return live;
    if (turnId !== undefined) return conversations.progress(conversationId, turnId, 0);
    return (await conversations.snapshot(conversationId)).turn;
  };

  const poll = async (ticketId: string, following: Following) => {
    const unread = { state: 'unread' } as const;
    const turn = isWatched(ticketId) ? await readTurn(following).catch(() => unread) : undefined;
    if (followed.get(ticketId) !== following) return;
    if (turn?.state === 'unread') return pollLater(ticketId, following);
    if (turn === undefined) {
      followed.delete(ticketId);
      return;
    }
    if (turn.state === 'running') {
      following.turnId = turn.turnId;
      const text = textOf(turn.deltas);
      if (text !== '' && text !== following.shown) show(ticketId, turn.turnId, text);
      following.shown = text;
    } else if (following.turnId !== undefined) {
      ended(ticketId, turn.turnId, turn.seq);
      following.turnId = undefined; // the next question may be answered already
    }
    pollLater(ticketId, following);
  };
  const pollLater = (ticketId: string, following: Following) => {
    following.timer = setTimeout(() => void poll(ticketId, following), everyMs);
  };

  return {
    follow({ ticketId, conversationId }) {
      const known = followed.get(ticketId);
      if (known !== undefined) {
        known.shown = undefined;
        return;
      }
      const following = { conversationId, turnId: undefined, shown: undefined };
      followed.set(ticketId, following);
      void poll(ticketId, following);
    },
    stop() {
      for (const { timer } of followed.values()) clearTimeout(timer);
      followed.clear();
    },
  };
}
