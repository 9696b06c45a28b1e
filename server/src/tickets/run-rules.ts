/** What a run's end and a person's judgement make of a ticket. Pure. */
import type { AnalysisRun } from '@firstword/shared/analysis';
import type { ReviewVerdict } from '@firstword/shared/analysis-states';
import type { Ticket, TicketEvent } from '@firstword/shared/ticket';
import { distance } from 'fastest-levenshtein';
import type { RunResult, RunReview } from './run-types.ts';
import { hasEnded, type RunRecord, type TicketRecord } from './ticket-record.ts';
import { amended, applyAction } from './ticket-rules.ts';
import type { TicketChange } from './ticket-store.ts';

/** What a verdict is called in a ticket's history. */
export const REVIEW_ACTIONS: Partial<Record<ReviewVerdict, TicketEvent['action']>> = {
  approved: 'approve',
  edited: 'edit',
  rejected: 'reject',
};

/** A person's judgement as the run keeps it: approved is what went out unchanged. */
export function reviewOf(
  { content }: AnalysisRun,
  judged: RunReview['outcome'],
  reviewer: RunReview['reviewer'],
  at: number,
): AnalysisRun['review'] {
  if (judged.kind === 'rejected') {
    const { reason, note } = judged;
    return { verdict: 'rejected', reviewer, at, reason, ...(note === undefined ? {} : { note }) };
  }
  const proposed = content?.reply.text ?? '';
  const editDistance = distance(proposed.trim(), judged.text.trim());
  return {
    verdict: editDistance === 0 ? 'approved' : 'edited',
    reviewer,
    at,
    editDistance,
    finalText: judged.text,
    ...(judged.messageSeq === undefined ? {} : { messageSeq: judged.messageSeq }),
  };
}

/** What a ticket shows of its newest run; nothing changes for an older one. */
export function mirrored(ticket: Ticket, run: AnalysisRun): Partial<Ticket> {
  if (ticket.analysis?.runId !== run.id) return {};
  const stale = run.state !== 'queued' && ticket.revision > run.revision;
  return { analysis: { runId: run.id, state: run.state, verdict: run.review.verdict, stale } };
}

/** A ticket with a run that has come to its end; older results that nobody judged are superseded by a new one. */
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
    record: { ...next, ticket: { ...next.ticket, ...mirrored(next.ticket, run) } },
    events: 'why' in finished ? [] : [finished.event],
    runs: [
      { ...known, run },
      ...outdated.map((other) => ({ ...other, run: { ...other.run, review: { verdict: 'superseded' as const } } })),
    ],
  };
}
