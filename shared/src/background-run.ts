/** Runs that go on in the background of one process of the server, watched or not. */
import { z } from 'zod';
import { SPENDING_LIMIT_USD } from './benchmark-limits.ts';

/**
 * `stopped`: by an administrator. `ceiling`: the next call might have exceeded the run's spending limit. `interrupted`: its process
 * ended. `failed`: by an error of the server. Each of them keeps what was measured until then.
 */
const RUN_STATES = ['running', 'done', 'stopped', 'ceiling', 'interrupted', 'failed'] as const;
export const runStateSchema = z.enum(RUN_STATES);
export type RunState = z.infer<typeof runStateSchema>;

export const backgroundRunSchema = z.object({
  id: z.string(),
  state: runStateSchema,
  /** Name of the agent who started it. */
  by: z.string(),
  /** Milliseconds since 1970. */
  startedAt: z.number(),
  endedAt: z.number().exactOptional(),
  /** An administrator has stopped it, and its process has not ended it yet. */
  stopping: z.boolean(),
});

/** What a run has spent at its models' known prices. */
export const runCostSchema = z.object({
  usd: z.number(),
  /** False where a price is unknown, so that `usd` is less than it cost. */
  costIsComplete: z.boolean(),
});

export type RunCost = z.infer<typeof runCostSchema>;

/** The run ends before the call that might exceed it. In US dollars. */
export const spendingLimitSchema = z.number().min(SPENDING_LIMIT_USD.least).max(SPENDING_LIMIT_USD.most);
