/** Builds the usage tracking of a web process: model calls and costs, budgets, felt TTFT, and visits. */
import type { CallRow } from './gateway/chat-call.ts';
import { type BudgetSettings, type Budgets, createBudgets } from './ledger/budgets.ts';
import { createFeltTtft, type FeltTtft } from './ledger/felt-ttft.ts';
import { createFeltTurns, type FeltTurns } from './ledger/felt-turns.ts';
import { createLedger } from './ledger/ledger.ts';
import type { Objective } from './ledger/objective.ts';
import type { PriceTable } from './ledger/price-table.ts';
import { createReports, type Reports } from './ledger/reports.ts';
import { createUsageMetrics } from './ledger/usage-metrics.ts';
import { createUsageTransfer, type UsageTransferSettings } from './ledger/usage-transfer.ts';
import { createVisits, type Visits } from './ledger/visits.ts';
import type { Log } from './lib/log.ts';
import type { Metrics } from './lib/metrics.ts';
import type { Redis } from './lib/redis.ts';
import type { LedgerRow } from './records/ledger-row.ts';
import type { UsageStore } from './records/usage-store.ts';
import type { RedisKeys } from './store/keys.ts';
import { createOpenVisits } from './store/open-visits.ts';
import { createSpendCounters, type Spend } from './store/spend-counters.ts';
import { createStopList } from './store/stop-list.ts';
import { createUsageQueue } from './store/usage-queue.ts';

export interface UsageTrackingParts {
  readonly keep: Pick<UsageTransferSettings, 'keepDays' | 'keepCallsMs'>;
  readonly redis: Redis;
  readonly keys: RedisKeys;
  readonly usage: UsageStore;
  readonly prices: PriceTable;
  readonly budgets: BudgetSettings;
  readonly objective: Objective;
  readonly metrics: Metrics;
  readonly log: Log;
}

export interface UsageTracking {
  readonly budgets: Budgets;
  readonly feltTurns: FeltTurns;
  readonly visits: Visits;
  /** For reports. */
  readonly felt: Pick<FeltTtft, 'read' | 'burn'>;
  readonly reports: Reports;
  /** What a site has spent on a day, as budgets count it. */
  spentOn(siteId: string, day: string): Promise<Spend>;
  readonly costOf: PriceTable['costOf'];
  readonly limitUsdOf: PriceTable['limitUsdOf'];
  /** For the gateway: records every request that was sent to a model endpoint, and returns its row. */
  recordCall(call: CallRow): LedgerRow;
  close(): Promise<void>;
}

const FLUSH = { flushMs: 250, maxWaiting: 20_000 };
/** How late reports show what happened. */
const TRANSFER_MS = 500;
const CLOSE_VISITS_MS = 60_000;
const CLOSE_VISITS_BATCH = 100;

export async function createUsageTracking(parts: UsageTrackingParts): Promise<UsageTracking> {
  const { redis, keys, usage, prices, objective, metrics, log } = parts;
  const counters = createSpendCounters(redis, keys);
  const onLost = (rows: number) => metrics.ledgerLost.inc(rows);
  const queue = createUsageQueue(redis, keys, {
    onDropped(rows) {
      onLost(rows);
      log.error({ lost: rows }, 'dropping the oldest usage records: the database is unavailable for too long');
    },
  });
  const ledger = createLedger({ queue, counters, keys, prices, log, onLost }, FLUSH);
  const transfer = createUsageTransfer({ queue, usage, onLost, log }, { everyMs: TRANSFER_MS, ...parts.keep });
  createUsageMetrics(metrics.registry, queue);
  const budgets = createBudgets(
    { counters, stops: createStopList(redis, keys), keys, log, limitUsdOf: prices.limitUsdOf },
    parts.budgets,
  );
  await budgets.killSwitch.read(); // before the first turn
  const visits = createVisits({ open: createOpenVisits(redis, keys), usage, log });
  const felt = createFeltTtft({ queue, usage, log, objective }, FLUSH);
  const feltTurns = createFeltTurns((sample, conversationId) => {
    felt.record(sample);
    visits.note(conversationId, { type: 'first-token-seen', turnId: sample.turnId, ms: sample.ms });
    metrics.feltFirstToken.observe(
      { region: sample.region, tier: sample.tier, model: sample.modelId },
      sample.ms / 1000,
    );
  });
  const closing = setInterval(() => {
    visits
      .closeOver(CLOSE_VISITS_BATCH)
      .catch((error: unknown) => log.warn({ reason: String(error) }, 'closing visits failed; retrying in 60 s'));
  }, CLOSE_VISITS_MS);

  return {
    budgets,
    feltTurns,
    visits,
    felt,
    reports: createReports(usage),
    spentOn: (siteId, day) => counters.read(keys.ledgerDay(siteId, day)),
    costOf: prices.costOf,
    limitUsdOf: prices.limitUsdOf,
    recordCall(call) {
      const { tier, modelId: model, purpose, outcome, ttftMs, usage } = call;
      metrics.modelCalls.inc({ tier, model, purpose, outcome });
      if (ttftMs !== undefined) metrics.modelTtft.observe({ tier, model }, ttftMs / 1000);
      metrics.modelTokens.inc({ tier, model, kind: 'prompt' }, usage.promptTokens);
      metrics.modelTokens.inc({ tier, model, kind: 'completion' }, usage.completionTokens);
      if (usage.cachedTokens) metrics.modelTokens.inc({ tier, model, kind: 'cached' }, usage.cachedTokens);
      const row = ledger.record(call);
      budgets.spent(call);
      if (row.costUsd === undefined) metrics.unpricedCalls.inc({ tier, model });
      else metrics.modelUsd.inc({ tier, model, known: row.costKnown }, row.costUsd);
      return row;
    },
    async close() {
      clearInterval(closing);
      budgets.close();
      await felt.close();
      await visits.settled();
      await ledger.close();
      await transfer.run();
      await transfer.close();
    },
  };
}
