/** Times. */
import type { Catalogs } from './catalogs.ts';
import { countOf } from './count.ts';

export const time = {
  now: 'gerade eben',
  minutesAgo: (minutes) => `vor ${minutes} Min.`,
  hoursAgo: (hours) => `vor ${hours} Std.`,
  days: (days) => countOf(days, 'Tag', 'Tage'),
} satisfies Catalogs['time'];
