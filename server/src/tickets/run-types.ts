/** Analysis runs as other modules see them: jobs, results, reviews, and what can be done with a run. */
import type { AnalysisRun } from '@firstword/shared/analysis';
import type { Phrase } from '@firstword/shared/phrase';
import type { Actor, StoredVerdict, Ticket, Urgency } from '@firstword/shared/ticket';

export interface RunJob {
  readonly runId: string;
  readonly ticketId: string;
  readonly siteId: string;
}

/** What decides which run is next. */
export interface RunRank {
  readonly urgency: Urgency;
  /** The visitor is known, or an agent has asked for the run. */
  readonly known: boolean;
}

/** Hands runs to workers. The run's record is authoritative; its job only triggers a worker. */
export interface RunQueue {
  /** No effect while the job is queued or active; a job that has ended is added again. */
  add(job: RunJob, rank: RunRank): Promise<void>;
  state(runId: string): Promise<'waiting' | 'ended' | 'failed' | 'missing'>;
}

export interface BegunRun {
  readonly ticket: Ticket;
  readonly run: AnalysisRun;
  readonly verdict: StoredVerdict | undefined;
  /** Must be passed to the commit. */
  readonly fencingToken: number;
  /** The model that an agent chose instead of the tier's first one. */
  readonly modelId: string | undefined;
}

export type RunResult = { readonly state: 'completed' | 'partial' | 'failed' } & Partial<
  Pick<AnalysisRun, 'problem' | 'problemPhrase' | 'content' | 'provenance' | 'usage' | 'timing'>
>;

export interface RunReview {
  readonly reviewer: { readonly id: string; readonly name: string };
  readonly idempotencyKey: string;
  readonly outcome: /** `text` is the sent reply. The verdict is `approved` if it equals the proposed reply, else `edited`. */
    | { readonly kind: 'sent'; readonly text: string; readonly messageSeq?: number }
    | { readonly kind: 'rejected'; readonly reason: string; readonly note?: string | undefined };
}

export type ReviewOutcome =
  | { readonly kind: 'done'; readonly ticket: Ticket; readonly run: AnalysisRun }
  /** The run was reviewed before, or it has no result yet. */
  | { readonly kind: 'not-allowed'; readonly ticket: Ticket; readonly why: Phrase }
  | { readonly kind: 'not-found' };

export interface AnalysisRuns {
  /**
   * Queues an analysis, or returns the active run of the same model. For another model, or after a rejection, the
   * active run is superseded. Undefined when the ticket does not exist or is closed, merged or spam.
   */
  queueRun(
    ticketId: string,
    trigger: AnalysisRun['trigger'],
    options: { idempotencyKey: string; actor?: Actor; modelId?: string | undefined },
  ): Promise<{ ticket: Ticket; run: AnalysisRun } | undefined>;
  /** Newest first. */
  runs(ticketId: string): Promise<AnalysisRun[]>;
  run(runId: string): Promise<AnalysisRun | undefined>;
  /** Undefined when nothing is left to do. A worker that started the run earlier can no longer commit. */
  beginRun(runId: string): Promise<BegunRun | undefined>;
  /** Stores a result once. `refused`: the run was started again, it has ended, or the ticket was deleted. */
  commitRun(runId: string, fencingToken: number, result: RunResult): Promise<'stored' | 'refused'>;
  /** Puts a begun run back, because no model can be reached. The sweep queues it again. */
  postponeRun(runId: string, fencingToken: number): Promise<void>;
  /** Ends a run that no worker will end. The ticket moves on to agents. */
  failRun(runId: string, problem: Phrase): Promise<'stored' | 'refused'>;
  review(runId: string, review: RunReview): Promise<ReviewOutcome>;
  /** Adds missing jobs of queued runs, and ends runs whose job failed for good. */
  sweepRuns(queuedBefore: number): Promise<void>;
}
