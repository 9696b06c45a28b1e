/** A ticket as it is kept: what everybody sees, and the little that only this room needs. */
import { analysisRunSchema } from '@firstword/shared/analysis';
import type { AnalysisState } from '@firstword/shared/analysis-states';
import { storedVerdictSchema, TICKET_STATES, type Ticket, ticketSchema } from '@firstword/shared/ticket';
import { responderSchema } from '@firstword/shared/wire';
import { z } from 'zod';

const innerSchema = z.object({
  /**
   * The version of the last change that a person could be too late for. The progress of an analysis raises `version`
   * and not this, so that it never makes an agent's click a conflict.
   */
  fence: z.int(),
  /** Runs so far, also those that ended. */
  runs: z.int(),
  /** A sweep queues the first analysis if whoever opened the ticket died before it could. */
  analyse: z.boolean(),
  /** What undoing brings back. */
  before: z.object({ state: z.enum(TICKET_STATES), responder: responderSchema }).optional(),
  verdict: storedVerdictSchema.optional(),
});

export const ticketRecordSchema = z.object({ ticket: ticketSchema, inner: innerSchema });
export type TicketRecord = z.infer<typeof ticketRecordSchema>;

/** A run as it is kept. The epoch counts its beginnings: what an earlier beginning still commits is refused. */
export const runRecordSchema = z.object({
  run: analysisRunSchema,
  epoch: z.int(),
  queuedAt: z.number(),
  /** Asked for by an agent instead of the tier's first model. */
  modelId: z.string().optional(),
});
export type RunRecord = z.infer<typeof runRecordSchema>;

const ENDED_RUN_STATES: readonly AnalysisState[] = ['completed', 'partial', 'failed', 'cancelled', 'superseded'];

export function hasEnded(run: { state: AnalysisState }): boolean {
  return ENDED_RUN_STATES.includes(run.state);
}

/** Run ids name their ticket, so that a run is found without an index. */
export function runIdOf(ticket: Pick<Ticket, 'id'>, number: number): string {
  return `${ticket.id}.${number}`;
}

export function ticketIdOfRun(runId: string): string {
  return runId.split('.')[0] ?? '';
}
