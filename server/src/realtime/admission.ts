/** How much one visitor, and all of them together, may ask of this process. A refusal always says when to come back. */

import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible';
import { RefusedError } from '../lib/guarded.ts';
import type { ConcurrencyLimit } from './concurrency-limit.ts';
import type { MemoryWatch } from './memory-watch.ts';

export interface Admission {
  /** False while there is no memory for one more visitor. */
  hasRoom(): boolean;
  /** @throws RefusedError `rate-limited` or `busy`, with `retryAfterMs` */
  admitMessage(visitorId: string): Promise<void>;
  /** @throws RefusedError `rate-limited`: bounds everything else a socket may send */
  admitEvent(visitorId: string): Promise<void>;
  /** @throws RefusedError `rate-limited` */
  admitFile(visitorId: string): Promise<void>;
}

export interface AdmissionLimits {
  readonly messagesPerMinute: number;
  readonly eventsPerMinute: number;
  readonly filesPerMinute: number;
  /** Turns that this process runs at once. */
  readonly runningTurns: number;
}

type Busy = 'memory' | 'running' | 'behind';

export interface AdmissionParts {
  /** Turns under way. */
  readonly running: () => number;
  /** What a process that is behind still takes. */
  readonly turnLimit: Pick<ConcurrencyLimit, 'take'>;
  readonly memory: Pick<MemoryWatch, 'isShort'>;
  /** Hears of every message that is refused because of all the others. */
  readonly onBusy: (why: Busy) => void;
}

/** Within these milliseconds, evenly: whoever is refused must not come back in the same moment as everybody else. */
const COME_BACK_MS = [1500, 3000] as const;
const comeBackMs = () => COME_BACK_MS[0] + Math.random() * (COME_BACK_MS[1] - COME_BACK_MS[0]);
const BUSY = 'Many people are asking just now. Your message can be sent again in a moment.';

export function createAdmission(
  limits: AdmissionLimits,
  { running, turnLimit, memory, onBusy }: AdmissionParts,
): Admission {
  const messages = new RateLimiterMemory({ points: limits.messagesPerMinute, duration: 60 });
  const events = new RateLimiterMemory({ points: limits.eventsPerMinute, duration: 60 });
  const files = new RateLimiterMemory({ points: limits.filesPerMinute, duration: 60 });
  const spend = async (limiter: RateLimiterMemory, visitorId: string, what: string) => {
    try {
      await limiter.consume(visitorId);
    } catch (rejection) {
      const { msBeforeNext } = rejection as RateLimiterRes;
      throw new RefusedError('rate-limited', `Too many ${what} in a minute. Wait a moment.`, msBeforeNext);
    }
  };
  const whyBusy = (): Busy | undefined => {
    if (memory.isShort()) return 'memory';
    if (running() >= limits.runningTurns) return 'running';
    return turnLimit.take() ? undefined : 'behind';
  };
  return {
    hasRoom: () => !memory.isShort(),
    async admitMessage(visitorId) {
      // Before anything is spent on it: a process that takes more than it carries serves nobody in time.
      const why = whyBusy();
      if (why !== undefined) {
        onBusy(why);
        throw new RefusedError('busy', BUSY, Math.round(comeBackMs()));
      }
      await spend(messages, visitorId, 'messages');
    },
    admitFile: (visitorId) => spend(files, visitorId, 'files'),
    admitEvent: (visitorId) => spend(events, visitorId, 'requests'),
  };
}
