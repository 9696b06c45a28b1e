/** The prices in use under one version, and what they say a call has cost. Pure. */
import { createHash } from 'node:crypto';

/** US dollars per million tokens; an unknown price stays away and never becomes zero. */
export interface Price {
  readonly inputUsdPerMillion?: number;
  readonly outputUsdPerMillion?: number;
}

export interface TokenCounts {
  readonly promptTokens: number;
  readonly completionTokens: number;
}

/**
 * `full`: every token that was used has a price. `output-only`: the prompt has none, so `costUsd` is a lower bound.
 * `none`: nothing is known, and there is no `costUsd`.
 */
export type Cost =
  | { readonly costKnown: 'full' | 'output-only'; readonly costUsd: number }
  | { readonly costKnown: 'none' };

export interface PriceTable {
  /** Names exactly these prices: the same prices give the same version, whatever their order. */
  readonly version: string;
  readonly prices: ReadonlyMap<string, Price>;
  costOf(modelId: string, usage: TokenCounts): Cost;
}

export function createPriceTable(models: Iterable<readonly [modelId: string, price: Price]>): PriceTable {
  const prices = new Map([...models].sort(([one], [other]) => (one < other ? -1 : 1)));
  const listed = [...prices].map(([id, { inputUsdPerMillion = null, outputUsdPerMillion = null }]) => [
    id,
    inputUsdPerMillion,
    outputUsdPerMillion,
  ]);
  const version = createHash('sha256').update(JSON.stringify(listed)).digest('hex').slice(0, 12);
  return {
    version,
    prices,
    costOf(modelId, { promptTokens, completionTokens }) {
      const { inputUsdPerMillion, outputUsdPerMillion } = prices.get(modelId) ?? {};
      const input = partUsd(promptTokens, inputUsdPerMillion);
      const output = partUsd(completionTokens, outputUsdPerMillion);
      if (output === undefined) return { costKnown: 'none' };
      if (input !== undefined) return { costKnown: 'full', costUsd: input + output };
      // Only the unpriced prompt was used: its known part is nothing, and a zero would look like a price.
      return completionTokens === 0 ? { costKnown: 'none' } : { costKnown: 'output-only', costUsd: output };
    },
  };
}

/** A part that used no tokens costs nothing, whatever its price. */
function partUsd(tokens: number, usdPerMillion: number | undefined): number | undefined {
  if (tokens === 0) return 0;
  return usdPerMillion === undefined ? undefined : (tokens * usdPerMillion) / 1_000_000;
}
