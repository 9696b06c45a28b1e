/** Caches the spending of accounts in memory and refreshes it in the background. */
import type { Log } from '../lib/log.ts';
import type { Spend, SpendCounters } from '../store/spend-counters.ts';

export interface SpendMemory {
  /** From memory; zero for an account that was never read. Refreshes a figure older than `staleMs` in the background. */
  of(key: string): Spend;
  /** Reads from Redis. Never rejects. */
  read(key: string): Promise<void>;
  /** Adds spending that is not in Redis yet; ignored for an account that was never read. */
  add(key: string, spend: Spend): void;
  /** Forgets accounts that were not requested since `before` (same clock as `now`). */
  forget(before: number): void;
}

interface Account {
  spend: Spend;
  readAt: number;
  askedAt: number;
}

const NOTHING: Spend = { usd: 0, tokens: 0 };

export function createSpendMemory(
  counters: Pick<SpendCounters, 'read'>,
  log: Log,
  staleMs: number,
  now: () => number,
): SpendMemory {
  const accounts = new Map<string, Account>();
  let failing = false;

  const read = async (key: string) => {
    const account = accounts.get(key) ?? { spend: NOTHING, readAt: 0, askedAt: now() };
    accounts.set(key, account);
    account.readAt = now(); // before the response, so that every message does not ask an unavailable Redis
    try {
      const known = await counters.read(key);
      // Sums only grow; the memory may be ahead by rows that are not written yet.
      const { usd, tokens } = account.spend;
      account.spend = { usd: Math.max(usd, known.usd), tokens: Math.max(tokens, known.tokens) };
      failing = false;
    } catch (error) {
      if (!failing) log.warn({ reason: String(error) }, 'reading budgets failed; using the last known figures');
      failing = true;
    }
  };

  return {
    of(key) {
      const account = accounts.get(key);
      if (account !== undefined) account.askedAt = now();
      if (account === undefined || now() - account.readAt >= staleMs) void read(key);
      return account?.spend ?? NOTHING;
    },
    read,
    add(key, { usd, tokens }) {
      const account = accounts.get(key);
      if (account === undefined) return;
      account.spend = { usd: account.spend.usd + usd, tokens: account.spend.tokens + tokens };
    },
    forget(before) {
      for (const [key, { askedAt }] of accounts) if (askedAt < before) accounts.delete(key);
    },
  };
}
