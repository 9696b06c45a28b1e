/** The states of an analysis run and the verdicts of its review. Free of imports: tickets and analyses both need them. */

export const ANALYSIS_STATES = [
  'queued',
  'running',
  'completed',
  'partial',
  'failed',
  'cancelled',
  'superseded',
] as const;
export type AnalysisState = (typeof ANALYSIS_STATES)[number];

export const REVIEW_VERDICTS = ['pending', 'approved', 'edited', 'rejected', 'superseded'] as const;
export type ReviewVerdict = (typeof REVIEW_VERDICTS)[number];
