/** Adds shares to counts of visits. Pure. */
import type { VisitCompletion } from '@firstword/shared/reports';

export function completionOf(
  counts: readonly Pick<VisitCompletion, 'band' | 'visits' | 'completed' | 'returned'>[],
): VisitCompletion[] {
  return counts.map(({ band, visits, completed, returned }) => ({
    band,
    visits,
    completed,
    returned,
    ...(visits === 0 ? {} : { share: completed / visits, returnedShare: returned / visits }),
  }));
}
