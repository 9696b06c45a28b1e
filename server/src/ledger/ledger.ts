/** What every model call cost and how long its first token took. Booking never makes a turn wait. */
import type { Redis } from 'ioredis';
import type { Log } from '../lib/log.ts';
import type { RedisKeys } from '../store/keys.ts';
import { type CountedBatch, type CountedEntry, createCountOnce } from './count-once.ts';
import { dayOf } from './days.ts';
import { type LedgerRow, type ModelCall, readRow } from './ledger-row.ts';
import type { PriceTable } from './price-table.ts';
import { createReports, type Reports } from './reports.ts';
import { amountsOf, writeField } from './totals.ts';
import { createWriteBehind, type WriteBehindSettings } from './write-behind.ts';

export interface Ledger extends Reports {
  /** Prices a call and books it, once for each `callId`; returns its row. */
  book(call: ModelCall): LedgerRow;
  /** The last rows, newest first. */
  lastRows(limit: number): Promise<LedgerRow[]>;
  /** Writes what is still waiting. */
  flush(): Promise<void>;
  close(): Promise<void>;
}

export interface LedgerSettings extends WriteBehindSettings {
  /** Rows kept; totals are kept apart and stay exact. */
  readonly keepRows: number;
  /** Days that totals by day and by ticket are kept. */
  readonly keepDays: number;
}

export interface LedgerParts {
  readonly redis: Redis;
  readonly keys: RedisKeys;
  readonly prices: PriceTable;
  readonly log: Log;
  /** Rows that could not be written and were given up. */
  readonly onLost?: (count: number) => void;
}

/** A batch whose answer was lost is sent again within seconds; an hour covers an outage as well. */
const COUNTED_WINDOW_MS = 60 * 60 * 1000;
const DAY_SECONDS = 24 * 60 * 60;
/** A visitor's budget is one day's; the second covers the clock's edge. */
const KEEP_VISITOR_SECONDS = 2 * DAY_SECONDS;
/** Agents look at the calls of a conversation while it concerns them; its sums stay. */
const KEEP_CALLS = { rows: 200, seconds: 30 * DAY_SECONDS };

export function createLedger(
  { redis, keys, prices, log, onLost }: LedgerParts,
  { keepRows, keepDays, ...behind }: LedgerSettings,
): Ledger {
  const countOnce = createCountOnce(redis, COUNTED_WINDOW_MS);
  const keepSeconds = keepDays * DAY_SECONDS;
  let pricesKept = false;

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

  /** One batch an account, because conversations, visitors and tickets live in hash slots of their own. */
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

  /** So that a row's version can be read as prices later, by people. */
  const keepPrices = async () => {
    if (pricesKept) return;
    await redis.set(keys.priceTable(prices.version), JSON.stringify(Object.fromEntries(prices.prices)));
    pricesKept = true;
  };

  const waiting = createWriteBehind<LedgerRow>(
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
    book(call) {
      // A cost that a caller's object may hold is dropped: every row is priced by the table it names.
      const row: LedgerRow = {
        ...call,
        costUsd: undefined,
        ...prices.costOf(call.modelId, call.usage),
        priceTable: prices.version,
      };
      waiting.add(row);
      return row;
    },
    async lastRows(limit) {
      const entries = await redis.xrevrange(keys.ledgerRows(), '+', '-', 'COUNT', limit);
      return entries.map(readRow);
    },
    flush: waiting.flush,
    close: waiting.close,
  };
}

/** The plain sums of an account: what budgets and a conversation's cost are read from. */
function sumAdds(key: string, row: LedgerRow) {
  return amountsOf(row, false).map(([name, amount]) => [key, writeField([], name), amount] as const);
}
