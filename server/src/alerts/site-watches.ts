/** Watches the response time and the budget of each site, by the figures that the reports show. */

import { usedShareOf } from '../ledger/budget-rules.ts';
import { type BudgetSettings, siteDayLimitOf } from '../ledger/budgets.ts';
import { dayOf } from '../lib/days.ts';
import type { Spend } from '../store/spend-counters.ts';
import { type Burn, judgeBudget, judgeResponseTime } from './alert-rules.ts';
import type { AlertWatch } from './alert-sweep.ts';

export interface SiteWatchParts {
  readonly siteIds: () => Iterable<string>;
  readonly burn: (siteId: string) => Promise<Burn>;
  readonly spentOn: (siteId: string, day: string) => Promise<Spend>;
  readonly budgets: Pick<BudgetSettings, 'siteDay' | 'sites'>;
}

export function createSiteWatches({ siteIds, burn, spentOn, budgets }: SiteWatchParts): AlertWatch[] {
  return [
    {
      kinds: ['response-time'],
      look: () => Promise.all([...siteIds()].map(async (siteId) => judgeResponseTime(siteId, await burn(siteId)))),
    },
    {
      kinds: ['budget-near', 'budget-reached'],
      async look(now) {
        const found = [...siteIds()].map(async (siteId) => {
          const spent = await spentOn(siteId, dayOf(now));
          return judgeBudget(siteId, usedShareOf(spent, siteDayLimitOf(budgets, siteId)));
        });
        return (await Promise.all(found)).flat();
      },
    },
  ];
}
