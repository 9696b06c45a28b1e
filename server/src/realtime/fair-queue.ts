/** A short queue for turns that a process at its limit can't start yet, in fair order. While there is room, none waits. */
import { createFairOrder, type Flow } from './fair-order.ts';

export interface FairQueue {
  /** True once the turn may start; false when the queue is full of others that have a better claim, or the wait is over. */
  enter(flow: Flow): Promise<boolean>;
  waiting(): number;
}

export interface FairQueueSettings {
  readonly waitingMax: number;
  /** Of one address on one site. A longer wait would only make the answers of a busy process late. */
  readonly waitingPerAddress: number;
  /** Clients retry after a refusal, which is better than a longer wait. */
  readonly waitMs: number;
}

/** Only a few may wait, so that most refusals come at once; for those few a short wait is better than to send again. */
const SETTINGS: FairQueueSettings = { waitingMax: 32, waitingPerAddress: 4, waitMs: 1500 };
/** How often room is looked for while turns wait. */
const LOOK_MS = 5;

interface Waiting {
  readonly since: number;
  readonly settle: (mayStart: boolean) => void;
}

/**
 * @param takeRoom takes room for one turn and returns true, or returns false when there is none
 * @param weightOf a site's share relative to others
 */
export function createFairQueue(
  takeRoom: () => boolean,
  weightOf: (siteId: string) => number = () => 1,
  settings: FairQueueSettings = SETTINGS,
): FairQueue {
  const order = createFairOrder<Waiting>(weightOf);
  let timer: NodeJS.Timeout | undefined;

  const look = () => {
    while (order.size() > 0 && takeRoom()) order.shift()?.settle(true);
    const enteredBefore = performance.now() - settings.waitMs;
    for (const { settle } of order.dropWhile(({ since }) => since < enteredBefore)) settle(false);
    if (order.size() > 0) return;
    clearInterval(timer);
    timer = undefined;
  };

  return {
    async enter(flow) {
      if (order.size() === 0 && takeRoom()) return true;
      if (order.sizeOf(flow) >= settings.waitingPerAddress) return false;
      return new Promise((settle) => {
        order.push(flow, { since: performance.now(), settle });
        if (order.size() > settings.waitingMax) order.dropFromLongest()?.settle(false);
        timer ??= setInterval(look, LOOK_MS);
      });
    },
    waiting: order.size,
  };
}
