/** A versioned price table, and the cost of a call by it. Pure. */
import { createHash } from 'node:crypto';

/** US dollars per million tokens; an unknown price is absent, never zero. */
export interface Price {
  readonly inputUsdPerMillion?: number;
  readonly outputUsdPerMillion?: number;
  /** Of the part of a prompt that the endpoint took from its cache; absent: as other input. */
  readonly cachedInputUsdPerMillion?: number;
}

export interface TokenCounts {
  readonly promptTokens: number;
  readonly completionTokens: number;
  /** Part of `promptTokens`. */
  readonly cachedTokens?: number | undefined;
}

/**
 * `full`: all used tokens have a price. `output-only`: the prompt has none, so `costUsd` is a lower bound.
 * `none`: no price is known, so there is no `costUsd`.
 */
export type Cost =
  | { readonly costKnown: 'full' | 'output-only'; readonly costUsd: number }
  | { readonly costKnown: 'none' };

export interface PriceTable {
  /** Hash of the prices, independent of their order. */
  readonly version: string;
  readonly prices: ReadonlyMap<string, Price>;
  costOf(modelId: string, usage: TokenCounts): Cost;
  /**
   * What budgets count, in US dollars, so that an unknown price does not switch them off: an unknown input price counts as the output
   * price, and a model without any price like the most expensive one. No chat model's input costs more than its output.
   */
  limitUsdOf(modelId: string, usage: TokenCounts): number;
}

export function createPriceTable(models: Iterable<readonly [modelId: string, price: Price]>): PriceTable {
  const prices = new Map([...models].sort(([one], [other]) => (one < other ? -1 : 1)));
  const highest = Math.max(0, ...[...prices.values()].map(({ outputUsdPerMillion = 0 }) => outputUsdPerMillion));
  const listed = [...prices].map(
    ([id, { inputUsdPerMillion = null, outputUsdPerMillion = null, cachedInputUsdPerMillion: cached }]) => [
      id,
      inputUsdPerMillion,
      outputUsdPerMillion,
      ...(cached === undefined ? [] : [cached]), // tables without this price keep their version
    ],
  );
  const version = createHash('sha256').update(JSON.stringify(listed)).digest('hex').slice(0, 12);
  return {
    version,
    prices,
    costOf(modelId, { promptTokens, completionTokens, cachedTokens = 0 }) {
      const { inputUsdPerMillion, outputUsdPerMillion, cachedInputUsdPerMillion } = prices.get(modelId) ?? {};
      const cached = Math.min(cachedTokens, promptTokens);
      const fresh = partUsd(promptTokens - cached, inputUsdPerMillion);
      const fromCache = partUsd(cached, cachedInputUsdPerMillion ?? inputUsdPerMillion);
      const input = fresh === undefined || fromCache === undefined ? undefined : fresh + fromCache;
      const output = partUsd(completionTokens, outputUsdPerMillion);
      if (output === undefined) return { costKnown: 'none' };
      if (input !== undefined) return { costKnown: 'full', costUsd: input + output };
      // Only the prompt was used and it has no price: zero would look like a price.
      return completionTokens === 0 ? { costKnown: 'none' } : { costKnown: 'output-only', costUsd: output };
    },
    limitUsdOf(modelId, { promptTokens, completionTokens, cachedTokens = 0 }) {
      const price = prices.get(modelId) ?? {};
      const output = price.outputUsdPerMillion ?? Math.max(highest, price.inputUsdPerMillion ?? 0);
      const input = price.inputUsdPerMillion ?? output;
      const cached = Math.min(cachedTokens, promptTokens);
      const fromCache = price.cachedInputUsdPerMillion ?? input;
      return ((promptTokens - cached) * input + cached * fromCache + completionTokens * output) / 1_000_000;
    },
  };
}

/** The table of the prices that are current at each call. */
export function createLivePriceTable(current: () => PriceTable): PriceTable {
  return {
    get version() {
      return current().version;
    },
    get prices() {
      return current().prices;
    },
    costOf: (modelId, usage) => current().costOf(modelId, usage),
    limitUsdOf: (modelId, usage) => current().limitUsdOf(modelId, usage),
  };
}

/** Zero tokens cost nothing, even without a price. */
function partUsd(tokens: number, usdPerMillion: number | undefined): number | undefined {
  if (tokens === 0) return 0;
  return usdPerMillion === undefined ? undefined : (tokens * usdPerMillion) / 1_000_000;
}
