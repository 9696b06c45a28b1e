/** Records the cost and the TTFT of every model call, without making turns wait. */

import type { Log } from '../lib/log.ts';
import type { Redis } from '../lib/redis.ts';
import type { RedisKeys } from '../store/keys.ts';
import { type CountedBatch, type CountedEntry, createCountOnce } from './count-once.ts';
import { dayOf } from './days.ts';
import { type LedgerRow, type ModelCall, readRow } from './ledger-row.ts';
import type { PriceTable } from './price-table.ts';
import { createReports, type Reports } from './reports.ts';
import { amountsOf, writeField } from './totals.ts';
import { createWriteBehind, type WriteBehindSettings } from './write-behind.ts';

export interface Ledger extends Reports {
  /** Prices and records a call, once per `callId`; returns its row. */
  record(call: ModelCall): LedgerRow;
  /** The latest rows, newest first. */
  lastRows(limit: number): Promise<LedgerRow[]>;
  /** Writes all rows that are still in memory. */
  flush(): Promise<void>;
  close(): Promise<void>;
}

export interface LedgerSettings extends WriteBehindSettings {
  /** Number of rows kept; totals are stored separately and stay exact. */
  readonly keepRows: number;
  /** How long daily totals and ticket totals are kept. */
  readonly keepDays: number;
}

export interface LedgerParts {
  readonly redis: Redis;
  readonly keys: RedisKeys;
  readonly prices: PriceTable;
  readonly log: Log;
  /** Called with the number of rows that were lost. */
  readonly onLost?: (count: number) => void;
}

/** A batch is retried within seconds when its response was lost; an hour covers an outage, too. */
const COUNTED_WINDOW_MS = 60 * 60 * 1000;
const DAY_SECONDS = 24 * 60 * 60;
/** The budgets of a visitor and of typing are daily; the second day covers midnight. */
const KEEP_VISITOR_SECONDS = 2 * DAY_SECONDS;
/** Single calls are only needed while agents work on a conversation; its totals stay. */
const KEEP_CALLS = { rows: 200, seconds: 30 * DAY_SECONDS };

export function createLedger(
  { redis, keys, prices, log, onLost }: LedgerParts,
  { keepRows, keepDays, ...behind }: LedgerSettings,
): Ledger {
  const countOnce = createCountOnce(redis, COUNTED_WINDOW_MS);
  const keepSeconds = keepDays * DAY_SECONDS;
  let pricesStored = false;

  const siteBatch = (rows: readonly LedgerRow[]): CountedBatch => {
    const expire: Record<string, number> = {};
    const entries = rows.map((row): CountedEntry => {
      const day = dayOf(row.startedAt);
      const { siteId } = row.owner;
      const [sites, totals] = [keys.ledgerSites(day), keys.ledgerDay(siteId, day)];
      expire[sites] = keepSeconds;
      expire[totals] = keepSeconds;
      const group = [row.tier, row.region, row.modelId, row.purpose];
      return {
        id: row.callId,
        row: JSON.stringify(row),
        adds: [
          [sites, siteId, 1],
          ...sumAdds(totals, row),
          ...amountsOf(row, true).map(([name, amount]) => [totals, writeField(group, name), amount] as const),
        ],
      };
    });
    const rowsKey = keys.ledgerRows();
    return { countedKey: keys.counted(rowsKey), entries, rows: { key: rowsKey, keep: keepRows }, expire };
  };

  /** One batch per account, because conversations, visitors and tickets have their own hash slots. */
  const ownerBatches = (rows: readonly LedgerRow[]): CountedBatch[] => {
    const accounts = new Map<string, { rows: LedgerRow[]; expire: Record<string, number>; callsKey?: string }>();
    const put = (key: string, row: LedgerRow, expire: Record<string, number>, callsKey?: string) => {
      const account = accounts.get(key) ?? { rows: [], expire, ...(callsKey === undefined ? {} : { callsKey }) };
      account.rows.push(row);
      accounts.set(key, account);
    };
    for (const row of rows) {
      const { siteId, conversationId, visitorId, ticketId } = row.owner;
      if (conversationId !== undefined) {
        const calls = keys.conversationCalls(conversationId);
        put(keys.conversationCost(conversationId), row, { [calls]: KEEP_CALLS.seconds }, calls);
      }
      if (ticketId !== undefined) {
        const cost = keys.ticketCost(ticketId);
        put(cost, row, { [cost]: keepSeconds });
      }
      if (row.reason === 'typing-dropped') {
        const cost = keys.typingCost(siteId, dayOf(row.startedAt));
        put(cost, row, { [cost]: KEEP_VISITOR_SECONDS });
      }
      if (visitorId !== undefined) {
        const cost = keys.visitorCost(siteId, visitorId, dayOf(row.startedAt));
        put(cost, row, { [cost]: KEEP_VISITOR_SECONDS });
      }
    }
    return [...accounts].map(([key, { rows: own, expire, callsKey }]) => ({
      countedKey: keys.counted(key),
      entries: own.map((row) => ({
        id: row.callId,
        adds: sumAdds(key, row),
        ...(callsKey === undefined ? {} : { row: JSON.stringify(row) }),
      })),
      ...(callsKey === undefined ? {} : { rows: { key: callsKey, keep: KEEP_CALLS.rows } }),
      expire,
    }));
  };

  /** Stores the price table, so that the version in a row can be looked up later. */
  const keepPrices = async () => {
    if (pricesStored) return;
    await redis.set(keys.priceTable(prices.version), JSON.stringify(Object.fromEntries(prices.prices)));
    pricesStored = true;
  };

  const writer = createWriteBehind<LedgerRow>(
    {
      what: 'ledger rows',
      write: async (rows) => {
        await Promise.all([keepPrices(), ...[siteBatch(rows), ...ownerBatches(rows)].map(countOnce)]);
      },
      ...(onLost === undefined ? {} : { onLost }),
      log,
    },
    behind,
  );

  return {
    ...createReports(redis, keys),
    record(call) {
      // A cost in the caller's object is dropped: every row is priced by the table that it names.
      const row: LedgerRow = {
        ...call,
        costUsd: undefined,
        ...prices.costOf(call.modelId, call.usage),
        priceTable: prices.version,
      };
      writer.add(row);
      return row;
    },
    async lastRows(limit) {
      const entries = await redis.xrevrange(keys.ledgerRows(), '+', '-', 'COUNT', limit);
      return entries.map(readRow);
    },
    flush: writer.flush,
    close: writer.close,
  };
}

/** The totals of an account, read by budgets and for a conversation's cost. */
function sumAdds(key: string, row: LedgerRow) {
  return amountsOf(row, false).map(([name, amount]) => [key, writeField([], name), amount] as const);
}
