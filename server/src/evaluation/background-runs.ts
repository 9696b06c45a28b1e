/** Works on runs in the background: keeps their results and leases, and ends them when they are stopped or the process ends. */
import type { RunState } from '@firstword/shared/background-run';
import type { Log } from '../lib/log.ts';
import type { NewRun, RunStore, StoredRun } from '../records/run-store.ts';

export interface BackgroundWork {
  /** What is known so far. */
  readonly result: () => object;
  /** Resolves when the work is done, or soon after the signal. */
  run(signal: AbortSignal, id: string): Promise<Extract<RunState, 'done' | 'ceiling' | 'stopped'>>;
}

export interface BackgroundRuns {
  /** Resolves when the run has started. Undefined while another one of its kind and subject is in progress. */
  start(run: Omit<NewRun, 'result'>, work: BackgroundWork): Promise<StoredRun | undefined>;
  /** Resolves when no run of this process is in progress. */
  idle(): Promise<void>;
  /** Ends the runs of this process as interrupted. */
  close(): Promise<void>;
}

export interface BackgroundRunParts {
  readonly store: Pick<RunStore, 'start' | 'report' | 'end'>;
  readonly log: Log;
  readonly leaseMs?: number;
  readonly reportMs?: number;
}

/** Another process ends a run whose process has not reported for this long. */
const LEASE_MS = 30_000;
const REPORT_MS = 1000;

export function createBackgroundRuns({
  store,
  log,
  leaseMs = LEASE_MS,
  reportMs = REPORT_MS,
}: BackgroundRunParts): BackgroundRuns {
  const running = new Map<string, { readonly ending: AbortController; readonly done: Promise<void> }>();

  async function carryOut(id: string, work: BackgroundWork, ending: AbortController): Promise<void> {
    const report = async () => {
      const answer = await store.report(id, work.result(), leaseMs);
      if (answer !== 'continue') ending.abort(answer === 'stop' ? 'stopped' : 'interrupted');
    };
    const reporting = setInterval(() => {
      report().catch((error: unknown) => log.warn({ runId: id, reason: String(error) }, 'reporting a run failed'));
    }, reportMs);
    let state: Exclude<RunState, 'running'>;
    try {
      state = await work.run(ending.signal, id);
    } catch (error) {
      log.error({ runId: id, err: error }, 'run failed');
      state = 'failed';
    }
    clearInterval(reporting);
    if (ending.signal.aborted) state = ending.signal.reason === 'stopped' ? 'stopped' : 'interrupted';
    log.info({ runId: id, state }, 'run ended');
    // Without a database the run ends when its lease is over.
    await store.end(id, state, work.result()).catch(() => {});
  }

  const idle = async () => void (await Promise.all([...running.values()].map(({ done }) => done)));
  return {
    async start(run, work) {
      const started = await store.start({ ...run, result: work.result() }, leaseMs);
      if (started === undefined) return undefined;
      const ending = new AbortController();
      const done = carryOut(started.id, work, ending).finally(() => running.delete(started.id));
      running.set(started.id, { ending, done });
      return started;
    },
    idle,
    async close() {
      for (const { ending } of running.values()) ending.abort('interrupted');
      await idle();
    },
  };
}
