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
  /** Prices change with the models that are connected. */
  let queuedPrices: string | undefined;

  const enqueue = async (rows: readonly Counted[]) => {
    const calls = rows.map(({ row }): UsageRecord => ({ kind: 'call', row }));
    const table = { version: prices.version, prices: Object.fromEntries(prices.prices) };
    const records: UsageRecord[] = queuedPrices === table.version ? calls : [{ kind: 'prices', table }, ...calls];
    await queue.add(records.map((record) => JSON.stringify(record)));
    queuedPrices = table.version;
  };
  const spend = (rows: readonly Counted[]) =>
    [...accountsOf(rows, keys, prices)].map(([account, { entries, keepSeconds }]) =>
      counters.add(account, entries, keepSeconds),
    );

  const writer = createWriteBehind<Counted>(
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
      // The address is counted, and not kept.
      const { address, ...owner } = call.owner;
      const row: LedgerRow = {
        ...call,
        owner,
        costUsd: undefined,
        ...prices.costOf(call.modelId, call.usage),
        priceTable: prices.version,
      };
      writer.add({ row, address });
      return row;
    },
    flush: writer.flush,
    close: writer.close,
  };
}

interface Counted {
  readonly row: LedgerRow;
  readonly address: string | undefined;
}

/** The accounts that budgets limit. Each has its own hash slot. */
function accountsOf(rows: readonly Counted[], keys: RedisKeys, prices: PriceTable) {
  const accounts = new Map<string, { entries: SpendEntry[]; keepSeconds?: number }>();
  for (const { row, address } of rows) {
    const { callId, owner, modelId, startedAt, usage, reason } = row;
    const { siteId, conversationId, visitorId } = owner;
    const day = dayOf(startedAt);
    const entry = {
      ...{ id: callId, picoUsd: Math.round(prices.limitUsdOf(modelId, usage) * PICO) },
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
    if (address !== undefined) put(keys.addressCost(siteId, address, day), daily);
    if (visitorId !== undefined) put(keys.visitorCost(siteId, visitorId, day), daily);
    if (reason === 'typing-dropped') put(keys.typingCost(siteId, day), daily);
  }
  return accounts;
}
