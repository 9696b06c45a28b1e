/** Changes a ticket in one transaction, and delivers the change once it is committed. */
import type { Responder } from '@firstword/shared/wire';
import type { RunRecord, TicketRecord } from '../records/ticket-record.ts';
import type { Committed, TicketEffect, TicketStore, TicketTransaction, TicketWrite } from '../records/ticket-store.ts';
import type { TicketDeliveries } from './ticket-delivery.ts';
import { dueAt, type TicketTimers } from './ticket-timers.ts';

export interface TicketChange extends Omit<TicketWrite, 'dueAt'> {
  readonly responder?: Responder | undefined;
  /** Whether this is the conversation's open ticket. */
  readonly open?: boolean | undefined;
}

export interface LoadedTicket {
  readonly record: TicketRecord;
  /** The responder of its conversation. */
  readonly responder: Responder;
}

interface TicketInTransaction extends LoadedTicket {
  /** In the order of their numbers. */
  runs(): Promise<RunRecord[]>;
  readonly takeTurn: TicketTransaction['takeTurn'];
}

type Decision<Refusal> = { readonly store: TicketChange } | { readonly stop: Refusal };

export type ChangeOutcome<Refusal> =
  | { readonly kind: 'stored'; readonly record: TicketRecord }
  | { readonly kind: 'known'; readonly action: string; readonly record: TicketRecord }
  | { readonly kind: 'stopped'; readonly refusal: Refusal }
  /** The conversation has another open ticket. */
  | { readonly kind: 'other-open'; readonly ticketId: string }
  | { readonly kind: 'not-found' };

export interface TicketEditing {
  /** An effect whose key was used is `known`, and `decide` is not called. Others who change the ticket wait meanwhile. */
  change<Refusal = never>(
    ticketId: string,
    decide: (loaded: TicketInTransaction) => Decision<Refusal> | Promise<Decision<Refusal>>,
    effect?: TicketEffect,
  ): Promise<ChangeOutcome<Refusal>>;
  /** Stores a change in a transaction; false, and nothing is stored, if the conversation has another open ticket. */
  save(transaction: TicketTransaction, change: TicketChange): Promise<boolean>;
  /** Delivers what a transaction has committed. */
  settle<Result>(committed: Committed<Result>): Promise<Result>;
}

export function createTicketEditing(
  store: TicketStore,
  deliveries: Pick<TicketDeliveries, 'deliver'>,
  timers: TicketTimers,
): TicketEditing {
  const settle = async <Result>({ result, undelivered }: Committed<Result>) => {
    await deliveries.deliver(undelivered);
    return result;
  };

  const save: TicketEditing['save'] = async (transaction, { responder, open, ...write }) => {
    const { ticket } = write.record;
    const { conversation } = transaction;
    const isOpen = conversation.open === ticket.id;
    if (open === true && conversation.open !== undefined && !isOpen) return false;
    await transaction.save({ ...write, dueAt: dueAt(ticket, timers) });
    // Only the open ticket changes the responder, so that the timer of an old one never affects a newer one.
    if (open !== true && !isOpen) return true;
    if (responder !== undefined) transaction.update({ responder });
    if (open === true) transaction.update({ open: ticket.id, last: ticket.id });
    if (open === false) transaction.update({ open: undefined });
    return true;
  };

  return {
    save,
    settle,
    async change(ticketId, decide, effect) {
      const committed = await store.transactionOf(ticketId, async (transaction) => {
        const record = await transaction.load(ticketId);
        if (record === undefined) return { kind: 'not-found' } as const;
        const used = effect && (await transaction.usedBy(ticketId, effect.key));
        if (used !== undefined) return { kind: 'known', action: used, record } as const;
        const { conversation } = transaction;
        const decision = await decide({
          record,
          responder: conversation.responder,
          runs: () => transaction.runs(ticketId),
          takeTurn: transaction.takeTurn,
        });
        if ('stop' in decision) return { kind: 'stopped', refusal: decision.stop } as const;
        if (!(await save(transaction, decision.store)))
          return { kind: 'other-open', ticketId: conversation.open ?? '' } as const;
        if (effect !== undefined) transaction.use(ticketId, effect);
        return { kind: 'stored', record: decision.store.record } as const;
      });
      return committed === undefined ? { kind: 'not-found' } : settle(committed);
    },
  };
}
