/** Takes runs from the queue and has them analysed; what is given up ends visibly, never silently. */
import { type RedisConnectionClient, UnrecoverableError, Worker } from 'bullmq';
import type { Log } from '../lib/log.ts';
import { ANALYSIS_QUEUE } from '../tickets/analysis-queue.ts';
import type { AnalysisRuns, RunJob } from '../tickets/run-types.ts';
import type { Analyst } from './analyst.ts';

export interface AnalysisWorker {
  /** Takes nothing new, lets what runs finish for so long, then leaves it to others. */
  close(patienceMs: number): Promise<void>;
}

export interface AnalysisWorkerSettings {
  readonly concurrency: number;
  /** A worker that was silent for so long has lost its job to another. */
  readonly lockMs: number;
  readonly stalledCheckMs: number;
  /** How often a job may lose its worker, and how often it may be begun, before it is given up. */
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

export function createAnalysisWorker(parts: {
  /** Of the role `waiting`. */
  connection: RedisConnectionClient;
  /** What the queue's keys start with. */
  prefix: string;
  analyst: Analyst;
  tickets: Pick<AnalysisRuns, 'failRun'>;
  log: Log;
  settings?: Partial<AnalysisWorkerSettings>;
}): AnalysisWorker {
  const { connection, prefix, analyst, tickets, log } = parts;
  const settings = { ...SETTINGS, ...parts.settings };
  const leaving = new AbortController();

  const worker = new Worker<RunJob, void>(
    ANALYSIS_QUEUE,
    async ({ data, attemptsMade, opts }) => {
      const last = attemptsMade + 1 >= (opts.attempts ?? 1);
      const outcome = await analyst(data.runId, last, leaving.signal);
      // The run has ended; the job joins the dead letters.
      if (outcome.kind === 'failed') throw new UnrecoverableError(outcome.problem);
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
  worker.on('error', (error) => log.warn({ reason: String(error) }, 'the analysis queue is unreachable'));
  worker.on('failed', (job, error) => void giveUp(job?.data.runId, job?.finishedOn, error));

  /** A job that lost its workers too often ends here, with no analyst to end its run. */
  async function giveUp(runId: string | undefined, finishedOn: number | undefined, error: Error): Promise<void> {
    if (runId === undefined || finishedOn === undefined) return; // another try follows
    try {
      await tickets.failRun(runId, 'The analysis was given up after several tries.');
    } catch (failure) {
      log.warn({ runId, reason: String(error), failure: String(failure) }, 'a sweep will end this analysis');
    }
  }

  return {
    async close(patienceMs) {
      const patience = setTimeout(() => leaving.abort(new Error('the worker is leaving')), patienceMs);
      await worker.close();
      clearTimeout(patience);
    },
  };
}
