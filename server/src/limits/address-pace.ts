/**
 * Paces the messages of an address beyond its first limit: one after the other, as from the people of an office. An address that
 * never lets the queue run empty, writes again before it can have read, or leaves its sessions for good, is taken for a program's
 * and gets no more than the first limit.
 */

export interface AddressPace {
  /** A visitor has sent a message within the first limit. */
  sent(address: string, visitorId: string | undefined): void;
  /** Resolves when the address' next message may start; false when it may not. */
  turn(address: string, visitorId: string | undefined): Promise<boolean>;
  /** Milliseconds for which nothing beyond the first limit is accepted; 0 unless a program uses the address. */
  closedMs(address: string): number;
  /** A new visitor has sent a message and left at once. */
  visitorLeft(address: string, visitorId: string | undefined): void;
  /** A visitor has connected again, as on the next page of the site. */
  visitorReturned(address: string, visitorId: string | undefined): void;
}

export interface PaceSettings {
  /** Between two messages. Twice as fast as 200 people ask, so that they seldom wait. */
  readonly everyMs: number;
  /** Messages that wait at the same time, for 6 s at most: the widget waits 8 s for an acknowledgement. */
  readonly waitingMax: number;
  /** An office's queue runs empty within this time, also after all have written at once; a program's never does. */
  readonly busyMs: number;
  /** In a minute, of each visitor of an address that others use, too. One who is alone has the visitors' own limit. */
  readonly perVisitor: number;
  /** A visitor's message that comes this soon after the one before was accepted or refused is a quick one, in milliseconds. */
  readonly quickMs: number;
  /** Counted for one visitor in a minute: a person who writes in short lines must not make their address look like a program's. */
  readonly quickPerVisitor: number;
  /** Quick messages in a minute, and as a share of the visitors: some people send a question in two parts. */
  readonly quickMax: number;
  readonly quickShare: number;
  /** New visitors who leave at once, in a minute, and as a share of the visitors: people read the answer first. */
  readonly leaversMax: number;
  readonly leaverShare: number;
}

const SETTINGS: PaceSettings = {
  ...{ everyMs: 150, waitingMax: 40, busyMs: 10_000, perVisitor: 3, leaversMax: 15, leaverShare: 0.5 },
  ...{ quickMs: 4000, quickPerVisitor: 3, quickMax: 5, quickShare: 0.5 },
};
const MINUTE_MS = 60_000;
/** An address is closed for a minute, and for twice as long each time that the program goes on. */
const CLOSED_MAX_MS = 8 * MINUTE_MS;
const ADDRESSES_MAX = 1000;

interface Paced {
  until: number;
  next: number;
  /** Since when there has always been a message that waits. */
  busySince: number;
  closedUntil: number;
  closedForMs: number;
  quick: number;
  last: { readonly visitorId: string; readonly at: number } | undefined;
  /** Another visitor than the last one wrote within the minute before. */
  sharedUntil: number;
  readonly visitors: Map<string, { readonly answeredAt: number; readonly beyond: number; readonly quick: number }>;
  readonly leavers: Set<string>;
}

/** @param takeFromHour counts a message of this address; false when the hour's are used up */
export function createAddressPace(
  takeFromHour: (address: string) => Promise<boolean>,
  settings: PaceSettings = SETTINGS,
): AddressPace {
  const { everyMs, waitingMax, busyMs, perVisitor } = settings;
  const { quickMs, quickPerVisitor, quickMax, quickShare, leaversMax, leaverShare } = settings;
  const addresses = new Map<string, Paced>();

  const forgetQuiet = (now: number) => {
    for (const [address, { until, closedUntil, sharedUntil }] of addresses)
      if (Math.max(until, closedUntil, sharedUntil) < now) addresses.delete(address);
  };
  const find = (address: string, now: number): Paced => {
    const found = addresses.get(address);
    if (found !== undefined && now < found.until) return found;
    if (found === undefined && addresses.size >= ADDRESSES_MAX) forgetQuiet(now);
    const fresh: Paced = {
      ...(found ?? {
        next: 0,
        busySince: 0,
        closedUntil: Number.NEGATIVE_INFINITY,
        closedForMs: 0,
        last: undefined,
        sharedUntil: 0,
      }),
      ...{ until: now + MINUTE_MS, quick: 0, visitors: new Map(), leavers: new Set() },
    };
    addresses.set(address, fresh);
    return fresh;
  };
  const closedMs = (address: string) => Math.max(0, (addresses.get(address)?.closedUntil ?? 0) - Date.now());
  const close = (paced: Paced, now: number) => {
    if (now < paced.closedUntil) return;
    const goesOn = now - paced.closedUntil < 2 * MINUTE_MS;
    paced.closedForMs = goesOn ? Math.min(2 * paced.closedForMs, CLOSED_MAX_MS) : MINUTE_MS;
    paced.closedUntil = now + paced.closedForMs;
  };
  /** Until when another visitor has written within the minute before. */
  const sharedUntil = ({ last, sharedUntil: before }: Paced, visitorId: string) =>
    last === undefined || last.visitorId === visitorId ? before : Math.max(before, last.at + MINUTE_MS);
  /**
   * @param answeredAt when the message is accepted or refused
   * @param beyond the visitor's messages beyond the first limit, with this one
   */
  const note = (paced: Paced, visitorId: string, now: number, answeredAt: number, beyond: number) => {
    const { visitors } = paced;
    const { answeredAt: before = Number.NEGATIVE_INFINITY, quick = 0 } = visitors.get(visitorId) ?? {};
    const isQuick = now - before < quickMs && quick < quickPerVisitor;
    if (isQuick) paced.quick += 1;
    visitors.set(visitorId, { answeredAt, beyond, quick: isQuick ? quick + 1 : quick });
    paced.sharedUntil = sharedUntil(paced, visitorId);
    paced.last = { visitorId, at: now };
    if (paced.quick > Math.max(quickMax, visitors.size * quickShare)) close(paced, now);
  };

  return {
    closedMs,
    sent(address, visitorId = '') {
      const now = Date.now();
      const paced = find(address, now);
      note(paced, visitorId, now, now, paced.visitors.get(visitorId)?.beyond ?? 0);
    },
    async turn(address, visitorId = '') {
      const now = Date.now();
      const paced = find(address, now);
      const mine = (paced.visitors.get(visitorId)?.beyond ?? 0) + 1;
      const isAlone = sharedUntil(paced, visitorId) <= now;
      if (paced.next <= now) paced.busySince = now;
      const startsAt = Math.max(now, paced.next) + everyMs;
      const mayWait = startsAt - now <= (waitingMax + 1) * everyMs && (mine <= perVisitor || isAlone);
      // Before anything is awaited: others ask at the same time.
      note(paced, visitorId, now, mayWait ? startsAt : now, mine);
      if (now - paced.busySince > busyMs) close(paced, now);
      if (paced.closedUntil > now || !mayWait) return false;
      paced.next = startsAt;
      if (!(await takeFromHour(address))) return false;
      await new Promise((resolve) => setTimeout(resolve, startsAt - Date.now()));
      // Others that came meanwhile may have shown that it is a program.
      return closedMs(address) === 0;
    },
    visitorLeft(address, visitorId = '') {
      const now = Date.now();
      const paced = find(address, now);
      paced.leavers.add(visitorId);
      if (paced.leavers.size > Math.max(leaversMax, paced.visitors.size * leaverShare)) close(paced, now);
    },
    visitorReturned: (address, visitorId = '') => void addresses.get(address)?.leavers.delete(visitorId),
  };
}
