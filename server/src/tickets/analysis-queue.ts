/** The queue between tickets and workers. Jobs carry ids only; workers read the current data from Redis. */
import type { Urgency } from '@firstword/shared/ticket';
import { Queue, type RedisConnectionClient } from 'bullmq';
import type { RunJob, RunQueue, RunRank } from './run-types.ts';

/** Queue name, shared by producers and workers. */
export const ANALYSIS_QUEUE = 'analysis';

/** A run whose job failed for good, for operators. */
export interface DeadLetter {
  readonly runId: string;
  readonly ticketId: string;
  readonly siteId: string;
  readonly reason: string;
  readonly attempts: number;
  /** Milliseconds since the epoch. */
  readonly failedAt: number;
}

export interface AnalysisQueue extends RunQueue {
  /** Newest first. */
  deadLetters(limit: number): Promise<DeadLetter[]>;
  close(): Promise<void>;
}

export interface AnalysisQueueSettings {
  /** Attempts per job. */
  readonly attempts: number;
  /** Delay before the second attempt, with jitter; doubles with each attempt. */
  readonly backoffMs: number;
  /** How long ended jobs are kept. While a job is kept, its id can't be added again. */
  readonly keepSeconds: number;
}

export const ANALYSIS_QUEUE_SETTINGS: AnalysisQueueSettings = { attempts: 3, backoffMs: 2000, keepSeconds: 3 * 86_400 };

/** In BullMQ lower numbers come first; 0 would mean "no priority", before all others. */
const PRIORITIES: Readonly<Record<Urgency, number>> = { critical: 1, high: 2, normal: 3, low: 4 };
/** Any stranger may write something that looks urgent, so known visitors come first, except where there may be danger. */
const priorityOf = ({ urgency, known }: RunRank) =>
  PRIORITIES[urgency] + (known || urgency === 'critical' ? 0 : PRIORITIES.low);

/**
 * @param connection of the role `commands`, so that adding fails fast while Redis is away
 * @param prefix what the queue's keys start with
 */
export function createAnalysisQueue(
  connection: RedisConnectionClient,
  prefix: string,
  settings: AnalysisQueueSettings = ANALYSIS_QUEUE_SETTINGS,
): AnalysisQueue {
  const { attempts, backoffMs, keepSeconds } = settings;
  const open = async (): Promise<Queue<RunJob, void>> => {
    const queue = new Queue<RunJob, void>(ANALYSIS_QUEUE, {
      connection,
      prefix,
      skipWaitingForReady: true,
      defaultJobOptions: {
        attempts,
        backoff: { type: 'exponential', delay: backoffMs, jitter: 0.5 },
        removeOnComplete: { age: keepSeconds },
        removeOnFail: { age: keepSeconds },
      },
    });
    queue.on('error', () => {}); // the connection logs its errors; without a listener, one would end the process
    try {
      await queue.waitUntilReady();
    } catch (error) {
      await queue.close().catch(() => {});
      throw error;
    }
    return queue;
  };
  let opened: Promise<Queue<RunJob, void>> | undefined;
  /** A queue whose first command failed repeats that failure for ever, so the next use opens another. */
  const current = (): Promise<Queue<RunJob, void>> => {
    opened ??= open().catch((error: unknown) => {
      opened = undefined;
      throw error;
    });
    return opened;
  };
  current().catch(() => {}); // now, so that the first hand-off does not wait for it

  return {
    async add(job, rank) {
      const queue = await current();
      const known = await queue.getJob(job.runId);
      // The run has not ended although its job has: remove the job to free its id.
      if (known && ((await known.isCompleted()) || (await known.isFailed()))) await known.remove();
      await queue.add('analyse', job, { jobId: job.runId, priority: priorityOf(rank) });
    },

    async state(runId) {
      const state = await (await current()).getJobState(runId);
      if (state === 'unknown') return 'missing';
      if (state === 'failed') return 'failed';
      return state === 'completed' ? 'ended' : 'waiting';
    },

    async deadLetters(limit) {
      const jobs = await (await current()).getFailed(0, limit - 1);
      return jobs.map(({ data, failedReason, attemptsMade, finishedOn }) => ({
        ...data,
        reason: failedReason,
        attempts: attemptsMade,
        failedAt: finishedOn ?? 0,
      }));
    },

    async close() {
      await (await opened?.catch(() => undefined))?.close();
    },
  };
}
