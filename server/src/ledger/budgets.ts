/** Checks the budgets before a turn. Answers from memory, so that no turn waits for Redis. */
import type { BudgetVerdict } from '@firstword/shared/reports';
import { dayOf } from '../lib/days.ts';
import type { Log } from '../lib/log.ts';
import type { ModelCall } from '../records/ledger-row.ts';
import type { RedisKeys } from '../store/keys.ts';
import type { SpendCounters } from '../store/spend-counters.ts';
import type { StopList } from '../store/stop-list.ts';
import {
  addressLimitOf,
  type BudgetLimits,
  type BudgetScope,
  type BudgetState,
  judgeSpend,
  usedShareOf,
} from './budget-rules.ts';
import { createKillSwitch, type KillSwitch } from './kill-switch.ts';
import type { PriceTable } from './price-table.ts';
import { createSpendMemory } from './spend-memory.ts';

export interface BudgetOwner {
  readonly siteId: string;
  readonly conversationId: string;
  readonly visitorId: string;
  /** Where the visitor connects from, as a keyed hash; absent if that is unknown. */
  readonly address?: string | undefined;
}

export interface BudgetSettings extends BudgetLimits {
  /** Used share (0…1) of a budget from which a cheaper tier answers. */
  readonly degradeAt: number;
  /** True: model calls of all sites are stopped until the configuration changes. */
  readonly stopped: boolean;
  /** Share (0…1) of a site's daily budget that may go to drafts that are not sent. */
  readonly typingBudgetShare: number;
  /** Share (0…1) of a site's daily budget that one address may use, unless `addressDay` limits it. */
  readonly addressShare: number;
  /** By site id; overrides the general settings. */
  readonly sites: Readonly<Record<string, BudgetLimits & { readonly stopped?: boolean | undefined }>>;
}

/** Of one UTC day; undefined where the site's spending is not limited. */
export function siteDayLimitOf({ sites, siteDay }: Pick<BudgetSettings, 'sites' | 'siteDay'>, siteId: string) {
  return sites[siteId]?.siteDay ?? siteDay;
}

export interface Budgets {
  /**
   * Figures are up to two seconds old, and zero for an owner that `prepare` has not read yet. A budget can therefore be
   * exceeded by the spending of two seconds and by the turn that reaches the limit.
   */
  check(owner: BudgetOwner): BudgetVerdict;
  /** Like `check`, with the budget that decided. */
  explain(owner: BudgetOwner): BudgetState;
  /** Whether a draft may be answered that may never be sent. Not once a cheaper tier answers. */
  allowsTyping(owner: BudgetOwner): boolean;
  /** Reads an owner's figures when a visitor connects. Never rejects. */
  prepare(owner: BudgetOwner): Promise<void>;
  /** Counts a recorded call immediately, before it is in Redis. */
  spent(call: ModelCall): void;
  readonly killSwitch: KillSwitch;
  close(): void;
}

export interface BudgetParts {
  readonly counters: Pick<SpendCounters, 'read'>;
  readonly stops: StopList;
  readonly keys: RedisKeys;
  readonly log: Log;
  /** What budgets count of a call. */
  readonly limitUsdOf: PriceTable['limitUsdOf'];
  /** Milliseconds since the epoch; determines the day. */
  readonly now?: () => number;
}

/** How late the spending and the kill switches of other processes are seen. */
const STALE_MS = 2000;
const FORGET_MS = 10 * 60 * 1000;

export function createBudgets(
  { counters, stops, keys, log, limitUsdOf, now = Date.now }: BudgetParts,
  settings: BudgetSettings,
): Budgets {
  const memory = createSpendMemory(counters, log, STALE_MS, now);
  const killSwitch = createKillSwitch(stops, log, STALE_MS);
  const forgetting = setInterval(() => memory.forget(now() - FORGET_MS), FORGET_MS);

  /** The keys that the ledger adds to. */
  const accountsOf = (
    { siteId, conversationId, visitorId, address = '' }: BudgetOwner,
    at: number,
  ): Record<BudgetScope, string> => ({
    conversation: keys.conversationCost(conversationId),
    addressDay: keys.addressCost(siteId, address, dayOf(at)),
    visitorDay: keys.visitorCost(siteId, visitorId, dayOf(at)),
    siteDay: keys.ledgerDay(siteId, dayOf(at)),
  });

  const explain = (owner: BudgetOwner): BudgetState => {
    const site = settings.sites[owner.siteId];
    if (settings.stopped || site?.stopped || killSwitch.isStopped(owner.siteId)) return { verdict: 'stopped' };
    const accounts = accountsOf(owner, now());
    const spent = {
      conversation: memory.of(accounts.conversation),
      addressDay: memory.of(accounts.addressDay),
      visitorDay: memory.of(accounts.visitorDay),
      siteDay: memory.of(accounts.siteDay),
    };
    const limits: BudgetLimits = {
      conversation: site?.conversation ?? settings.conversation,
      visitorDay: site?.visitorDay ?? settings.visitorDay,
      siteDay: siteDayLimitOf(settings, owner.siteId),
    };
    const ofAddress = site?.addressDay ?? settings.addressDay ?? addressLimitOf(limits, settings.addressShare);
    const addressDay = owner.address === undefined ? undefined : ofAddress;
    return judgeSpend(spent, { ...limits, addressDay }, settings.degradeAt);
  };

  return {
    check: (owner) => explain(owner).verdict,
    explain,
    allowsTyping(owner) {
      if (explain(owner).verdict !== 'ok') return false;
      const used = usedShareOf(
        memory.of(keys.typingCost(owner.siteId, dayOf(now()))),
        siteDayLimitOf(settings, owner.siteId),
      );
      return used === undefined || used < settings.typingBudgetShare;
    },
    async prepare(owner) {
      const at = now();
      await Promise.all(
        [...Object.values(accountsOf(owner, at)), keys.typingCost(owner.siteId, dayOf(at))].map(memory.read),
      );
    },
    spent({ owner: { siteId, conversationId = '', visitorId = '', address }, modelId, startedAt, usage, reason }) {
      const spend = { usd: limitUsdOf(modelId, usage), tokens: usage.promptTokens + usage.completionTokens };
      for (const key of Object.values(accountsOf({ siteId, conversationId, visitorId, address }, startedAt)))
        memory.add(key, spend);
      if (reason === 'typing-dropped') memory.add(keys.typingCost(siteId, dayOf(startedAt)), spend);
    },
    killSwitch,
    close() {
      killSwitch.close();
      clearInterval(forgetting);
    },
  };
}
