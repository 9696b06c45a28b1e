/**
 * Limits how many tickets one address, and the assistant on one site, may open in an hour: agents' lists and analyses are for everyone.
 * Decides from memory, because no answer waits for Redis; the counts are shared in the background.
 */
import type { Log } from '../lib/log.ts';
import type { RedisKeys } from '../store/keys.ts';
import type { WindowCounts } from '../store/window-counts.ts';

/** `wish`: the visitor has asked for an agent. `danger`: of its own, so that no flood of others hides it. */
export type TicketCause = 'wish' | 'danger' | 'other';

export interface TicketSource {
  readonly siteId: string;
  /** As a keyed hash; absent if unknown. */
  readonly address?: string | undefined;
}

export interface TicketReservation {
  /** To be called once: whether a ticket was opened. What did not open one does not count. */
  settle(opened: boolean): void;
}

export interface TicketCeilings {
  /** Undefined when the ceiling is reached. */
  reserve(cause: TicketCause, from: TicketSource): TicketReservation | undefined;
  /** Milliseconds until the next ticket may be opened. */
  retryAfterMs(): number;
  /** Reads the counts of other processes when a visitor connects. Never rejects. */
  prepare(from: TicketSource): Promise<void>;
}

export interface TicketLimits {
  /** That an address may ask for in an hour. */
  readonly wishesPerAddress: number;
  /** That the assistant may open in an hour for visitors of one address, and of one site. */
  readonly openedPerAddress: number;
  readonly openedPerSite: number;
}

export interface TicketCeilingParts {
  readonly counts: WindowCounts;
  readonly keys: Pick<RedisKeys, 'ticketCount'>;
  readonly log: Log;
  readonly limits: TicketLimits;
  readonly now?: () => number;
}

const HOUR_MS = 60 * 60 * 1000;
const CAUSES: readonly TicketCause[] = ['wish', 'danger', 'other'];

/** `shared`: by all processes, as last read; `sent`: changes of this one whose reply is not here yet. */
interface Account {
  shared: number;
  sent: number;
}
interface Limited {
  readonly key: string;
  readonly most: number;
}

export function createTicketCeilings({
  counts,
  keys,
  log,
  limits,
  now = Date.now,
}: TicketCeilingParts): TicketCeilings {
  let accounts = new Map<string, Account>();
  let hour = 0;
  let failing = false;

  const hourNow = () => Math.floor(now() / HOUR_MS);
  const accountOf = (key: string): Account => {
    if (hourNow() !== hour) accounts = new Map();
    hour = hourNow();
    const account = accounts.get(key) ?? { shared: 0, sent: 0 };
    accounts.set(key, account);
    return account;
  };
  const note = (error?: unknown) => {
    if (error !== undefined && !failing)
      log.warn({ reason: String(error) }, 'sharing ticket counts failed; this process goes on counting alone');
    failing = error !== undefined;
  };
  const change = (key: string, amount: number) => {
    const account = accountOf(key);
    account.sent += amount;
    counts
      .add(key, amount, HOUR_MS)
      .then(
        (shared) => {
          account.shared = shared;
          note();
        },
        (error: unknown) => {
          account.shared += amount;
          note(error);
        },
      )
      .finally(() => {
        account.sent -= amount;
      });
  };
  const limitsOf = (cause: TicketCause, { siteId, address }: TicketSource): Limited[] => {
    const most = cause === 'wish' ? limits.wishesPerAddress : limits.openedPerAddress;
    const ofAddress = address === undefined ? [] : [{ key: keys.ticketCount(siteId, cause, hourNow(), address), most }];
    if (cause !== 'other') return ofAddress;
    return [...ofAddress, { key: keys.ticketCount(siteId, cause, hourNow()), most: limits.openedPerSite }];
  };

  return {
    reserve(cause, from) {
      const limited = limitsOf(cause, from);
      const isReached = limited.some(({ key, most }) => {
        const { shared, sent } = accountOf(key);
        return shared + sent >= most;
      });
      if (isReached) return undefined;
      for (const { key } of limited) change(key, 1);
      return {
        settle(opened) {
          if (!opened) for (const { key } of limited) change(key, -1);
        },
      };
    },
    retryAfterMs: () => HOUR_MS - (now() % HOUR_MS),
    async prepare(from) {
      const limited = CAUSES.flatMap((cause) => limitsOf(cause, from));
      const read = async ({ key }: Limited) => {
        const shared = await counts.read(key);
        accountOf(key).shared = shared;
      };
      await Promise.all(limited.map(read)).then(() => note(), note);
    },
  };
}
