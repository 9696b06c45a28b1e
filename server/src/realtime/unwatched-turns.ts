/** Ends an answer some time after its last viewer has left. */
import type { Conversations } from '../conversation/conversations.ts';
import type { Log } from '../lib/log.ts';
import type { Viewers } from './viewers.ts';

export interface UnwatchedTurnParts {
  readonly viewers: Pick<Viewers, 'here' | 'anywhere'>;
  readonly conversations: Pick<Conversations, 'liveTurn' | 'abandon'>;
  /** How long an answer continues without viewers, in milliseconds. */
  readonly unwatchedMs: number;
  readonly log: Log;
}

/** Returns what to call when a viewer of this process has left. */
export function createUnwatchedTurns({
  viewers,
  conversations,
  unwatchedMs,
  log,
}: UnwatchedTurnParts): (conversationId: string) => void {
  const endIfUnwatched = async (conversationId: string) => {
    if (!(await viewers.anywhere(conversationId))) conversations.abandon(conversationId);
  };
  return (conversationId) => {
    if (conversations.liveTurn(conversationId) === undefined || viewers.here(conversationId)) return;
    setTimeout(() => {
      endIfUnwatched(conversationId).catch((error: unknown) =>
        log.warn({ reason: String(error) }, 'failed to check for viewers'),
      );
    }, unwatchedMs).unref();
  };
}
