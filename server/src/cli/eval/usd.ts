/** Adds up what the model calls of an evaluation cost. */
import type { Config } from '../../config/config.ts';
import type { CallRow } from '../../gateway/chat-call.ts';
import { costUsd } from '../../gateway/token-usage.ts';

/** The known part; `isComplete` is false where the price of a model's input is unknown. */
export function usdOf(rows: readonly CallRow[], { models }: Config): { usd: number; isComplete: boolean } {
  const usd = rows.reduce((sum, row) => {
    const outputOnly = costUsd({ ...row.usage, promptTokens: 0 }, models.get(row.modelId)?.price ?? {});
    return sum + (row.costUsd ?? outputOnly ?? 0);
  }, 0);
  return { usd, isComplete: rows.every((row) => row.costUsd !== undefined) };
}
