/** Limits what one visitor, and all visitors together, may ask of this process. A refusal says when to retry. */
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { RefusedError } from '../lib/guarded.ts';
import type { ConcurrencyLimit } from './concurrency-limit.ts';
import type { Flow } from './fair-order.ts';
import { createFairQueue } from './fair-queue.ts';
import type { MemoryWatch } from './memory-watch.ts';

export interface Admission {
  /** False while memory is too short for another visitor. */
  hasRoom(): boolean;
  /** For a message that starts no turn. @throws RefusedError `rate-limited`, with `retryAfterMs` */
  admitRequest(visitorId: string): Promise<void>;
  /**
   * Waits in fair order while the process is at its limit. Call the result when the message has been handled, because its turn then
   * counts as running.
   * @throws RefusedError `rate-limited` or `busy`, with `retryAfterMs`
   */
  admitMessage(asker: Asker): Promise<() => void>;
  /** @throws RefusedError `rate-limited`: limits all other events of a socket */
  admitEvent(visitorId: string): Promise<void>;
  /**
   * Drafts are answered only with spare capacity, because no visitor waits for them.
   * @throws RefusedError `rate-limited` or `busy`, with `retryAfterMs`
   */
  admitDraft(visitorId: string): Promise<void>;
  /** @throws RefusedError `rate-limited` */
  admitFile(visitorId: string): Promise<void>;
}

/** Who asks, as fair shares count them. */
export interface Asker extends Flow {
  readonly visitorId: string;
}

export interface AdmissionLimits {
  readonly messagesPerMinute: number;
  readonly eventsPerMinute: number;
  readonly filesPerMinute: number;
  readonly draftsPerMinute: number;
  /** Turns that this process may run at the same time. */
  readonly runningTurns: number;
}

type Busy = 'memory' | 'running' | 'behind';

export interface AdmissionParts {
  /** Turns running now. */
  readonly running: () => number;
  /** Drafts that wait for their visitor now. */
  readonly drafts: () => number;
  /** Admits fewer messages while the process is overloaded. */
  readonly turnLimit: Pick<ConcurrencyLimit, 'admit' | 'hasTimeToSpare'>;
  readonly memory: Pick<MemoryWatch, 'isShort'>;
  /** Called for each message refused because the process is busy. */
  readonly onBusy: (why: Busy) => void;
  /** A site's share of a process at its limit, relative to others. */
  readonly weightOf: (siteId: string) => number;
}

/** Retries are spread evenly over these milliseconds, so that refused clients do not all return at once. */
const RETRY_MS = [1500, 3000] as const;
const retryAfterMs = () => RETRY_MS[0] + Math.random() * (RETRY_MS[1] - RETRY_MS[0]);
/** Share of the running turns up to which drafts are accepted. */
const DRAFT_SHARE = 0.5;
const DRAFTS_OFF = 'The server is busy and prepares no answers. Send the message when it is complete.';
const BUSY = 'The server is busy. Send your message again in a few seconds.';

export function createAdmission(
  limits: AdmissionLimits,
  { running, drafts, turnLimit, memory, onBusy, weightOf }: AdmissionParts,
): Admission {
  const messages = new RateLimiterMemory({ points: limits.messagesPerMinute, duration: 60 });
  const events = new RateLimiterMemory({ points: limits.eventsPerMinute, duration: 60 });
  const files = new RateLimiterMemory({ points: limits.filesPerMinute, duration: 60 });
  const draftRates = new RateLimiterMemory({ points: limits.draftsPerMinute, duration: 60 });
  const hasRoomForDraft = () =>
    !memory.isShort() && turnLimit.hasTimeToSpare() && running() + drafts() < limits.runningTurns * DRAFT_SHARE;
  const spend = async (limiter: RateLimiterMemory, visitorId: string, what: string) => {
    try {
      await limiter.consume(visitorId);
    } catch (rejection) {
      if (!(rejection instanceof RateLimiterRes)) throw rejection;
      const { msBeforeNext } = rejection;
      throw new RefusedError(
        'rate-limited',
        `Too many ${what} in one minute. Wait ${Math.ceil(msBeforeNext / 1000)} s.`,
        msBeforeNext,
      );
    }
  };
  /** Admitted messages whose turns don't count as running yet. */
  let starting = 0;
  let why: Busy = 'running';
  const takeRoom = () => {
    why = memory.isShort() ? 'memory' : running() + starting >= limits.runningTurns ? 'running' : 'behind';
    if (why !== 'behind' || !turnLimit.admit()) return false;
    starting += 1;
    return true;
  };
  const queue = createFairQueue(takeRoom, weightOf);
  return {
    hasRoom: () => !memory.isShort(),
    admitRequest: (visitorId) => spend(messages, visitorId, 'messages'),
    async admitMessage(asker) {
      await spend(messages, asker.visitorId, 'messages');
      // Before any work is done for it: a process that accepts more than it can handle is late for everyone.
      if (memory.isShort() || !(await queue.enter(asker))) {
        onBusy(memory.isShort() ? 'memory' : why);
        throw new RefusedError('busy', BUSY, Math.round(retryAfterMs()));
      }
      let isHandled = false;
      return () => {
        if (!isHandled) starting -= 1;
        isHandled = true;
      };
    },
    async admitDraft(visitorId) {
      if (!hasRoomForDraft()) throw new RefusedError('busy', DRAFTS_OFF, Math.round(retryAfterMs()));
      await spend(draftRates, visitorId, 'drafts');
    },
    admitFile: (visitorId) => spend(files, visitorId, 'files'),
    admitEvent: (visitorId) => spend(events, visitorId, 'requests'),
  };
}
