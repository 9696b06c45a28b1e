/** Analysis runs of tickets: queued, started, committed once, reviewed by an agent. Older runs stay readable. */
import type { AnalysisRun } from '@firstword/shared/analysis';
import type { Actor } from '@firstword/shared/ticket';
import { ENDED_STATES } from '@firstword/shared/ticket-transitions';
import type { Log } from '../lib/log.ts';
import { phrase } from '../lib/phrase.ts';
import { hasEnded, type TicketRecord, ticketIdOfRun } from '../records/ticket-record.ts';
import type { TicketStore } from '../records/ticket-store.ts';
import {
  alreadyReviewed,
  analysisSummary,
  committed,
  FAILED_OFTEN,
  problemFields,
  REVIEW_ACTIONS,
  reviewOf,
  withNewRun,
} from './run-rules.ts';
import type { AnalysisRuns, BegunRun, ReviewOutcome, RunQueue, RunResult } from './run-types.ts';
import type { TicketEditing } from './ticket-editing.ts';
import { amended } from './ticket-rules.ts';

const SYSTEM: Actor = { kind: 'system' };
const BATCH = 100;

export interface AnalysisRunsParts {
  readonly store: Pick<TicketStore, 'find' | 'runs' | 'run' | 'takeUnfinishedRuns'>;
  readonly editing: Pick<TicketEditing, 'change'>;
  readonly enqueue: RunEnqueuer;
  readonly queue: RunQueue | undefined;
  readonly log: Log;
  readonly now: () => number;
}

/** Hands a run to a worker. What fails is repeated by a sweep. @param isChosen an agent has asked for it */
export type RunEnqueuer = (record: TicketRecord, runId: string, isChosen?: boolean) => Promise<void>;

export function createRunEnqueuer(queue: RunQueue | undefined, log: Log): RunEnqueuer {
  return async ({ ticket: { id, siteId, urgency }, inner: { known = false } }, runId, isChosen = false) => {
    try {
      await queue?.add({ runId, ticketId: id, siteId }, { urgency, known: known || isChosen });
    } catch (error) {
      log.warn({ runId, reason: String(error) }, 'queueing an analysis failed; the next sweep retries');
    }
  };
}

export function createAnalysisRuns({ store, editing, enqueue, queue, log, now }: AnalysisRunsParts): AnalysisRuns {
  const queueRun: AnalysisRuns['queueRun'] = async (ticketId, trigger, { idempotencyKey, actor = SYSTEM, modelId }) => {
    let queued: AnalysisRun | undefined;
    const outcome = await editing.change<TicketRecord | undefined>(
      ticketId,
      async ({ record, responder, runs }) => {
        if (ENDED_STATES.includes(record.ticket.state)) return { stop: undefined };
        const active = (await runs()).filter(({ run }) => !hasEnded(run));
        const same = active.find((known) => known.modelId === modelId && trigger !== 'rejection');
        queued = same?.run;
        if (same !== undefined) return { stop: record };
        const { change, run } = withNewRun(record, responder, active, { trigger, actor, modelId, at: now() });
        queued = run;
        return { store: change };
      },
      { key: idempotencyKey, action: 'rerun' },
    );
    if (outcome.kind === 'known') {
      const [newest] = (await store.runs(ticketId)).reverse();
      return newest && { ticket: outcome.record.ticket, run: newest.run };
    }
    const record =
      outcome.kind === 'stored' ? outcome.record : outcome.kind === 'stopped' ? outcome.refusal : undefined;
    if (record === undefined || queued === undefined) return undefined;
    await enqueue(record, queued.id, actor.kind === 'agent');
    return { ticket: record.ticket, run: queued };
  };

  /** @param fencingToken of the start whose result this is; undefined for callers that did not start the run */
  const end = async (runId: string, fencingToken: number | undefined, result: RunResult) => {
    const ticketId = ticketIdOfRun(runId);
    const outcome = await editing.change<'stored' | 'refused'>(ticketId, async ({ record, responder, runs }) => {
      const all = await runs();
      const known = all.find(({ run }) => run.id === runId);
      if (known === undefined) return { stop: 'refused' };
      if (fencingToken !== undefined && fencingToken !== known.fencingToken) return { stop: 'refused' };
      // A commit is repeated when its response was lost: report it as stored.
      if (hasEnded(known.run)) return { stop: known.run.state === result.state ? 'stored' : 'refused' };
      return { store: committed(record, responder, known, all, result, now()) };
    });
    if (outcome.kind === 'stored') return 'stored';
    return outcome.kind === 'stopped' ? outcome.refusal : 'refused';
  };

  const failRun: AnalysisRuns['failRun'] = (runId, problem) =>
    end(runId, undefined, { state: 'failed', ...problemFields(problem) });

  /** Adds the missing job of an unfinished run, or ends the run if its job failed for good. */
  const recover = async (runId: string, { state: stateOf }: RunQueue) => {
    const record = await store.find(ticketIdOfRun(runId));
    if (record === undefined) return;
    const state = await stateOf(runId);
    if (state === 'failed') await failRun(runId, FAILED_OFTEN);
    else if (state !== 'waiting') await enqueue(record, runId);
  };

  return {
    queueRun,
    failRun,
    commitRun: end,

    runs: async (ticketId) => (await store.runs(ticketId)).map(({ run }) => run).reverse(),
    run: async (runId) => (await store.run(runId))?.run,

    async beginRun(runId) {
      let begun: BegunRun | undefined;
      await editing.change<undefined>(ticketIdOfRun(runId), async ({ record, runs }) => {
        begun = undefined; // by a try of this transaction that was undone
        const known = (await runs()).find(({ run }) => run.id === runId);
        if (known === undefined || hasEnded(known.run)) return { stop: undefined };
        const { ticket } = record;
        const over = ENDED_STATES.includes(ticket.state);
        const run: AnalysisRun = {
          ...known.run,
          state: over ? 'cancelled' : 'running',
          revision: ticket.revision, // the worker reads the conversation after this
        };
        const fencingToken = known.fencingToken + 1;
        const next = amended(record, analysisSummary(ticket, run));
        if (!over)
          begun = { ticket: next.ticket, run, fencingToken, verdict: record.inner.verdict, modelId: known.modelId };
        return { store: { record: next, runs: [{ ...known, run, fencingToken }] } };
      });
      return begun;
    },

    async postponeRun(runId, fencingToken) {
      await editing.change<undefined>(ticketIdOfRun(runId), async ({ record, runs }) => {
        const known = (await runs()).find(({ run }) => run.id === runId);
        if (known === undefined || hasEnded(known.run) || known.fencingToken !== fencingToken)
          return { stop: undefined };
        const run: AnalysisRun = { ...known.run, state: 'queued' };
        return { store: { record: amended(record, analysisSummary(record.ticket, run)), runs: [{ ...known, run }] } };
      });
    },

    async review(runId, { reviewer, idempotencyKey, outcome: decision }) {
      const ticketId = ticketIdOfRun(runId);
      const outcome = await editing.change<ReviewOutcome>(
        ticketId,
        async ({ record, runs }) => {
          const known = (await runs()).find(({ run }) => run.id === runId);
          if (known === undefined) return { stop: { kind: 'not-found' } };
          const { ticket } = record;
          const { verdict: earlier } = known.run.review;
          if (!hasEnded(known.run))
            return { stop: { kind: 'not-allowed', ticket, why: phrase`This analysis has not finished yet.` } };
          if (earlier !== 'pending' && earlier !== 'superseded')
            return { stop: { kind: 'not-allowed', ticket, why: alreadyReviewed(earlier) } };
          const at = now();
          const review = reviewOf(known.run, decision, reviewer, at);
          const run = { ...known.run, review };
          const next = amended(record, analysisSummary(ticket, run));
          const { state, version } = next.ticket;
          const actor: Actor = { kind: 'agent', ...reviewer };
          const reason = review.reason === undefined ? {} : { reason: review.reason };
          const action = REVIEW_ACTIONS[review.verdict] ?? 'approve';
          return {
            store: {
              record: next,
              runs: [{ ...known, run }],
              events: [{ at, action, actor, to: state, version, ...reason }],
            },
          };
        },
        { key: idempotencyKey, action: 'review' },
      );
      if (outcome.kind === 'stopped') return outcome.refusal;
      const run = (await store.run(runId))?.run;
      return 'record' in outcome && run ? { kind: 'done', ticket: outcome.record.ticket, run } : { kind: 'not-found' };
    },

    async sweepRuns(queuedBefore) {
      if (queue === undefined) return;
      for (const runId of await store.takeUnfinishedRuns(queuedBefore, now(), BATCH)) {
        try {
          await recover(runId, queue);
        } catch (error) {
          log.error({ runId, reason: String(error) }, 'sweeping an analysis run failed');
        }
      }
    },
  };
}
