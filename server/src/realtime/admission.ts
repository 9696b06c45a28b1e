/** How much one visitor, and all of them together, may ask of this process. A refusal always says when to come back. */

import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible';
import { RefusedError } from '../lib/guarded.ts';

export interface Admission {
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

export function createAdmission(limits: AdmissionLimits, running: () => number): Admission {
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
  return {
    async admitMessage(visitorId) {
      if (running() >= limits.runningTurns)
        throw new RefusedError(
          'busy',
          'Many people are asking just now. Your message can be sent again in a moment.',
          2000,
        );
      await spend(messages, visitorId, 'messages');
    },
    admitFile: (visitorId) => spend(files, visitorId, 'files'),
    admitEvent: (visitorId) => spend(events, visitorId, 'requests'),
  };
}
