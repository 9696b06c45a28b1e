/** How the end of a run and an agent's review change a ticket. Pure. */
import type { AnalysisRun } from '@firstword/shared/analysis';
import type { ReviewVerdict } from '@firstword/shared/analysis-states';
import type { Phrase } from '@firstword/shared/phrase';
import type { Actor, Ticket, TicketEvent } from '@firstword/shared/ticket';
import type { Responder } from '@firstword/shared/wire';
import { distance } from 'fastest-levenshtein';
import { phrase, phraseText } from '../lib/phrase.ts';
import { hasEnded, type RunRecord, runIdOf, type TicketRecord } from '../records/ticket-record.ts';
import type { RunResult, RunReview } from './run-types.ts';
import type { TicketChange } from './ticket-editing.ts';
import { amended, applyAction } from './ticket-rules.ts';

/** The ticket event of each verdict. */
export const REVIEW_ACTIONS: Partial<Record<ReviewVerdict, TicketEvent['action']>> = {
  approved: 'approve',
  edited: 'edit',
  rejected: 'reject',
};

/** Why a run is partial or failed, as it is stored. */
export const problemFields = (problem: Phrase): Pick<AnalysisRun, 'problem' | 'problemPhrase'> => ({
  problem: phraseText(problem),
  problemPhrase: problem,
});
export const FAILED_OFTEN = phrase`The analysis failed after several attempts.`;

/** Why a reply that has this verdict gets no other one. */
export function alreadyReviewed(verdict: ReviewVerdict): Phrase {
  switch (verdict) {
    case 'approved':
      return phrase`This proposed reply was already sent.`;
    case 'edited':
      return phrase`This proposed reply was already sent with changes.`;
    case 'rejected':
      return phrase`This proposed reply was already rejected.`;
    default:
      return phrase`This proposed reply can't be reviewed.`;
  }
}

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
  responder: Responder,
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

/** The ticket with a new run, which supersedes those that have not ended. */
export function withNewRun(
  record: TicketRecord,
  responder: Responder,
  active: readonly RunRecord[],
  request: { trigger: AnalysisRun['trigger']; actor: Actor; modelId?: string | undefined; at: number },
): { readonly change: TicketChange; readonly run: AnalysisRun } {
  const { trigger, actor, modelId, at } = request;
  const { ticket, inner } = record;
  const number = inner.runs + 1;
  const run: AnalysisRun = {
    id: runIdOf(ticket, number),
    ticketId: ticket.id,
    number,
    revision: ticket.revision,
    state: 'queued',
    trigger,
    createdAt: at,
    review: { verdict: 'pending' },
  };
  const started = applyAction(record, 'start-analysis', { actor: { kind: 'system' }, undoMs: 0 }, responder, at);
  const analysis = { runId: run.id, state: run.state, verdict: run.review.verdict, stale: false };
  const next = 'why' in started ? amended(record, {}) : started.record;
  const events: TicketEvent[] = 'why' in started ? [] : [started.event];
  const { state, version } = next.ticket;
  if (trigger !== 'hand-off') events.push({ at, action: 'rerun', actor, to: state, version, reason: trigger });
  return {
    run,
    change: {
      record: { ticket: { ...next.ticket, analysis }, inner: { ...next.inner, runs: number } },
      events,
      runs: [
        ...active.map((known) => ({ ...known, run: { ...known.run, state: 'superseded' as const } })),
        { run, fencingToken: 0, queuedAt: at, ...(modelId === undefined ? {} : { modelId }) },
      ],
    },
  };
}
