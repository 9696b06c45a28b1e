/**
 * Shows viewers on this process an answer that another process gives, by reading the turn's log. Deltas are not sent
 * through the adapter, because it would publish each of them even where every viewer sits on one process.
 */
import type { TurnState } from '@firstword/shared/wire';

export interface TurnProgress {
  readonly state: TurnState;
  /** Of the stored answer, when there is one. */
  readonly seq?: number;
  readonly deltas: readonly { n: number; text: string }[];
}

export interface TurnFollowerParts {
  /** What the log holds after the delta `n`; undefined when there is no such turn. */
  readonly read: (conversationId: string, turnId: string, n: number) => Promise<TurnProgress | undefined>;
  /** A turn that nobody here watches is not followed. */
  readonly hasViewers: (conversationId: string) => boolean;
  readonly show: (conversationId: string, turnId: string, delta: { n: number; text: string }) => void;
  /** A turn's end stands in its log and was not heard: it came while a viewer was being told that the turn runs. */
  readonly ended: (conversationId: string, turnId: string, progress: TurnProgress) => void;
  /** Pause between two looks at a log, in milliseconds. */
  readonly everyMs: number;
}

export interface TurnFollower {
  /** Shows what comes after delta `n`, until the turn ends; a turn that is followed already is not followed twice. */
  follow(conversationId: string, turnId: string, n: number): void;
  /** The end was heard: nothing more is shown. */
  leave(turnId: string): void;
  followed(): number;
  stop(): void;
}

export function createTurnFollower({ read, hasViewers, show, ended, everyMs }: TurnFollowerParts): TurnFollower {
  const timers = new Map<string, NodeJS.Timeout>();

  const look = async (conversationId: string, turnId: string, n: number, wasEnded: boolean) => {
    let last = n;
    const progress = await read(conversationId, turnId, n).catch(
      (): TurnProgress => ({ state: 'running', deltas: [] }),
    );
    if (!timers.has(turnId)) return; // its end was heard meanwhile
    for (const delta of progress?.deltas ?? []) {
      show(conversationId, turnId, delta);
      last = delta.n;
    }
    const isEnded = progress !== undefined && progress.state !== 'running';
    // As a rule the end is on its way from the process that gave the answer, and tells more than the log does.
    if (progress !== undefined && !(isEnded && wasEnded) && hasViewers(conversationId))
      return lookAgain(conversationId, turnId, last, isEnded);
    timers.delete(turnId);
    if (isEnded) ended(conversationId, turnId, progress);
  };
  const lookAgain = (conversationId: string, turnId: string, n: number, wasEnded = false) => {
    timers.set(
      turnId,
      setTimeout(() => void look(conversationId, turnId, n, wasEnded), everyMs),
    );
  };
  const leave = (turnId: string) => {
    clearTimeout(timers.get(turnId));
    timers.delete(turnId);
  };

  return {
    follow(conversationId, turnId, n) {
      if (!timers.has(turnId)) lookAgain(conversationId, turnId, n);
    },
    leave,
    followed: () => timers.size,
    stop: () => [...timers.keys()].forEach(leave),
  };
}
