/** What the ledger's totals say: by day, site, tier, region, model and purpose; of a conversation; of a ticket. */

import type { CallTotals, CostKey, CostReport } from '@firstword/shared/reports';
import type { Redis } from 'ioredis';
import type { RedisKeys } from '../store/keys.ts';
import { daysBetween } from './days.ts';
import { type LedgerRow, readRow } from './ledger-row.ts';
import { addTo, readField, type Sums, toTotals } from './totals.ts';

export interface ReportQuestion {
  /** UTC days like 2026-05-20, both included, at most 400 of them. */
  readonly from: string;
  readonly to: string;
  /** Absent: every site. */
  readonly siteId?: string;
  readonly by: CostKey;
}

/** `lines` are ordered by their keys. */
export type Report = Pick<CostReport, 'total' | 'lines'>;

export interface Reports {
  /** @throws RangeError when the days are no days, in the wrong order, or too many */
  report(question: ReportQuestion): Promise<Report>;
  conversationCost(conversationId: string): Promise<CallTotals>;
  ticketCost(ticketId: string): Promise<CallTotals>;
  /** Its last rows, oldest first; none when the last of them is 30 days old. */
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
          }
      }
      const ordered = [...lines].sort(([one], [other]) => (one < other ? -1 : 1));
      return { total: toTotals(total), lines: ordered.map(([key, sums]) => ({ key, totals: toTotals(sums) })) };
    },
    conversationCost: (conversationId) => accountOf(keys.conversationCost(conversationId)),
    ticketCost: (ticketId) => accountOf(keys.ticketCost(ticketId)),
    conversationCalls: async (conversationId) =>
      (await redis.xrange(keys.conversationCalls(conversationId), '-', '+')).map(readRow),
  };
}
