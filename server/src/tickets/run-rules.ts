/** How the end of a run and an agent's review change a ticket. Pure. */
import type { AnalysisRun } from '@firstword/shared/analysis';
import type { ReviewVerdict } from '@firstword/shared/analysis-states';
import type { Ticket, TicketEvent } from '@firstword/shared/ticket';
import { distance } from 'fastest-levenshtein';
import type { RunResult, RunReview } from './run-types.ts';
import { hasEnded, type RunRecord, type TicketRecord } from '../records/ticket-record.ts';
import { amended, applyAction } from './ticket-rules.ts';
import type { TicketChange } from './ticket-store.ts';

/** The ticket event of each verdict. */
export const REVIEW_ACTIONS: Partial<Record<ReviewVerdict, TicketEvent['action']>> = {
  approved: 'approve',
  edited: 'edit',
  rejected: 'reject',
};

/** The stored review: `approved` if the proposed reply was sent unchanged. `editDistance` counts UTF-16 code units. */
export function reviewOf(
  { content }: AnalysisRun,
  decision: RunReview['outcome'],
  reviewer: RunReview['reviewer'],
  at: number,
): AnalysisRun['review'] {
  if (decision.kind === 'rejected') {
    const { reason, note } = decision;
    return { verdict: 'rejected', reviewer, at, reason, ...(note === undefined ? {} : { note }) };
  }
  const proposed = content?.reply.text ?? '';
  const editDistance = distance(proposed.trim(), decision.text.trim());
  return {
    verdict: editDistance === 0 ? 'approved' : 'edited',
    reviewer,
    at,
    editDistance,
    finalText: decision.text,
    ...(decision.messageSeq === undefined ? {} : { messageSeq: decision.messageSeq }),
  };
}

/** The summary of its newest run that a ticket carries; empty for an older run. */
export function analysisSummary(ticket: Ticket, run: AnalysisRun): Partial<Ticket> {
  if (ticket.analysis?.runId !== run.id) return {};
  const stale = run.state !== 'queued' && ticket.revision > run.revision;
  return { analysis: { runId: run.id, state: run.state, verdict: run.review.verdict, stale } };
}

/** The ticket after a run has ended. A new result supersedes older ones that were not reviewed. */
export function committed(
  record: TicketRecord,
  responder: Parameters<typeof applyAction>[3],
  known: RunRecord,
  all: readonly RunRecord[],
  result: RunResult,
  now: number,
): TicketChange {
  const run: AnalysisRun = { ...known.run, ...result };
  const finished = applyAction(
    record,
    'finish-analysis',
    { actor: { kind: 'system' }, reason: result.state, undoMs: 0 },
    responder,
    now,
  );
  const next = 'why' in finished ? amended(record, {}) : finished.record;
  const outdated = all.filter(
    (other) =>
      result.content && other.run.number < run.number && other.run.review.verdict === 'pending' && hasEnded(other.run),
  );
  return {
    record: { ...next, ticket: { ...next.ticket, ...analysisSummary(next.ticket, run) } },
    events: 'why' in finished ? [] : [finished.event],
    runs: [
      { ...known, run },
      ...outdated.map((other) => ({ ...other, run: { ...other.run, review: { verdict: 'superseded' as const } } })),
    ],
  };
}
