/** What a visit is, and when it counts as completed. Pure. */
import { perceptionOf } from '@firstword/shared/perception';
import type { VisitBand } from '@firstword/shared/reports';

/** A visit ends when its visitor has asked nothing for this long after the last question or its answer. */
export const VISIT_QUIET_MS = 30 * 60 * 1000;
/** One that was handed to a person waits longer for its outcome. */
export const HANDED_OFF_MS = 24 * 60 * 60 * 1000;

/** What happened in a visit; about questions and answers, only the last one's. */
export interface Visit {
  readonly siteId: string;
  readonly startedAt: number;
  /** The wait for the first word of the visit's first answer, in milliseconds; absent when nobody saw it. */
  readonly firstWaitMs?: number | undefined;
  /** How the last turn ended; absent while it runs. */
  readonly lastState?: string | undefined;
  /** The visitor saw the last answer begin. */
  readonly lastSeen: boolean;
  readonly lastRating?: string | undefined;
  readonly handedOff: boolean;
  readonly resolved: boolean;
}

/**
 * Completed: the visitor asked nothing more for 30 minutes after an answer that was whole, that they saw, and that
 * they did not rate down. Also: the last answer was rated up, or a person resolved the ticket. A visit that was handed
 * to a person and not resolved is not completed.
 */
export function isCompleted({ resolved, handedOff, lastRating, lastState, lastSeen }: Visit): boolean {
  if (resolved || lastRating === 'up') return true;
  return !handedOff && lastRating !== 'down' && lastState === 'done' && lastSeen;
}

/** The band of the first wait: it is felt before anything else, and does not depend on how long the visit became. */
export function bandOfVisit({ firstWaitMs }: Visit): VisitBand {
  return firstWaitMs === undefined ? 'unseen' : perceptionOf(firstWaitMs);
}
