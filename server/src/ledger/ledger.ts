/** What every model call cost and how long its first token took. Booking never makes a turn wait. */
import type { Redis } from 'ioredis';
import type { Log } from '../lib/log.ts';
import type { RedisKeys } from '../store/keys.ts';

/** One request that was sent to a model endpoint. */
export interface LedgerRow {
  readonly callId: string;
  readonly purpose: string;
  readonly owner: {
    readonly siteId: string;
    readonly conversationId?: string;
    readonly turnId?: string;
    readonly ticketId?: string;
  };
  readonly tier: string;
  readonly region: string;
  readonly modelId: string;
  readonly endpointId: string;
  readonly startedAt: number;
  readonly ttftMs?: number;
  readonly totalMs: number;
  readonly usage: { readonly promptTokens: number; readonly completionTokens: number; readonly estimated: boolean };
  readonly outcome: string;
  readonly code?: string;
  /** US dollars; absent when a price is unknown, never zero in its place. */
  readonly costUsd?: number;
}

export interface Ledger {
  book(row: LedgerRow): void;
  /** Writes what is still waiting. */
  close(): Promise<void>;
}

export interface LedgerSettings {
  /** Rows are written together this often. */
  readonly flushMs: number;
  /** Rows kept; totals are kept apart and stay exact. */
  readonly keepRows: number;
  /** Rows held in memory while Redis is away; the oldest go first. */
  readonly maxWaiting: number;
}

export function createLedger(redis: Redis, keys: RedisKeys, log: Log, settings: LedgerSettings): Ledger {
  let waiting: LedgerRow[] = [];
  let lost = 0;

  const flush = async () => {
    if (waiting.length === 0) return;
    const rows = waiting;
    waiting = [];
    const batch = redis.pipeline();
    for (const row of rows) {
      batch.xadd(keys.ledgerRows(), 'MAXLEN', '~', settings.keepRows, '*', 'r', JSON.stringify(row));
      addTotals((field, amount) => batch.hincrbyfloat(keys.ledgerDay(dayOf(row.startedAt)), field, amount), row);
      const { conversationId } = row.owner;
      if (conversationId !== undefined)
        addTotals((field, amount) => batch.hincrbyfloat(keys.conversationCost(conversationId), field, amount), row);
    }
    try {
      await batch.exec();
    } catch (error) {
      waiting = [...rows, ...waiting].slice(-settings.maxWaiting);
      log.warn({ rows: rows.length, reason: String(error) }, 'ledger rows wait for redis');
    }
  };
  const timer = setInterval(() => void flush(), settings.flushMs);

  return {
    book(row) {
      waiting.push(row);
      if (waiting.length <= settings.maxWaiting) return;
      waiting.shift();
      lost += 1;
      if (lost === 1)
        log.error({ maxWaiting: settings.maxWaiting }, 'ledger rows are being lost: redis is away too long');
    },
    async close() {
      clearInterval(timer);
      await flush();
    },
  };
}

function addTotals(add: (field: string, amount: number) => void, { tier, usage, costUsd }: LedgerRow): void {
  add(`${tier}:calls`, 1);
  add(`${tier}:promptTokens`, usage.promptTokens);
  add(`${tier}:completionTokens`, usage.completionTokens);
  if (costUsd === undefined) add(`${tier}:callsOfUnknownPrice`, 1);
  else add(`${tier}:usd`, costUsd);
}

function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}
