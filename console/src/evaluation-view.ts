/** What is shown of an evaluation's cases: which ones a run asks, how each changed, and which ones are listed. Pure. */

import { compareRuns } from '@firstword/shared/compare-runs';
import type { SavedCase } from '@firstword/shared/evaluation-case';
import type { CaseResult } from '@firstword/shared/evaluation-run';

/** `failed`: in the run that is shown. */
export const CASE_SETS = ['all', 'failed', 'conversations', 'written'] as const;
export type CaseSet = (typeof CASE_SETS)[number];

export function casesOf(set: CaseSet, cases: readonly SavedCase[], results: readonly CaseResult[]): SavedCase[] {
  const failed = new Set(results.filter(({ faults }) => faults.length > 0).map(({ id }) => id));
  return cases.filter(({ id, conversationId }) => {
    if (set === 'failed') return failed.has(id);
    if (set === 'all') return true;
    return (conversationId !== undefined) === (set === 'conversations');
  });
}

export type CaseChange = 'newly-failing' | 'newly-passing';
export type ChangedResult = CaseResult & { readonly change?: CaseChange };

/** Newly failing cases first, then the others that fail. */
export function changedResults(results: readonly CaseResult[], before: readonly CaseResult[]): ChangedResult[] {
  const { worse, better } = compareRuns(before, results);
  const changed = results.map((result): ChangedResult => {
    if (worse.includes(result)) return { ...result, change: 'newly-failing' };
    return better.includes(result) ? { ...result, change: 'newly-passing' } : result;
  });
  return changed.toSorted((one, other) => rankOf(one) - rankOf(other));
}

const rankOf = ({ change, faults }: ChangedResult) =>
  change === 'newly-failing' ? 0 : faults.length > 0 ? 1 : change === 'newly-passing' ? 2 : 3;

export const RESULT_FILTERS = ['all', 'failed', 'newly-failing', 'newly-passing'] as const;
export type ResultFilter = (typeof RESULT_FILTERS)[number];

export function filterResults(results: readonly ChangedResult[], filter: ResultFilter): ChangedResult[] {
  if (filter === 'all') return [...results];
  if (filter === 'failed') return results.filter(({ faults }) => faults.length > 0);
  return results.filter(({ change }) => change === filter);
}
