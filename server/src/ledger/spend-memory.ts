/** What accounts have spent, kept in memory and read again behind the caller's back when it has grown old. */
import type { Redis } from 'ioredis';
import type { Log } from '../lib/log.ts';
import { readSpend, SPEND_FIELDS, type Spend } from './totals.ts';

export interface SpendMemory {
  /** At once, from memory: zero for an account never read. A figure older than `staleMs` is read again meanwhile. */
  of(key: string): Spend;
  /** Reads it now. Never rejects. */
  read(key: string): Promise<void>;
  /** Counts what Redis does not have yet; ignored for an account nobody has asked for. */
  add(key: string, spend: Spend): void;
  /** Forgets accounts that nobody asked for since `before` (same clock as `now`). */
  forget(before: number): void;
}

interface Account {
  spend: Spend;
  readAt: number;
  askedAt: number;
}

const NOTHING: Spend = { usd: 0, tokens: 0 };

export function createSpendMemory(redis: Redis, log: Log, staleMs: number, now: () => number): SpendMemory {
  const accounts = new Map<string, Account>();
  let failing = false;

  const read = async (key: string) => {
    const account = accounts.get(key) ?? { spend: NOTHING, readAt: 0, askedAt: now() };
    accounts.set(key, account);
    account.readAt = now(); // before the answer, so that an absent Redis is not asked with every message
    try {
      const known = readSpend(await redis.hmget(key, ...SPEND_FIELDS));
      // Sums only grow; ours may be ahead by rows that are still to be written.
      const { usd, tokens } = account.spend;
      account.spend = { usd: Math.max(usd, known.usd), tokens: Math.max(tokens, known.tokens) };
      failing = false;
    } catch (error) {
      if (!failing) log.warn({ reason: String(error) }, 'budgets are judged by the last known figures');
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
