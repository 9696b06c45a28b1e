/** Reads the ledger's totals: by day, site, tier, region, model and purpose; per conversation; per ticket. */
import type { CallTotals, CostFigures, CostReport } from '@firstword/shared/reports';
import { checkDays } from '../lib/days.ts';
import { addAmounts, type CallAmounts, NO_AMOUNTS } from '../records/call-amounts.ts';
import type { LedgerRow } from '../records/ledger-row.ts';
import { EMPTY_HISTOGRAM, mergeHistograms } from '../records/ttft-histogram.ts';
import type { CallQuestion, UsageStore } from '../records/usage-store.ts';
import { figuresOf } from './report-figures.ts';
import { toTotals } from './totals.ts';

/** `lines` are ordered by their keys. */
export interface Report extends Pick<CostReport, 'total' | 'lines'> {
  /** @param visits of the same sites and days */
  figures(visits: number): CostFigures;
}

export interface Reports {
  /** @throws RangeError for invalid days */
  report(question: CallQuestion): Promise<Report>;
  conversationCost(conversationId: string): Promise<CallTotals>;
  ticketCost(ticketId: string): Promise<CallTotals>;
  /** The latest rows, oldest first; deleted after 30 days. */
  conversationCalls(conversationId: string): Promise<LedgerRow[]>;
}

/** Of one conversation; more is no longer readable. */
const CALLS_MAX = 200;

export function createReports(usage: Pick<UsageStore, 'readCalls' | 'amountsOf' | 'callsOf'>): Reports {
  const costOf = async (owner: 'conversation' | 'ticket', id: string) =>
    toTotals(await usage.amountsOf(owner, id), EMPTY_HISTOGRAM);
  return {
    async report(question) {
      checkDays(question.from, question.to);
      const { sums, ttft } = await usage.readCalls(question);
      const lines = new Map<string, CallAmounts>();
      for (const { key, amounts } of sums) lines.set(key, addAmounts(lines.get(key) ?? NO_AMOUNTS, amounts));
      const histograms = new Map(ttft.map(({ key, ttft: histogram }) => [key, histogram]));
      const all = toTotals(
        [...lines.values()].reduce(addAmounts, NO_AMOUNTS),
        ttft.reduce((sum, { ttft: histogram }) => mergeHistograms(sum, histogram), EMPTY_HISTOGRAM),
      );
      const ordered = [...lines].sort(([one], [other]) => (one < other ? -1 : 1));
      return {
        total: all,
        figures: (visits) => figuresOf(sums, all, visits),
        lines: ordered.map(([key, amounts]) => {
          const totals = toTotals(amounts, histograms.get(key) ?? EMPTY_HISTOGRAM);
          return { key, share: all.calls === 0 ? 0 : totals.calls / all.calls, totals };
        }),
      };
    },
    conversationCost: (conversationId) => costOf('conversation', conversationId),
    ticketCost: (ticketId) => costOf('ticket', ticketId),
    conversationCalls: (conversationId) => usage.callsOf(conversationId, CALLS_MAX),
  };
}
