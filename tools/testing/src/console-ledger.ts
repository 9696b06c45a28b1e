/** What a test console reports of use, cost and response times. Records move only when a test asks for it. */
import type { BudgetSettings } from '@firstword/server/ledger/budgets';
import { createFeltTtft } from '@firstword/server/ledger/felt-ttft';
import { createKillSwitch } from '@firstword/server/ledger/kill-switch';
import { createReports } from '@firstword/server/ledger/reports';
import { createUsageTransfer, type UsageTransfer } from '@firstword/server/ledger/usage-transfer';
import { createVisits } from '@firstword/server/ledger/visits';
import type { Redis } from '@firstword/server/lib/redis';
import type { Records } from '@firstword/server/records/records';
import type { RedisKeys } from '@firstword/server/store/keys';
import { createOpenVisits } from '@firstword/server/store/open-visits';
import { createSpendCounters } from '@firstword/server/store/spend-counters';
import { createStopList } from '@firstword/server/store/stop-list';
import { createUsageQueue } from '@firstword/server/store/usage-queue';
import { silentLog } from './silent-log.ts';

export type ConsoleLedger = ReturnType<typeof createConsoleLedger>;

export function createConsoleLedger(parts: {
  readonly redis: Redis;
  readonly keys: RedisKeys;
  readonly usage: Records['usage'];
  readonly budgets?: Partial<BudgetSettings> | undefined;
  readonly now: () => number;
}) {
  const { redis, keys, usage, now } = parts;
  const queue = createUsageQueue(redis, keys);
  const counters = createSpendCounters(redis, keys);
  const transfer: UsageTransfer = createUsageTransfer(
    { queue, usage, log: silentLog },
    { everyMs: 600_000, keepDays: 400, keepCallsMs: () => ({ sites: {}, others: undefined }) },
  );
  const objective = { withinMs: 400, share: 0.95 };
  const felt = createFeltTtft({ queue, usage, log: silentLog, objective, now }, { flushMs: 60_000, maxWaiting: 100 });
  const killSwitch = createKillSwitch(createStopList(redis, keys), silentLog, 60_000);
  return {
    forApi: {
      felt,
      killSwitch,
      visits: createVisits({ open: createOpenVisits(redis, keys), usage, log: silentLog, now }),
      reports: createReports(usage),
      spentOn: (siteId: string, day: string) => counters.read(keys.ledgerDay(siteId, day)),
      budgets: {
        degradeAt: 0.8,
        typingBudgetShare: 0.3,
        addressShare: 0.25,
        stopped: false,
        sites: {},
        ...parts.budgets,
      },
    },
    transfer,
    async close(): Promise<void> {
      killSwitch.close();
      await felt.close();
      await transfer.close();
    },
  };
}
