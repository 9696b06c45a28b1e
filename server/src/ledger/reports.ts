/** Reads the ledger's totals: by day, site, tier, region, model and purpose; per conversation; per ticket. */
import type { CallTotals, CostFigures, CostKey, CostReport } from '@firstword/shared/reports';
import type { Redis } from '../lib/redis.ts';
import type { RedisKeys } from '../store/keys.ts';
import { daysBetween } from './days.ts';
import { type LedgerRow, readRow } from './ledger-row.ts';
import { createFigureSums } from './report-figures.ts';
import { addTo, readField, type Sums, toTotals } from './totals.ts';

export interface ReportQuestion {
  /** UTC days such as 2026-05-20, both inclusive, at most 400 days. */
  readonly from: string;
  readonly to: string;
  /** Absent: all sites. */
  readonly siteId?: string;
  readonly by: CostKey;
}

/** `lines` are ordered by their keys. */
export interface Report extends Pick<CostReport, 'total' | 'lines'> {
  /** @param visits of the same sites and days */
  figures(visits: number): CostFigures;
}

export interface Reports {
  /** @throws RangeError for invalid days */
  report(question: ReportQuestion): Promise<Report>;
  conversationCost(conversationId: string): Promise<CallTotals>;
  ticketCost(ticketId: string): Promise<CallTotals>;
  /** The latest rows, oldest first; deleted 30 days after the last one. */
  conversationCalls(conversationId: string): Promise<LedgerRow[]>;
}

export function createReports(redis: Redis, keys: RedisKeys): Reports {
  const accountOf = async (key: string): Promise<CallTotals> => {
    const sums: Sums = new Map();
    for (const [field, value] of Object.entries(await redis.hgetall(key)))
      addTo(sums, [[readField(field).name, Number(value)]]);
    return toTotals(sums);
  };

  return {
    async report({ from, to, siteId, by }) {
      const total: Sums = new Map();
      const figureSums = createFigureSums();
      const lines = new Map<string, Sums>();
      for (const day of daysBetween(from, to)) {
        const sites = siteId === undefined ? await redis.hkeys(keys.ledgerSites(day)) : [siteId];
        const hashes = await Promise.all(sites.map((site) => redis.hgetall(keys.ledgerDay(site, day))));
        for (const [index, hash] of hashes.entries())
          for (const [field, value] of Object.entries(hash)) {
            const { group, name } = readField(field);
            const [tier, region, model, purpose] = group;
            if (tier === undefined || region === undefined || model === undefined || purpose === undefined) continue;
            const key = { day, site: sites[index] ?? '', tier, region, model, purpose }[by];
            const sums = lines.get(key) ?? new Map();
            lines.set(key, sums);
            for (const bag of [sums, total]) addTo(bag, [[name, Number(value)]]);
            figureSums.add(tier, purpose, name, Number(value));
          }
      }
      const ordered = [...lines].sort(([one], [other]) => (one < other ? -1 : 1));
      const all = toTotals(total);
      return {
        total: all,
        figures: (visits) => figureSums.figures(all, visits),
        lines: ordered.map(([key, sums]) => {
          const totals = toTotals(sums);
          return { key, share: all.calls === 0 ? 0 : totals.calls / all.calls, totals };
        }),
      };
    },
    conversationCost: (conversationId) => accountOf(keys.conversationCost(conversationId)),
    ticketCost: (ticketId) => accountOf(keys.ticketCost(ticketId)),
    conversationCalls: async (conversationId) =>
      (await redis.xrange(keys.conversationCalls(conversationId), '-', '+')).map(readRow),
  };
}
