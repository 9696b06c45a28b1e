/** Shows the viewers of this process the turns that run on other processes. */
import type { TurnEvent, TurnSnapshot } from '@firstword/shared/wire';
import type { Conversations } from '../conversation/conversations.ts';
import { createTurnFollower } from './turn-follower.ts';
import type { Viewers, WidgetSocket } from './viewers.ts';

/** The log is written every 100 ms, so polling much faster gains little. */
const FOLLOW_MS = 75;

export interface OtherTurns {
  /** From now on follows what other processes start in this conversation. */
  watch(socket: WidgetSocket, conversationId: string): void;
  /** Shows a turn until it ends; has no effect on a turn of this process. */
  follow(conversationId: string, turn: TurnSnapshot): void;
  stop(): void;
}

export function createOtherTurns(
  viewers: Pick<Viewers, 'here' | 'publishHere'>,
  conversations: Pick<Conversations, 'progress' | 'liveTurn'>,
): OtherTurns {
  const follower = createTurnFollower({
    read: conversations.progress,
    hasViewers: viewers.here,
    show: (conversationId, turnId, delta) =>
      viewers.publishHere(conversationId, { type: 'text-delta', turnId, ...delta }),
    ended(conversationId, turnId, { state, seq }) {
      if (state === 'running') return;
      const retryable = state === 'interrupted' || state === 'failed' ? { retryable: true } : {};
      const end: TurnEvent = { type: 'turn-end', turnId, state, ...retryable, ...(seq === undefined ? {} : { seq }) };
      viewers.publishHere(conversationId, end);
    },
    everyMs: FOLLOW_MS,
  });
  const follow = (conversationId: string, { turnId, state, deltas }: TurnSnapshot) => {
    if (state === 'running' && conversations.liveTurn(conversationId)?.turnId !== turnId)
      follower.follow(conversationId, turnId, deltas.at(-1)?.n ?? 0);
  };
  return {
    watch(socket, conversationId) {
      // The adapter delivers other processes' turn events straight to sockets; this is where this process sees them.
      socket.onAnyOutgoing((name: string, event: TurnEvent) => {
        if (name !== 'turn-event' || event.type === 'text-delta') return;
        if (event.type === 'turn-end') return follower.leave(event.turnId);
        follow(conversationId, { ...event, deltas: [], state: 'running' });
      });
    },
    follow,
    stop: follower.stop,
  };
}
