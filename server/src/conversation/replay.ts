/** What a client missed: messages after its last one, and deltas of the turn that it was showing. */
import { HISTORY_PAGE_MAX } from '@firstword/shared/limits';
import type { ReplayAnswer } from '@firstword/shared/wire';
import type { ConversationStore } from '../store/conversation-store.ts';
import { type LiveTurns, snapshotOf } from './live-turns.ts';
import type { TurnLog } from './turn-log.ts';

export interface ReplayPosition {
  readonly afterSeq: number;
  readonly turnId?: string | undefined;
  readonly afterDelta?: number | undefined;
}

export type Replay = (conversationId: string, position: ReplayPosition) => Promise<ReplayAnswer>;

export function createReplay(
  store: Pick<ConversationStore, 'readAfter' | 'snapshot'>,
  liveTurns: Pick<LiveTurns, 'find'>,
  turnLog: Pick<TurnLog, 'progress'>,
): Replay {
  return async (conversationId, { afterSeq, turnId, afterDelta = 0 }) => {
    const messages = await store.readAfter(conversationId, afterSeq, HISTORY_PAGE_MAX + 1);
    const { lastSeq } = await store.snapshot(conversationId, 1);
    // The client is more than a page behind, or ahead of what is stored: it must load the conversation again.
    if (messages.length > HISTORY_PAGE_MAX || afterSeq > lastSeq) return { messages: [], resync: true };
    if (turnId === undefined) return { messages };
    const live = liveTurns.find(turnId);
    if (live?.conversationId === conversationId)
      return { messages, turn: { ...snapshotOf(live), deltas: live.deltas.filter(({ n }) => n > afterDelta) } };
    const found = await turnLog.progress(conversationId, turnId, afterDelta);
    if (found === undefined) return { messages };
    const { seq: _, ...turn } = found;
    return { messages, turn };
  };
}
