/** What evaluations found of each case. Each result ends with its run and with its case. */
import type { CaseResult } from '@firstword/shared/evaluation-run';

export interface EvaluationResults {
  /** Does nothing when the case was deleted meanwhile. */
  add(runId: string, position: number, result: CaseResult): Promise<void>;
  /** In the order of their positions. */
  list(runId: string): Promise<CaseResult[]>;
}
