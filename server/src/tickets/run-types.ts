/** Analysis runs as other modules see them: jobs, results, reviews, and what can be done with a run. */
import type { AnalysisRun } from '@firstword/shared/analysis';
import type { Actor, StoredVerdict, Ticket, Urgency } from '@firstword/shared/ticket';

export interface RunJob {
  readonly runId: string;
  readonly ticketId: string;
  readonly siteId: string;
}

/** Hands runs to workers. A run is the truth, its job only a way to be noticed. */
export interface RunQueue {
  /** Adding a job that is there has no effect; one that has ended is added anew. */
  add(job: RunJob, urgency: Urgency): Promise<void>;
  state(runId: string): Promise<'waiting' | 'ended' | 'failed' | 'missing'>;
}

export interface BegunRun {
  readonly ticket: Ticket;
  readonly run: AnalysisRun;
  readonly verdict: StoredVerdict | undefined;
  /** To be shown at the commit. */
  readonly epoch: number;
  /** Wished for instead of the tier's first model. */
  readonly modelId: string | undefined;
}

export type RunResult = { readonly state: 'completed' | 'partial' | 'failed' } & Partial<
  Pick<AnalysisRun, 'problem' | 'content' | 'provenance' | 'usage' | 'timing'>
>;

export interface RunReview {
  readonly reviewer: { readonly id: string; readonly name: string };
  readonly idempotencyKey: string;
  readonly outcome: /** `text` as it went out: the verdict is `approved` when it is what was proposed, else `edited`. */
    | { readonly kind: 'sent'; readonly text: string; readonly messageSeq?: number }
    | { readonly kind: 'rejected'; readonly reason: string; readonly note?: string | undefined };
}

export type ReviewOutcome =
  | { readonly kind: 'done'; readonly ticket: Ticket; readonly run: AnalysisRun }
  /** Somebody has judged this run before, or it has no result. */
  | { readonly kind: 'not-allowed'; readonly ticket: Ticket; readonly why: string }
  | { readonly kind: 'not-found' };

export interface AnalysisRuns {
  /**
   * Queues an analysis. One that is queued or running already serves the same wish; for another model or after a
   * rejection it is superseded. Undefined when there is no such ticket or it is closed, merged or spam.
   */
  queueRun(
    ticketId: string,
    trigger: AnalysisRun['trigger'],
    options: { idempotencyKey: string; actor?: Actor; modelId?: string | undefined },
  ): Promise<{ ticket: Ticket; run: AnalysisRun } | undefined>;
  /** Newest first. */
  runs(ticketId: string): Promise<AnalysisRun[]>;
  run(runId: string): Promise<AnalysisRun | undefined>;
  /** Undefined when there is nothing (more) to do. Whoever began it before can no longer commit. */
  beginRun(runId: string): Promise<BegunRun | undefined>;
  /** Stores a result once. `refused`: another beginning has taken over, it has ended, or the ticket is gone. */
  commitRun(runId: string, epoch: number, result: RunResult): Promise<'stored' | 'refused'>;
  /** Ends a run that nobody will end: the ticket goes on to people. */
  failRun(runId: string, problem: string): Promise<'stored' | 'refused'>;
  review(runId: string, review: RunReview): Promise<ReviewOutcome>;
  /** Gives jobs to queued runs that have none, and ends those whose job was given up. */
  sweepRuns(queuedBefore: number): Promise<void>;
}
