/** What a visit is, and when it counts as completed. Pure. */
import { perceptionOf } from '@firstword/shared/perception';
import type { VisitBand } from '@firstword/shared/reports';
import type { Visit } from '../store/open-visits.ts';

/** A visit ends when the visitor has been silent for this long after the last question or its answer. */
export const VISIT_QUIET_MS = 30 * 60 * 1000;
/** A visit that was handed off to an agent ends later. */
export const HANDED_OFF_MS = 24 * 60 * 60 * 1000;

/**
 * Completed: the visitor asked nothing for 30 minutes after an answer that ended normally, that they saw, and that they
 * did not rate down. Also: the last answer was rated up, or an agent resolved the ticket. A visit that was handed off
 * and not resolved is not completed.
 */
export function isCompleted({ resolved, handedOff, lastRating, lastState, lastSeen }: Visit): boolean {
  if (resolved || lastRating === 'up') return true;
  return !handedOff && lastRating !== 'down' && lastState === 'done' && lastSeen;
}

/** The band of the first answer, which does not depend on the length of the visit. */
export function bandOfVisit({ firstTtftMs }: Visit): VisitBand {
  return firstTtftMs === undefined ? 'unseen' : perceptionOf(firstTtftMs);
}
