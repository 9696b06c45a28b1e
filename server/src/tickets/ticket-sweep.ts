/** Runs expired timers of tickets, and warns of targets. Any number of processes may sweep at once. */
import type { Ticket, TicketAction } from '@firstword/shared/ticket';
import { warningAt } from '@firstword/shared/waiting-target';
import type { Log } from '../lib/log.ts';
import type { DueTicket, TicketStore } from '../records/ticket-store.ts';
import type { AnalysisRuns } from './run-types.ts';
import type { TargetWarnings } from './target-warnings.ts';
import { changeAt, type TicketTimers } from './ticket-timers.ts';
import type { Tickets } from './ticket-types.ts';

const BATCH = 100;

export function createTicketSweep(parts: {
  store: Pick<TicketStore, 'due' | 'find'>;
  act: Tickets['act'];
  warn: TargetWarnings;
  runs: Pick<AnalysisRuns, 'sweepRuns'>;
  timers: TicketTimers;
  orphanMs: number;
  log: Log;
}): Tickets['sweep'] {
  const { store, act, warn, runs, timers, orphanMs, log } = parts;

  const runTimer = async (ticketId: string, now: number) => {
    const ticket = (await store.find(ticketId))?.ticket;
    if (ticket === undefined) return;
    if ((warningAt(ticket) ?? Number.POSITIVE_INFINITY) <= now) await warn(ticketId, now);
    const step = TIMER_STEPS[ticket.state];
    if (step === undefined) return;
    // An agent or another sweep may have changed it since it was listed, and the timer it has now has not expired.
    if ((changeAt(ticket, timers) ?? Number.POSITIVE_INFINITY) > now) return;
    // With the version that was due, for a change that comes between this line and the next.
    await act(ticketId, step.action, {
      actor: { kind: 'system' },
      expectedVersion: ticket.version,
      idempotencyKey: `${step.action}-${ticket.version}`,
      ...(step.code === undefined ? {} : { code: step.code }),
    });
  };

  return async (now) => {
    for (let due: DueTicket[] = await store.due(now, BATCH); due.length > 0; ) {
      // An error with one ticket must not stop the sweep of the others.
      for (const { ticketId } of due)
        await runTimer(ticketId, now).catch((error: unknown) =>
          log.error({ ticketId, reason: String(error) }, 'sweeping a ticket failed'),
        );
      due = due.length < BATCH ? [] : await store.due(now, BATCH, due.at(-1));
    }
    await runs.sweepRuns(now - orphanMs);
  };
}

const TIMER_STEPS: Partial<Record<Ticket['state'], { action: TicketAction; code?: Ticket['resolution'] }>> = {
  'waiting-visitor': { action: 'resolve', code: 'no-reply' },
  snoozed: { action: 'wake' },
  resolved: { action: 'close' },
};
