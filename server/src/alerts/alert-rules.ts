/** When an alert opens and when its cause is over. Between the two limits nothing changes, so that it does not flap. Pure. */
import type { AlertCause } from '@firstword/shared/alert';
import type { BurnSummary } from '@firstword/shared/reports';
import type { Objective } from '../ledger/objective.ts';

/** What is known about one possible alert now. */
export type Finding =
  | { readonly verdict: 'bad'; readonly cause: AlertCause }
  | { readonly verdict: 'between' | 'clear'; readonly cause: Pick<AlertCause, 'kind' | 'siteId' | 'tier'> };

export interface Burn {
  readonly objective: Objective;
  /** The last hour and the last 24 hours. */
  readonly hour: BurnSummary;
  readonly day: BurnSummary;
}

/** A few late answers of a quiet hour are no incident. */
const SAMPLES_MIN = 20;
/** Of the last hour: a new incident. */
const BURN_OPENS = 6;
/** Of the last hour, when the last 24 hours miss the objective, too. */
const BURN_OPENS_LASTING = 2;
const BURN_CLEARS = 1;
const NEAR = 0.8;
const NEAR_CLEARS = 0.75;
const REACHED = 1;
const REACHED_CLEARS = 0.95;

export function judgeResponseTime(siteId: string, { objective, hour, day }: Burn): Finding {
  const about = { kind: 'response-time', siteId } as const;
  if (hour.kind === 'no-data' || hour.burnRate <= BURN_CLEARS) return { verdict: 'clear', cause: about };
  const isLasting = day.kind === 'measured' && day.burnRate > BURN_CLEARS;
  if (hour.samples < SAMPLES_MIN || hour.burnRate < (isLasting ? BURN_OPENS_LASTING : BURN_OPENS))
    return { verdict: 'between', cause: about };
  const { share, withinMs } = objective;
  return { verdict: 'bad', cause: { ...about, value: hour.withinShare, objective: share, withinMs } };
}

/** @param usedShare of the site's daily budget; undefined without one */
export function judgeBudget(siteId: string, usedShare: number | undefined): Finding[] {
  const near = { kind: 'budget-near', siteId } as const;
  const reached = { kind: 'budget-reached', siteId } as const;
  const value = usedShare ?? 0;
  const judge = (about: typeof near | typeof reached, objective: number, clears: number): Finding => {
    if (value < clears) return { verdict: 'clear', cause: about };
    return value < objective
      ? { verdict: 'between', cause: about }
      : { verdict: 'bad', cause: { ...about, value, objective } };
  };
  return [
    // One that is used up has an alert of its own.
    value >= REACHED ? { verdict: 'between', cause: near } : judge(near, NEAR, NEAR_CLEARS),
    judge(reached, REACHED, REACHED_CLEARS),
  ];
}
