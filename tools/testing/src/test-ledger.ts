/** A ledger whose rows are stored when a test says so. */
import { createLedger, type Ledger } from '@firstword/server/ledger/ledger';
import type { PriceTable } from '@firstword/server/ledger/price-table';
import { createUsageTransfer } from '@firstword/server/ledger/usage-transfer';
import type { Redis } from '@firstword/server/lib/redis';
import type { UsageStore } from '@firstword/server/records/usage-store';
import type { RedisKeys } from '@firstword/server/store/keys';
import { createSpendCounters } from '@firstword/server/store/spend-counters';
import { createUsageQueue } from '@firstword/server/store/usage-queue';
import { silentLog } from './silent-log.ts';

/** Intervals that no test reaches. */
const NEVER_MS = 600_000;

export interface TestLedgerParts {
  readonly redis: Redis;
  readonly keys: RedisKeys;
  readonly usage: UsageStore;
  readonly prices: PriceTable;
}

/** `flush` and `close` store all rows. */
export function createTestLedger({ redis, keys, usage, prices }: TestLedgerParts): Ledger {
  const queue = createUsageQueue(redis, keys);
  const ledger = createLedger(
    { queue, counters: createSpendCounters(redis, keys), keys, prices, log: silentLog },
    { flushMs: NEVER_MS, maxWaiting: 5000 },
  );
  const transfer = createUsageTransfer(
    { queue, usage, log: silentLog },
    { everyMs: NEVER_MS, keepDays: 100_000, keepCallsMs: () => ({ sites: {}, others: undefined }) },
  );
  return {
    record: ledger.record,
    async flush() {
      await ledger.flush();
      await transfer.run();
    },
    async close() {
      await ledger.close();
      await transfer.run();
      await transfer.close();
    },
  };
}
