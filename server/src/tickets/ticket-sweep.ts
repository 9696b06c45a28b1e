/** Runs expired timers and completes changes of processes that died. Any number of processes may sweep at once. */
import type { Ticket, TicketAction } from '@firstword/shared/ticket';
import type { Log } from '../lib/log.ts';
import type { AnalysisRuns } from './run-types.ts';
import { dueAt, type TicketIndex, type TicketTimers } from './ticket-index.ts';
import type { TicketStore } from './ticket-store.ts';
import type { Tickets } from './ticket-types.ts';

const BATCH = 100;
/** Older pending changes belong to a process that died; others complete within milliseconds. */
const PENDING_MS = 5000;

export function createTicketSweep(parts: {
  store: TicketStore;
  index: TicketIndex;
  act: Tickets['act'];
  runs: Pick<AnalysisRuns, 'queueRun' | 'sweepRuns'>;
  timers: TicketTimers;
  orphanMs: number;
  log: Log;
}): Tickets['sweep'] {
  const { store, index, act, runs, timers, orphanMs, log } = parts;

  const runTimer = async (ticketId: string, now: number) => {
    const ticket = (await store.load(ticketId))?.record.ticket;
    if (ticket === undefined) return index.forget(ticketId);
    const at = dueAt(ticket, timers);
    const step = TIMER_STEPS[ticket.state];
    if (at === undefined || at > now || step === undefined) return index.reindex(ticket, '');
    await act(ticketId, step.action, {
      actor: { kind: 'system' },
      expectedVersion: ticket.version,
      idempotencyKey: `${step.action}-${ticket.version}`,
      ...(step.code === undefined ? {} : { code: step.code }),
    });
  };

  const complete = async (token: string, ticketId: string) => {
    const record = (await store.load(ticketId))?.record;
    if (record === undefined) return index.clearPending(token);
    const { ticket, inner } = record;
    if (ticket.state === 'new' && inner.analyse && inner.runs === 0)
      await runs.queueRun(ticketId, 'hand-off', { idempotencyKey: 'first-analysis' });
    await index.reindex(ticket, token);
  };

  /** An error with one ticket must not stop the sweep of the others. */
  const isolated = async (ticketId: string, work: Promise<void>) => {
    try {
      await work;
    } catch (error) {
      log.error({ ticketId, reason: String(error) }, 'sweeping a ticket failed');
    }
  };

  return async (now) => {
    for (const ticketId of await index.due(now, BATCH)) await isolated(ticketId, runTimer(ticketId, now));
    for (const { token, ticketId } of await index.listPending(now - PENDING_MS, BATCH))
      await isolated(ticketId, complete(token, ticketId));
    await runs.sweepRuns(now - orphanMs);
  };
}

const TIMER_STEPS: Partial<Record<Ticket['state'], { action: TicketAction; code?: Ticket['resolution'] }>> = {
  'waiting-visitor': { action: 'resolve', code: 'no-reply' },
  snoozed: { action: 'wake' },
  resolved: { action: 'close' },
};
