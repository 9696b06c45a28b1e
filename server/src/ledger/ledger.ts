/** Records the cost and the TTFT of every model call, without making turns wait. */
import { dayOf } from '../lib/days.ts';
import type { Log } from '../lib/log.ts';
import { PICO } from '../records/call-amounts.ts';
import type { LedgerRow, ModelCall } from '../records/ledger-row.ts';
import type { UsageRecord } from '../records/usage-record.ts';
import type { RedisKeys } from '../store/keys.ts';
import type { SpendCounters, SpendEntry } from '../store/spend-counters.ts';
import type { UsageQueue } from '../store/usage-queue.ts';
import type { PriceTable } from './price-table.ts';
import { createWriteBehind, type WriteBehindSettings } from './write-behind.ts';

export interface Ledger {
  /** Prices and records a call, once per `callId`; returns its row. */
  record(call: ModelCall): LedgerRow;
  /** Queues all rows that are still in memory. */
  flush(): Promise<void>;
  close(): Promise<void>;
}

export interface LedgerParts {
  readonly queue: Pick<UsageQueue, 'add'>;
  readonly counters: Pick<SpendCounters, 'add'>;
  readonly keys: RedisKeys;
  readonly prices: PriceTable;
  readonly log: Log;
  /** Called with the number of rows that were lost in memory, because Redis was away for too long. */
  readonly onLost?: (count: number) => void;
}

/** Budgets are daily; the second day covers midnight. */
const KEEP_SECONDS = 2 * 24 * 60 * 60;

export function createLedger(
  { queue, counters, keys, prices, log, onLost }: LedgerParts,
  settings: WriteBehindSettings,
): Ledger {
  let pricesQueued = false;

  const enqueue = async (rows: readonly LedgerRow[]) => {
    const calls = rows.map((row): UsageRecord => ({ kind: 'call', row }));
    const table = { version: prices.version, prices: Object.fromEntries(prices.prices) };
    const records: UsageRecord[] = pricesQueued ? calls : [{ kind: 'prices', table }, ...calls];
    await queue.add(records.map((record) => JSON.stringify(record)));
    pricesQueued = true;
  };
  const spend = (rows: readonly LedgerRow[]) =>
    [...accountsOf(rows, keys)].map(([account, { entries, keepSeconds }]) =>
      counters.add(account, entries, keepSeconds),
    );

  const writer = createWriteBehind<LedgerRow>(
    {
      what: 'ledger rows',
      // Either may be repeated with the same rows.
      write: async (rows) => void (await Promise.all([enqueue(rows), ...spend(rows)])),
      ...(onLost === undefined ? {} : { onLost }),
      log,
    },
    settings,
  );

  return {
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
    flush: writer.flush,
    close: writer.close,
  };
}

/** The accounts that budgets limit. Each has its own hash slot. */
function accountsOf(rows: readonly LedgerRow[], keys: RedisKeys) {
  const accounts = new Map<string, { entries: SpendEntry[]; keepSeconds?: number }>();
  for (const { callId, owner, startedAt, usage, costUsd = 0, reason } of rows) {
    const { siteId, conversationId, visitorId } = owner;
    const day = dayOf(startedAt);
    const entry = {
      ...{ id: callId, picoUsd: Math.round(costUsd * PICO) },
      tokens: Math.round(usage.promptTokens) + Math.round(usage.completionTokens),
    };
    const put = (account: string, keep?: { readonly keepSeconds: number }) => {
      const known = accounts.get(account) ?? { entries: [], ...keep };
      known.entries.push(entry);
      accounts.set(account, known);
    };
    const daily = { keepSeconds: KEEP_SECONDS };
    put(keys.ledgerDay(siteId, day), daily);
    if (conversationId !== undefined) put(keys.conversationCost(conversationId));
    if (visitorId !== undefined) put(keys.visitorCost(siteId, visitorId, day), daily);
    if (reason === 'typing-dropped') put(keys.typingCost(siteId, day), daily);
  }
  return accounts;
}
