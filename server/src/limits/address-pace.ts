/**
 * Paces what an address asks beyond its first limit, as the people of an office would: one message after the other. A program
 * that asks for more at once, or leaves its sessions at once, is known by that and gets no more than the first limit.
 */

export interface AddressPace {
  /** Resolves when the address' next message may start; false when it may not. */
  turn(address: string, visitorId: string | undefined): Promise<boolean>;
  /** Milliseconds for which nothing beyond the first limit is accepted; 0 unless a program uses the address. */
  closedMs(address: string): number;
  /** A new visitor has sent a message and left at once. */
  visitorLeft(address: string): void;
}

export interface PaceSettings {
  /** Between two messages. Twice as fast as 200 people ask, so that they seldom wait. */
  readonly everyMs: number;
  /** Messages that wait at the same time, for a few seconds at most: the widget waits 8 s for an acknowledgement. */
  readonly waitingMax: number;
  /** In a minute. */
  readonly perVisitor: number;
  /** New visitors who leave at once, in a minute: people read the answer first. */
  readonly leaversMax: number;
}

const SETTINGS: PaceSettings = { everyMs: 200, waitingMax: 16, perVisitor: 3, leaversMax: 15 };
const MINUTE_MS = 60_000;
const ADDRESSES_MAX = 1000;

interface Paced {
  until: number;
  next: number;
  closedUntil: number;
  leavers: number;
  readonly visitors: Map<string, number>;
}

/** @param takeFromHour counts a message of this address; false when the hour's are used up */
export function createAddressPace(
  takeFromHour: (address: string) => Promise<boolean>,
  { everyMs, waitingMax, perVisitor, leaversMax }: PaceSettings = SETTINGS,
): AddressPace {
  const addresses = new Map<string, Paced>();

  const forgetQuiet = (now: number) => {
    for (const [address, { until, closedUntil }] of addresses)
      if (Math.max(until, closedUntil) < now) addresses.delete(address);
  };
  const find = (address: string, now: number): Paced => {
    const found = addresses.get(address);
    if (found !== undefined && now < found.until) return found;
    if (found === undefined && addresses.size >= ADDRESSES_MAX) forgetQuiet(now);
    const { next, closedUntil } = found ?? { next: 0, closedUntil: 0 };
    const fresh = { until: now + MINUTE_MS, next, closedUntil, leavers: 0, visitors: new Map<string, number>() };
    addresses.set(address, fresh);
    return fresh;
  };
  const closedMs = (address: string) => Math.max(0, (addresses.get(address)?.closedUntil ?? 0) - Date.now());
  const close = (paced: Paced, now: number) => {
    paced.closedUntil = now + MINUTE_MS;
  };

  return {
    closedMs,
    async turn(address, visitorId = '') {
      const now = Date.now();
      const paced = find(address, now);
      const mine = (paced.visitors.get(visitorId) ?? 0) + 1;
      if (paced.closedUntil > now || mine > perVisitor) return false;
      const startsAt = Math.max(now, paced.next) + everyMs;
      if (startsAt - now > (waitingMax + 1) * everyMs) close(paced, now);
      if (paced.closedUntil > now) return false;
      // Before anything is awaited: others ask at the same time.
      paced.visitors.set(visitorId, mine);
      paced.next = startsAt;
      if (!(await takeFromHour(address))) return false;
      await new Promise((resolve) => setTimeout(resolve, startsAt - Date.now()));
      // Others that came meanwhile may have shown that it is a program.
      return closedMs(address) === 0;
    },
    visitorLeft(address) {
      const now = Date.now();
      const paced = find(address, now);
      paced.leavers += 1;
      if (paced.leavers > leaversMax) close(paced, now);
    },
  };
}
