/** Remembers recent turns, so that a browser can report `feltTtft` only for answers that it received. */
import type { FeltSample } from '../records/usage-record.ts';

export type FeltTurn = Omit<FeltSample, 'ms' | 'at'> & { readonly conversationId: string };

export interface FeltTurns {
  /** This process has sent a turn's first delta. */
  opened(turn: FeltTurn): void;
  /**
   * Accepts a browser's report.
   * @param ms send → first painted text
   * @returns false when this process did not send this turn to this conversation, or it was reported before
   */
  seen(conversationId: string, turnId: string, ms: number): boolean;
}

/** Turns waiting for their report; a browser paints within seconds or never. */
const TURNS_MAX = 10_000;

export function createFeltTurns(onSample: (sample: Omit<FeltSample, 'at'>, conversationId: string) => void): FeltTurns {
  const turns = new Map<string, FeltTurn>();
  return {
    opened(turn) {
      turns.set(turn.turnId, turn);
      const [oldest] = turns.keys();
      if (turns.size > TURNS_MAX && oldest !== undefined) turns.delete(oldest);
    },
    seen(conversationId, turnId, ms) {
      const turn = turns.get(turnId);
      if (turn === undefined || turn.conversationId !== conversationId) return false;
      turns.delete(turnId);
      const { siteId, region, tier, modelId } = turn;
      onSample({ turnId, siteId, region, tier, modelId, ms }, conversationId);
      return true;
    },
  };
}
