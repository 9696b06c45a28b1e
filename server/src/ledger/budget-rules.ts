/** Decides from the spending so far whether a budget allows more. Pure. */
import type { BudgetVerdict } from '@firstword/shared/reports';
import type { Spend } from '../store/spend-counters.ts';

/** An absent limit is no limit. */
export interface BudgetLimit {
  /** US dollars, where an unknown price counts as an estimate (`PriceTable.limitUsdOf`). */
  readonly usd?: number | undefined;
  readonly tokens?: number | undefined;
}

/** From the narrowest to the widest, so that a budget closes for the one who uses it up. */
export const BUDGET_SCOPES = ['conversation', 'addressDay', 'visitorDay', 'siteDay'] as const;
export type BudgetScope = (typeof BUDGET_SCOPES)[number];
export type BudgetLimits = { readonly [Scope in BudgetScope]?: BudgetLimit | undefined };

export interface BudgetState {
  readonly verdict: BudgetVerdict;
  /** The budget that is closest to its limit, and its used share (1 = all); absent without a limit. */
  readonly tightest?: { readonly scope: BudgetScope; readonly usedShare: number };
}

/** @param degradeAt the used share (0…1) from which a cheaper tier is used */
export function judgeSpend(
  spent: Readonly<Record<BudgetScope, Spend>>,
  limits: BudgetLimits,
  degradeAt: number,
): BudgetState {
  let tightest: BudgetState['tightest'];
  for (const scope of BUDGET_SCOPES) {
    const usedShare = usedShareOf(spent[scope], limits[scope]);
    if (usedShare !== undefined && usedShare > (tightest?.usedShare ?? -1)) tightest = { scope, usedShare };
  }
  if (tightest === undefined) return { verdict: 'ok' };
  const { usedShare } = tightest;
  return { verdict: usedShare >= 1 ? 'hand-off' : usedShare >= degradeAt ? 'degrade' : 'ok', tightest };
}

/** An address counts as this many visitors at most, because the visitors of an office or a phone network may share one. */
const VISITORS_PER_ADDRESS = 10;

/**
 * What one address may use of a site's budgets in a day, where it has no limit of its own: a visitor who starts a new session gets
 * no new budget, and none can use up what the others of the site need.
 * @param addressShare the share (0…1) of the site's daily budget
 */
export function addressLimitOf({ visitorDay = {}, siteDay = {} }: BudgetLimits, addressShare: number): BudgetLimit {
  const smaller = (ofVisitors: number | undefined, ofSite: number | undefined) => {
    const limits = [
      ...(ofVisitors === undefined ? [] : [ofVisitors * VISITORS_PER_ADDRESS]),
      ...(ofSite === undefined ? [] : [ofSite * addressShare]),
    ];
    return limits.length === 0 ? undefined : Math.min(...limits);
  };
  return { usd: smaller(visitorDay.usd, siteDay.usd), tokens: smaller(visitorDay.tokens, siteDay.tokens) };
}

/** The larger of the used shares of dollars and tokens; undefined without a limit. */
export function usedShareOf({ usd, tokens }: Spend, limit: BudgetLimit = {}): number | undefined {
  const shares = [shareOf(usd, limit.usd), shareOf(tokens, limit.tokens)].filter((share) => share !== undefined);
  return shares.length === 0 ? undefined : Math.max(...shares);
}

/** A limit of zero is used up from the start. */
function shareOf(spent: number, limit: number | undefined): number | undefined {
  if (limit === undefined) return undefined;
  return limit === 0 ? 1 : spent / limit;
}
