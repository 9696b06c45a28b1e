/** A ticket as it is stored: the public part, and the fields that only this room needs. */
import { analysisRunSchema } from '@firstword/shared/analysis';
import type { AnalysisState } from '@firstword/shared/analysis-states';
import { storedVerdictSchema, TICKET_STATES, type Ticket, ticketSchema } from '@firstword/shared/ticket';
import { responderSchema } from '@firstword/shared/wire';
import { z } from 'zod';

const innerSchema = z.object({
  /**
   * The version of the last change that conflicts with an agent's action. The progress of an analysis increases only
   * `version`, so that it never turns an agent's click into a conflict.
   */
  fence: z.int(),
  /** Number of runs so far, ended ones included. */
  runs: z.int(),
  /** Whether a sweep should queue the first analysis if the process that opened the ticket died. */
  analyse: z.boolean(),
  /** The visitor is known: `HandOffRequested`. */
  known: z.boolean().optional(),
  /** What `restore` restores. */
  before: z.object({ state: z.enum(TICKET_STATES), responder: responderSchema }).optional(),
  verdict: storedVerdictSchema.optional(),
  /** When an agent last corrected the verdict. */
  correctedAt: z.number().optional(),
});

export const ticketRecordSchema = z.object({ ticket: ticketSchema, inner: innerSchema });
export type TicketRecord = z.infer<typeof ticketRecordSchema>;

/** A run as it is stored. The fencing token counts its starts: a commit by an earlier start is refused. */
export const runRecordSchema = z.object({
  run: analysisRunSchema,
  fencingToken: z.int(),
  queuedAt: z.number(),
  /** The model that an agent chose instead of the tier's first one. */
  modelId: z.string().optional(),
});
export type RunRecord = z.infer<typeof runRecordSchema>;

const ENDED_RUN_STATES: readonly AnalysisState[] = ['completed', 'partial', 'failed', 'cancelled', 'superseded'];

export function hasEnded(run: { state: AnalysisState }): boolean {
  return ENDED_RUN_STATES.includes(run.state);
}

/** A run id contains its ticket's id, so that no index is needed. */
export function runIdOf(ticket: Pick<Ticket, 'id'>, number: number): string {
  return `${ticket.id}.${number}`;
}

export function ticketIdOfRun(runId: string): string {
  return runId.split('.')[0] ?? '';
}
