/** Reads a turn's progress from its log in Redis, and ends turns whose process cannot. */
import type { Message, TurnEndState, TurnSnapshot } from '@firstword/shared/wire';
import type { EndOutcome } from '../store/conversation-outcomes.ts';
import type { ConversationStore } from '../store/conversation-store.ts';
import { textOf } from '../store/delta-log.ts';
import { knownLinks, withKnownLinks } from './answer-links.ts';
import type { ViewerEvent } from './sink.ts';

export interface TurnLog {
  /** Deltas after `n`, and `seq` of the stored answer. */
  progress(
    conversationId: string,
    turnId: string,
    n: number,
  ): Promise<(TurnSnapshot & { readonly seq?: number }) | undefined>;
  /** Ends the turn with its logged text. Returns events for viewers; none when it had ended or is not an orphan. */
  end(conversationId: string, turnId: string, state: TurnEndState, onlyIfOrphaned: boolean): Promise<ViewerEvent[]>;
}

export function createTurnLog(store: Pick<ConversationStore, 'readTurn' | 'readDeltas' | 'endTurn'>): TurnLog {
  return {
    async progress(conversationId, turnId, n) {
      // Read in this order: once the end is visible, so are all deltas written before it.
      const [record, deltas] = await Promise.all([
        store.readTurn(conversationId, turnId),
        store.readDeltas(conversationId, turnId, n),
      ]);
      if (record === undefined) return undefined;
      const { messageSeq, state, seq } = record;
      return { turnId, messageSeq, state, deltas, ...(seq === undefined ? {} : { seq }) };
    },

    async end(conversationId, turnId, state, onlyIfOrphaned) {
      const deltas = await store.readDeltas(conversationId, turnId, 0);
      // Its sources are unknown here, so it may link nowhere.
      const text = withKnownLinks(textOf(deltas), knownLinks([], []));
      const message = { id: turnId, from: 'assistant' as const, text, at: Date.now(), turnId, state };
      const outcome = await store.endTurn(conversationId, turnId, {
        state,
        onlyIfOrphaned,
        ...(text === '' ? {} : { message }),
      });
      return toEvents(turnId, outcome, message);
    },
  };
}

function toEvents(turnId: string, outcome: EndOutcome, message: Omit<Message, 'seq'>): ViewerEvent[] {
  if (outcome.kind !== 'done') return [];
  const { state, seq } = outcome;
  const retryable = state === 'interrupted' ? { retryable: true } : {};
  if (seq === undefined) return [{ type: 'turn-end', turnId, state, ...retryable }];
  return [
    { type: 'message', message: { ...message, seq } },
    { type: 'turn-end', turnId, state, seq, ...retryable },
  ];
}
