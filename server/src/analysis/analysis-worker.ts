/** Processes analysis runs from the queue. A run whose job fails for good ends as failed. */
import { type Job, type RedisConnectionClient, UnrecoverableError, Worker } from 'bullmq';
import type { Log } from '../lib/log.ts';
import { within } from '../lib/within.ts';
import { ANALYSIS_QUEUE } from '../tickets/analysis-queue.ts';
import { FAILED_OFTEN } from '../tickets/run-rules.ts';
import type { AnalysisRuns, RunJob } from '../tickets/run-types.ts';
import type { Analyst } from './analyst.ts';

export interface AnalysisWorker {
  /** Stops taking jobs and waits `graceMs` for active ones; other workers take over the rest. */
  close(graceMs: number): Promise<void>;
}

export interface AnalysisWorkerSettings {
  readonly concurrency: number;
  /** A worker that has not renewed its lock for this long loses the job to another one. */
  readonly lockMs: number;
  readonly stalledCheckMs: number;
  /** How often a job may stall, and how often it may be started, before it fails for good. */
  readonly stalledMax: number;
  readonly startsMax: number;
}

const SETTINGS: AnalysisWorkerSettings = {
  concurrency: 4,
  lockMs: 10_000,
  stalledCheckMs: 5_000,
  stalledMax: 3,
  startsMax: 5,
};

/**
 * While its blocking connection waits for its next attempt to connect, BullMQ's `close` never settles: it disconnects, and waits
 * for an `end` that ioredis does not emit in this state.
 */
const UNRESPONSIVE_MS = 5000;

export function createAnalysisWorker(parts: {
  /** Of the role `waiting`. */
  connection: RedisConnectionClient;
  /** What the queue's keys start with. */
  prefix: string;
  analyst: Analyst;
  tickets: Pick<AnalysisRuns, 'failRun'>;
  /** Whether no model can be reached that may analyse tickets of this site. Its runs stay queued until one can. */
  isAway: (siteId: string) => boolean;
  /** Whether an error means that the database is away. The run then waits, too. */
  isOutage: (error: unknown) => boolean;
  log: Log;
  settings?: Partial<AnalysisWorkerSettings>;
}): AnalysisWorker {
  const { connection, prefix, analyst, tickets, isAway, isOutage, log } = parts;
  const settings = { ...SETTINGS, ...parts.settings };
  const leaving = new AbortController();
  const running = new Set<Promise<void>>();

  const analyse = async ({ data, attemptsMade, opts }: Job<RunJob, void>) => {
    if (isAway(data.siteId)) return; // the sweep queues the run again
    const last = attemptsMade + 1 >= (opts.attempts ?? 1);
    const outcome = await analyst(data.runId, last, leaving.signal).catch((error: unknown) => {
      if (!isOutage(error)) throw error;
      log.info({ runId: data.runId, reason: String(error) }, 'postponing an analysis: the database is away');
      return undefined; // the sweep queues the run again
    });
    // The run has ended as failed; the job becomes a dead letter.
    if (outcome?.kind === 'failed') throw new UnrecoverableError(outcome.problem);
  };
  const settled = async () => {
    while (running.size > 0) await Promise.allSettled(running);
  };

  const worker = new Worker<RunJob, void>(
    ANALYSIS_QUEUE,
    (job) => {
      const work = analyse(job).finally(() => void running.delete(work));
      running.add(work);
      return work;
    },
    {
      connection,
      prefix,
      concurrency: settings.concurrency,
      lockDuration: settings.lockMs,
      stalledInterval: settings.stalledCheckMs,
      maxStalledCount: settings.stalledMax,
      maxStartedAttempts: settings.startsMax,
    },
  );
  worker.on('error', (error) => log.warn({ reason: String(error) }, 'analysis queue unavailable'));
  worker.on('failed', (job, error) => void endFailedRun(job?.data.runId, job?.finishedOn, error));

  /** Ends the run of a job that stalled too often, because no analyst will. */
  async function endFailedRun(runId: string | undefined, finishedOn: number | undefined, error: Error): Promise<void> {
    if (runId === undefined || finishedOn === undefined) return; // another attempt follows
    try {
      await tickets.failRun(runId, FAILED_OFTEN);
    } catch (failure) {
      log.warn(
        { runId, reason: String(error), failure: String(failure) },
        'ending a failed analysis run failed; the next sweep retries',
      );
    }
  }

  return {
    async close(graceMs) {
      const timer = setTimeout(() => leaving.abort(new Error('the worker is shutting down')), graceMs);
      try {
        const closed = worker.close();
        closed.catch(() => {});
        await within(graceMs + UNRESPONSIVE_MS, settled());
        await within(UNRESPONSIVE_MS, closed);
      } catch {
        log.warn('the analysis queue did not close in time; another worker takes over its jobs');
        void worker.disconnect().catch(() => {});
      } finally {
        clearTimeout(timer);
      }
    },
  };
}
