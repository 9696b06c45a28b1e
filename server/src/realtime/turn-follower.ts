/**
 * Shows viewers on this process a turn that runs on another, by polling the turn's log. Deltas do not go through the
 * adapter, which would publish each one even when every viewer is on one process.
 */
import type { Delta, TurnState } from '@firstword/shared/wire';

export interface TurnProgress {
  readonly state: TurnState;
  /** `seq` of the stored answer, if there is one. */
  readonly seq?: number;
  readonly deltas: readonly Delta[];
}

export interface TurnFollowerParts {
  /** The log's deltas after `n`; undefined when there is no such turn. */
  readonly read: (conversationId: string, turnId: string, n: number) => Promise<TurnProgress | undefined>;
  /** Following ends when a turn has no viewers on this process. */
  readonly hasViewers: (conversationId: string) => boolean;
  readonly show: (conversationId: string, turnId: string, delta: Delta) => void;
  /** Called when the log shows an end whose event never arrived: it was sent while a viewer was connecting. */
  readonly ended: (conversationId: string, turnId: string, progress: TurnProgress) => void;
  /** Polling interval, in milliseconds. */
  readonly everyMs: number;
}

export interface TurnFollower {
  /** Shows the deltas after `n` until the turn ends; has no effect on a turn that is already followed. */
  follow(conversationId: string, turnId: string, n: number): void;
  /** The turn's end event arrived: stop following. */
  leave(turnId: string): void;
  followed(): number;
  stop(): void;
}

export function createTurnFollower({ read, hasViewers, show, ended, everyMs }: TurnFollowerParts): TurnFollower {
  const timers = new Map<string, NodeJS.Timeout>();

  const poll = async (conversationId: string, turnId: string, n: number, wasEnded: boolean) => {
    let last = n;
    const progress = await read(conversationId, turnId, n).catch(
      (): TurnProgress => ({ state: 'running', deltas: [] }),
    );
    if (!timers.has(turnId)) return; // its end event arrived meanwhile
    for (const delta of progress?.deltas ?? []) {
      show(conversationId, turnId, delta);
      last = delta.n;
    }
    const isEnded = progress !== undefined && progress.state !== 'running';
    // Usually the end event is about to arrive from the other process, with more detail than the log; wait one more poll.
    if (progress !== undefined && !(isEnded && wasEnded) && hasViewers(conversationId))
      return pollAgain(conversationId, turnId, last, isEnded);
    timers.delete(turnId);
    if (isEnded) ended(conversationId, turnId, progress);
  };
  const pollAgain = (conversationId: string, turnId: string, n: number, wasEnded = false) => {
    timers.set(
      turnId,
      setTimeout(() => void poll(conversationId, turnId, n, wasEnded), everyMs),
    );
  };
  const leave = (turnId: string) => {
    clearTimeout(timers.get(turnId));
    timers.delete(turnId);
  };

  return {
    follow(conversationId, turnId, n) {
      if (!timers.has(turnId)) pollAgain(conversationId, turnId, n);
    },
    leave,
    followed: () => timers.size,
    stop: () => [...timers.keys()].forEach(leave),
  };
}
