/** Runs that go on in the background of one process. Their lease shows that the process lives. */
import type { RunState } from '@firstword/shared/background-run';

export const RUN_KINDS = ['benchmark', 'evaluation'] as const;
export type RunKind = (typeof RUN_KINDS)[number];

export interface NewRun {
  readonly kind: RunKind;
  /** What it is about; one run at a time for each kind and subject. */
  readonly subject: string;
  readonly by: string;
  readonly result: object;
}

export interface StoredRun extends NewRun {
  readonly id: string;
  readonly state: RunState;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly endedAt?: number;
  readonly stopping: boolean;
}

export interface RunStore {
  /** Undefined while another run of the kind and subject is in progress. One whose lease is over is ended. */
  start(run: NewRun, leaseMs: number): Promise<StoredRun | undefined>;
  /** Keeps the result so far, and extends the lease. `stop`: it was asked to. `ended`: it is no longer in progress. */
  report(id: string, result: object, leaseMs: number): Promise<'continue' | 'stop' | 'ended'>;
  /** False when it isn't in progress. */
  requestStop(id: string): Promise<boolean>;
  /** Does nothing when it isn't in progress. */
  end(id: string, state: Exclude<RunState, 'running'>, result: object): Promise<void>;
  /** Ends the runs whose lease is over as interrupted. @returns how many there were */
  endLost(): Promise<number>;
  /** The newest first. */
  list(kind: RunKind, subject: string): Promise<StoredRun[]>;
  load(id: string): Promise<StoredRun | undefined>;
}

/** Older runs of a kind and subject are deleted. */
export const RUNS_KEPT = 50;
