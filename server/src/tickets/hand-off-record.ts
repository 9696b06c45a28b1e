/** Stores the ticket of a hand-off that was decided in the conversation's head. */
import type { FeedEventOf } from '@firstword/shared/feed-event';
import type { Actor, Urgency } from '@firstword/shared/ticket';
import { ENDED_STATES } from '@firstword/shared/ticket-transitions';
import type { WaitingTarget } from '@firstword/shared/waiting-target';
import type { TicketRecord } from '../records/ticket-record.ts';
import type { TicketStore, TicketTransaction } from '../records/ticket-store.ts';
import type { TicketNotification } from '../store/ticket-channel.ts';
import type { AgentsInTurn } from './agents-in-turn.ts';
import type { RunEnqueuer } from './analysis-runs.ts';
import { handOffTicketId } from './hand-off-request.ts';
import { withNewRun } from './run-rules.ts';
import type { TicketEditing } from './ticket-editing.ts';
import { notificationOf } from './ticket-notifications.ts';
import { amended, applyAction } from './ticket-rules.ts';
import { dueAt, type TicketTimers } from './ticket-timers.ts';
import type { Tickets } from './ticket-types.ts';
import { assignInTurn } from './turn-assignment.ts';

/** By when an agent should have replied to a visitor who waits since `from`. */
export type TargetOf = (siteId: string, urgency: Urgency, from: number) => WaitingTarget | undefined;

type HandOffEvent = FeedEventOf<'hand-off-requested'>;

export function createHandOffRecord(parts: {
  store: Pick<TicketStore, 'transaction'>;
  editing: Pick<TicketEditing, 'save' | 'settle'>;
  timers: TicketTimers;
  /** Hands the first run of a new ticket to a worker. */
  enqueue: RunEnqueuer;
  turns: Pick<AgentsInTurn, 'of'>;
  targetOf: TargetOf;
  notify: (notification: TicketNotification | undefined) => Promise<void>;
  now: () => number;
}): Tickets['recordHandOff'] {
  const { store, editing, timers, enqueue, turns, targetOf, notify, now } = parts;

  /** The stored ticket takes the hand-off. A resolved one is reopened, also when an agent has resolved it since the decision. */
  const join = async (transaction: TicketTransaction, record: TicketRecord, event: HandOffEvent) => {
    const { responder } = transaction.conversation;
    const actor: Actor = { kind: 'visitor' };
    const reopened = applyAction(
      record,
      'reopen',
      { actor, reason: event.request.reason, undoMs: 0 },
      responder,
      now(),
    );
    if (!('why' in reopened)) {
      const { event: line, ...change } = reopened;
      await editing.save(transaction, { ...change, events: [line] });
      return { record: change.record, event: line };
    }
    // Stored again, so that the head learns which ticket is open.
    if (event.effect !== 'joined' || event.ticketId !== record.ticket.id)
      await editing.save(transaction, { record: amended(record, {}) });
    return undefined;
  };

  type Turns = Awaited<ReturnType<AgentsInTurn['of']>>;
  const create = async (transaction: TicketTransaction, id: string, event: HandOffEvent, turn: Turns) => {
    const { conversation } = transaction;
    const record = newTicket(id, await transaction.nextNumber(), event, conversation.last, targetOf);
    const { ticket } = record;
    const { openedBy, reason } = event.request;
    const actor: Actor = { kind: openedBy === 'agent' ? 'system' : openedBy };
    const opened = { at: event.at, action: 'open', actor, to: 'new', version: 1, reason } as const;
    const first = event.request.analyse
      ? withNewRun(record, 'waiting-agent', [], { trigger: 'hand-off', actor: { kind: 'system' }, at: now() })
      : undefined;
    const stored = first?.change ?? { record };
    const assigned = await assignInTurn(stored.record, 'waiting-agent', turn, transaction, now());
    const last = assigned?.record ?? stored.record;
    await transaction.save({
      ...stored,
      record: last,
      events: [opened, ...(first?.change.events ?? []), ...(assigned === undefined ? [] : [assigned.event])],
      dueAt: dueAt(ticket, timers),
    });
    transaction.update({ responder: 'waiting-agent', open: id, last: id });
    return { record: last, event: assigned?.event ?? opened, runId: first?.run.id };
  };

  return async (event) => {
    const { conversationId, siteId, ticketId, eventId, handOff = 0 } = event;
    const effect = { key: `hand-off ${eventId}`, action: event.effect };
    const turn = await turns.of(siteId);
    const committed = await store.transaction({ id: conversationId, siteId }, async (transaction) => {
      const { conversation } = transaction;
      const named = await transaction.load(ticketId);
      const open = conversation.open === undefined ? undefined : await transaction.load(conversation.open);
      const id = named === undefined ? ticketId : handOffTicketId(conversationId, eventId);
      // A ticket that is not stored has no effects.
      const tried = [open?.ticket.id, ...(named === undefined ? [] : [ticketId, id])];
      for (const used of new Set(tried))
        if (used !== undefined && (await transaction.usedBy(used, effect.key)) !== undefined) return undefined;
      if (handOff > conversation.handOffs) transaction.update({ handOffs: handOff });
      const target = findTarget(named, open);
      if (target !== undefined) {
        const reopened = await join(transaction, target, event);
        transaction.use(target.ticket.id, effect);
        return reopened && { ...reopened, runId: undefined };
      }
      const created = await create(transaction, id, event, turn);
      transaction.use(id, effect);
      return created;
    });
    const stored = await editing.settle(committed);
    if (stored === undefined) return;
    await notify(notificationOf(stored.event, stored.record.ticket));
    if (stored.runId !== undefined) await enqueue(stored.record, stored.runId);
  };
}

/**
 * The ticket that takes the hand-off; undefined if it needs a new one. The head may have named a ticket that has ended since, or
 * a new one although an agent has just reopened an old one.
 */
function findTarget(named: TicketRecord | undefined, open: TicketRecord | undefined): TicketRecord | undefined {
  if (open !== undefined && (open.ticket.id === named?.ticket.id || open.ticket.state !== 'resolved')) return open;
  return named === undefined || open !== undefined || ENDED_STATES.includes(named.ticket.state) ? undefined : named;
}

function newTicket(
  id: string,
  number: number,
  { conversationId, siteId, request, at }: HandOffEvent,
  last: string | undefined,
  targetOf: TargetOf,
): TicketRecord {
  const { openedBy, reason, urgency, firstLine, language, locale, email, verdict, analyse, known } = request;
  const follows = last ?? request.follows;
  const waitingSince = request.waitingSince ?? at;
  const target = targetOf(siteId, urgency, waitingSince);
  return {
    ticket: {
      ...{ id, number, siteId, conversationId, state: 'new', version: 1, revision: 1 },
      ...{ openedBy, reason, urgency, firstLine, openedAt: at, changedAt: at, reopened: 0 },
      waitingSince,
      ...(target === undefined ? {} : { target }),
      ...(language === undefined ? {} : { language }),
      ...(locale === undefined ? {} : { locale }),
      ...(email === undefined ? {} : { email }),
      ...(follows === undefined ? {} : { follows }),
    },
    inner: {
      ...{ fence: 1, runs: 0, analyse },
      ...(known === undefined ? {} : { known }),
      ...(verdict === undefined ? {} : { verdict }),
    },
  };
}
