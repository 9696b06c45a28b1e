/** Analysis runs of tickets: queued, started, committed once, reviewed by an agent. Older runs stay readable. */
import type { AnalysisRun } from '@firstword/shared/analysis';
import type { Actor, Ticket, TicketEvent } from '@firstword/shared/ticket';
import { ENDED_STATES } from '@firstword/shared/ticket-transitions';
import type { Log } from '../lib/log.ts';
import type { Redis } from '../lib/redis.ts';
import type { RedisKeys } from '../store/keys.ts';
import { analysisSummary, committed, REVIEW_ACTIONS, reviewOf } from './run-rules.ts';
import type { AnalysisRuns, BegunRun, ReviewOutcome, RunQueue, RunResult } from './run-types.ts';
import { hasEnded, runIdOf, ticketIdOfRun } from './ticket-record.ts';
import { amended, applyAction } from './ticket-rules.ts';
import type { TicketStore } from './ticket-store.ts';

const SYSTEM: Actor = { kind: 'system' };
const BATCH = 100;

export function createAnalysisRuns(parts: {
  redis: Redis;
  keys: RedisKeys;
  store: TicketStore;
  queue: RunQueue | undefined;
  log: Log;
  now: () => number;
}): AnalysisRuns {
  const { redis, keys, store, queue, log, now } = parts;
  /** Unfinished runs by queue time. Written before the run; an entry without a run is harmless. */
  const unfinished = keys.ticketIndex('runs');

  const enqueue = async ({ id, siteId, urgency }: Ticket, runId: string) => {
    try {
      await queue?.add({ runId, ticketId: id, siteId }, urgency);
    } catch (error) {
      log.warn({ runId, reason: String(error) }, 'queueing an analysis failed; the next sweep retries');
    }
  };

  const readRun = (runId: string) => store.run(ticketIdOfRun(runId), runId);

  const queueRun: AnalysisRuns['queueRun'] = async (ticketId, trigger, { idempotencyKey, actor = SYSTEM, modelId }) => {
    let queued: AnalysisRun | undefined;
    const outcome = await store.change<Ticket | undefined>(
      ticketId,
      async ({ record, responder }) => {
        const { ticket, inner } = record;
        if (ENDED_STATES.includes(ticket.state)) return { stop: undefined };
        const active = (await store.runs(ticketId)).filter(({ run }) => !hasEnded(run));
        const same = active.find((known) => known.modelId === modelId && trigger !== 'rejection');
        queued = same?.run;
        if (same !== undefined) return { stop: ticket };
        const number = inner.runs + 1;
        const at = now();
        const run: AnalysisRun = {
          id: runIdOf(ticket, number),
          ticketId,
          number,
          revision: ticket.revision,
          state: 'queued',
          trigger,
          createdAt: at,
          review: { verdict: 'pending' },
        };
        queued = run;
        await redis.zadd(unfinished, at, run.id);
        const started = applyAction(record, 'start-analysis', { actor: SYSTEM, undoMs: 0 }, responder, at);
        const analysis = { runId: run.id, state: run.state, verdict: run.review.verdict, stale: false };
        const next = 'why' in started ? amended(record, {}) : started.record;
        const events: TicketEvent[] = 'why' in started ? [] : [started.event];
        const { state, version } = next.ticket;
        if (trigger !== 'hand-off') events.push({ at, action: 'rerun', actor, to: state, version, reason: trigger });
        return {
          store: {
            record: { ticket: { ...next.ticket, analysis }, inner: { ...next.inner, runs: number } },
            events,
            runs: [
              ...active.map((known) => ({ ...known, run: { ...known.run, state: 'superseded' as const } })),
              { run, fencingToken: 0, queuedAt: at, ...(modelId === undefined ? {} : { modelId }) },
            ],
          },
        };
      },
      { key: idempotencyKey, action: 'rerun' },
    );
    if (outcome.kind === 'known') {
      const [newest] = (await store.runs(ticketId)).reverse();
      return newest && { ticket: outcome.record.ticket, run: newest.run };
    }
    const ticket =
      outcome.kind === 'stored' ? outcome.record.ticket : outcome.kind === 'stopped' ? outcome.refusal : undefined;
    if (ticket === undefined || queued === undefined) return undefined;
    await enqueue(ticket, queued.id);
    return { ticket, run: queued };
  };

  /** @param fencingToken of the start whose result this is; undefined for callers that did not start the run */
  const end = async (runId: string, fencingToken: number | undefined, result: RunResult) => {
    const ticketId = ticketIdOfRun(runId);
    const outcome = await store.change<'stored' | 'refused'>(ticketId, async ({ record, responder }) => {
      const all = await store.runs(ticketId);
      const known = all.find(({ run }) => run.id === runId);
      if (known === undefined) return { stop: 'refused' };
      if (fencingToken !== undefined && fencingToken !== known.fencingToken) return { stop: 'refused' };
      // A commit is repeated when its response was lost: report it as stored.
      if (hasEnded(known.run)) return { stop: known.run.state === result.state ? 'stored' : 'refused' };
      return { store: committed(record, responder, known, all, result, now()) };
    });
    await redis.zrem(unfinished, runId);
    if (outcome.kind === 'stored') return 'stored';
    return outcome.kind === 'stopped' ? outcome.refusal : 'refused';
  };

  const failRun: AnalysisRuns['failRun'] = (runId, problem) => end(runId, undefined, { state: 'failed', problem });

  /** Adds the missing job of an unfinished run, or ends the run if its job failed for good. */
  const recover = async (runId: string, { state: stateOf }: RunQueue) => {
    const ticket = (await store.load(ticketIdOfRun(runId)))?.record.ticket;
    const known = await readRun(runId);
    if (ticket === undefined || known === undefined || hasEnded(known.run)) {
      await redis.zrem(unfinished, runId);
      return;
    }
    const state = await stateOf(runId);
    if (state === 'failed') await failRun(runId, 'The analysis failed after several attempts.');
    else if (state !== 'waiting') await enqueue(ticket, runId);
  };

  return {
    queueRun,
    failRun,
    commitRun: end,

    runs: async (ticketId) => (await store.runs(ticketId)).map(({ run }) => run).reverse(),
    run: async (runId) => (await readRun(runId))?.run,

    async beginRun(runId) {
      let begun: BegunRun | undefined;
      await store.change<undefined>(ticketIdOfRun(runId), async ({ record }) => {
        begun = undefined;
        const known = await readRun(runId);
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
      if (begun === undefined) await redis.zrem(unfinished, runId);
      return begun;
    },

    async postponeRun(runId, fencingToken) {
      await store.change<undefined>(ticketIdOfRun(runId), async ({ record }) => {
        const known = await readRun(runId);
        if (known === undefined || hasEnded(known.run) || known.fencingToken !== fencingToken)
          return { stop: undefined };
        const run: AnalysisRun = { ...known.run, state: 'queued' };
        return { store: { record: amended(record, analysisSummary(record.ticket, run)), runs: [{ ...known, run }] } };
      });
    },

    async review(runId, { reviewer, idempotencyKey, outcome: decision }) {
      const ticketId = ticketIdOfRun(runId);
      const outcome = await store.change<ReviewOutcome>(
        ticketId,
        async ({ record }) => {
          const known = await readRun(runId);
          if (known === undefined) return { stop: { kind: 'not-found' } };
          const { ticket } = record;
          const { verdict: earlier } = known.run.review;
          if (!hasEnded(known.run))
            return { stop: { kind: 'not-allowed', ticket, why: 'This analysis has not finished yet.' } };
          if (earlier !== 'pending' && earlier !== 'superseded')
            return { stop: { kind: 'not-allowed', ticket, why: `This analysis was already ${earlier}.` } };
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
      const run = (await readRun(runId))?.run;
      return 'record' in outcome && run ? { kind: 'done', ticket: outcome.record.ticket, run } : { kind: 'not-found' };
    },

    async sweepRuns(queuedBefore) {
      if (queue === undefined) return;
      for (const runId of await redis.zrangebyscore(unfinished, 0, queuedBefore, 'LIMIT', 0, BATCH)) {
        // Move it to the end, so that the batch limit never hides other runs.
        await redis.zadd(unfinished, 'XX', now(), runId);
        try {
          await recover(runId, queue);
        } catch (error) {
          log.error({ runId, reason: String(error) }, 'sweeping an analysis run failed');
        }
      }
    },
  };
}
