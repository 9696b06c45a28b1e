/** Does what is due: timers of tickets, and what a dead process had begun. Any number of processes may do it at once. */
import type { Ticket, TicketAction } from '@firstword/shared/ticket';
import type { Log } from '../lib/log.ts';
import type { AnalysisRuns } from './run-types.ts';
import { dueAt, type TicketIndex, type TicketTimers } from './ticket-index.ts';
import type { TicketStore } from './ticket-store.ts';
import type { Tickets } from './ticket-types.ts';

const BATCH = 100;
/** A change that is alive is settled within milliseconds. */
const UNSETTLED_MS = 5000;

export function createTicketSweep(parts: {
  store: TicketStore;
  board: TicketIndex;
  act: Tickets['act'];
  runs: Pick<AnalysisRuns, 'queueRun' | 'sweepRuns'>;
  timers: TicketTimers;
  orphanMs: number;
  log: Log;
}): Tickets['sweep'] {
  const { store, board, act, runs, timers, orphanMs, log } = parts;

  const runTimer = async (ticketId: string, now: number) => {
    const ticket = (await store.load(ticketId))?.record.ticket;
    if (ticket === undefined) return board.forget(ticketId);
    const at = dueAt(ticket, timers);
    const step = TIMER_STEPS[ticket.state];
    if (at === undefined || at > now || step === undefined) return board.reindex(ticket, '');
    await act(ticketId, step.action, {
      actor: { kind: 'system' },
      expectedVersion: ticket.version,
      idempotencyKey: `${step.action}-${ticket.version}`,
      ...(step.code === undefined ? {} : { code: step.code }),
    });
  };

  const finish = async (token: string, ticketId: string) => {
    const record = (await store.load(ticketId))?.record;
    if (record === undefined) return board.clearPending(token);
    const { ticket, inner } = record;
    if (ticket.state === 'new' && inner.analyse && inner.runs === 0)
      await runs.queueRun(ticketId, 'hand-off', { idempotencyKey: 'first-analysis' });
    await board.reindex(ticket, token);
  };

  /** One ticket that cannot be read must not keep all others waiting. */
  const alone = async (ticketId: string, work: Promise<void>) => {
    try {
      await work;
    } catch (error) {
      log.error({ ticketId, reason: String(error) }, 'a ticket could not be swept');
    }
  };

  return async (now) => {
    for (const ticketId of await board.due(now, BATCH)) await alone(ticketId, runTimer(ticketId, now));
    for (const { token, ticketId } of await board.listPending(now - UNSETTLED_MS, BATCH))
      await alone(ticketId, finish(token, ticketId));
    await runs.sweepRuns(now - orphanMs);
  };
}

const TIMER_STEPS: Partial<Record<Ticket['state'], { action: TicketAction; code?: Ticket['resolution'] }>> = {
  'waiting-visitor': { action: 'resolve', code: 'no-reply' },
  snoozed: { action: 'wake' },
  resolved: { action: 'close' },
};
