/** Says before a turn whether its owner may still spend. Answered from memory: no first word waits for Redis. */
import type { BudgetVerdict } from '@firstword/shared/reports';
import type { Redis } from 'ioredis';
import type { Log } from '../lib/log.ts';
import type { RedisKeys } from '../store/keys.ts';
import { type BudgetLimits, type BudgetScope, type BudgetState, judgeSpend } from './budget-rules.ts';
import { dayOf } from './days.ts';
import { createKillSwitch, type KillSwitch } from './kill-switch.ts';
import type { LedgerRow } from './ledger-row.ts';
import { createSpendMemory } from './spend-memory.ts';

export interface BudgetOwner {
  readonly siteId: string;
  readonly conversationId: string;
  readonly visitorId: string;
}

export interface BudgetSettings extends BudgetLimits {
  /** Used share (0…1) of a budget from which answers come from a cheaper tier. */
  readonly degradeAt: number;
  /** True: no model is asked, on any site, until the configuration changes. */
  readonly stopped: boolean;
  /** By site id: what it sets stands instead of the general settings. */
  readonly sites: Readonly<Record<string, BudgetLimits & { readonly stopped?: boolean | undefined }>>;
}

export interface Budgets {
  /**
   * Figures are up to two seconds old, and zero for an owner never seen: `prepare` reads them ahead. A budget can
   * therefore be overrun by what is spent in two seconds, and by the turn that uses it up.
   */
  check(owner: BudgetOwner): BudgetVerdict;
  /** The same, with the budget that decided. */
  explain(owner: BudgetOwner): BudgetState;
  /** Reads an owner's figures, for when a visitor connects. Never rejects. */
  prepare(owner: BudgetOwner): Promise<void>;
  /** Counts a booked row at once, before Redis has it. */
  spent(row: LedgerRow): void;
  readonly killSwitch: KillSwitch;
  close(): void;
}

export interface BudgetParts {
  readonly redis: Redis;
  readonly keys: RedisKeys;
  readonly log: Log;
  /** Milliseconds since the epoch: decides which day it is. */
  readonly now?: () => number;
}

/** How late the spending and the switches of other processes are seen. */
const STALE_MS = 2000;
const FORGET_MS = 10 * 60 * 1000;

export function createBudgets({ redis, keys, log, now = Date.now }: BudgetParts, settings: BudgetSettings): Budgets {
  const memory = createSpendMemory(redis, log, STALE_MS, now);
  const killSwitch = createKillSwitch(redis, keys, log, STALE_MS);
  const forgetting = setInterval(() => memory.forget(now() - FORGET_MS), FORGET_MS);

  /** The accounts that the ledger books into; a site's is its totals of the day. */
  const accountsOf = ({ siteId, conversationId, visitorId }: BudgetOwner, at: number): Record<BudgetScope, string> => ({
    conversation: keys.conversationCost(conversationId),
    visitorDay: keys.visitorCost(siteId, visitorId, dayOf(at)),
    siteDay: keys.ledgerDay(siteId, dayOf(at)),
  });

  const explain = (owner: BudgetOwner): BudgetState => {
    const site = settings.sites[owner.siteId];
    if (settings.stopped || site?.stopped || killSwitch.isStopped(owner.siteId)) return { verdict: 'stopped' };
    const accounts = accountsOf(owner, now());
    const spent = {
      conversation: memory.of(accounts.conversation),
      visitorDay: memory.of(accounts.visitorDay),
      siteDay: memory.of(accounts.siteDay),
    };
    const limits: BudgetLimits = {
      conversation: site?.conversation ?? settings.conversation,
      visitorDay: site?.visitorDay ?? settings.visitorDay,
      siteDay: site?.siteDay ?? settings.siteDay,
    };
    return judgeSpend(spent, limits, settings.degradeAt);
  };

  return {
    check: (owner) => explain(owner).verdict,
    explain,
    async prepare(owner) {
      await Promise.all(Object.values(accountsOf(owner, now())).map(memory.read));
    },
    spent({ owner: { siteId, conversationId = '', visitorId = '' }, startedAt, usage, costUsd = 0 }) {
      const spend = { usd: costUsd, tokens: usage.promptTokens + usage.completionTokens };
      for (const key of Object.values(accountsOf({ siteId, conversationId, visitorId }, startedAt)))
        memory.add(key, spend);
    },
    killSwitch,
    close() {
      killSwitch.close();
      clearInterval(forgetting);
    },
  };
}
