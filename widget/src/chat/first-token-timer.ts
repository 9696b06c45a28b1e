/** Measures the felt TTFT: from the moment the visitor asks until the answer's first text is painted. */
import type { Connection } from './connection.ts';

export interface FirstTokenTimer {
  /** `at` is when the visitor asked, by `performance.now()`. */
  asked(turnId: string, at: number): void;
  /** Reports each turn once, and only turns that were asked for in this window. */
  painted(turnId: string): void;
}

export function createFirstTokenTimer(connection: Pick<Connection, 'ask'>): FirstTokenTimer {
  const askedAt = new Map<string, number>();
  return {
    asked: (turnId, at) => void askedAt.set(turnId, at),
    painted(turnId) {
      const from = askedAt.get(turnId);
      if (from === undefined) return;
      askedAt.delete(turnId);
      void connection.ask('first-token-seen', { turnId, ms: Math.round((performance.now() - from) * 10) / 10 });
    },
  };
}
