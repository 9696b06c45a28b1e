/**
 * Sends committed changes to Redis: first to the conversation's head, then to agents' pages. If the process dies in between, or
 * Redis is away, another round sends them.
 */
import type { Log } from '../lib/log.ts';
import type { TicketRecord } from '../records/ticket-record.ts';
import type { TicketDelivery, TicketStore, UndeliveredChange } from '../records/ticket-store.ts';
import type { TicketChannel } from '../store/ticket-channel.ts';
import type { TicketHeads, TicketSummary } from '../store/ticket-heads.ts';

export interface TicketDeliveries {
  /** Never rejects. */
  deliver(changes: readonly UndeliveredChange[]): Promise<void>;
  /** Sends changes that another process, or this one, has left. */
  deliverOld(): Promise<void>;
}

export interface TicketDeliveryParts {
  readonly store: Pick<TicketStore, 'delivery' | 'markDelivered' | 'deliverOld'>;
  readonly heads: Pick<TicketHeads, 'apply'>;
  readonly channel: Pick<TicketChannel, 'publish'>;
  readonly log: Log;
}

/** A change is usually delivered within milliseconds after its commit. */
const OLD_MS = 1000;
const BATCH = 50;

export function createTicketDeliveries({ store, heads, channel, log }: TicketDeliveryParts): TicketDeliveries {
  /** The head first, in one write with what agents' pages get. */
  const deliverChange = async ({ conversation, changed: { ticket }, open }: TicketDelivery) => {
    const applied = heads.apply({
      ...conversation,
      conversationId: conversation.id,
      ticketId: ticket.id,
      summary: open && summaryOf(open),
      agent: ticket.assignee,
      resolution: ticket.resolution,
    });
    await Promise.all([applied, channel.publish({ ticket })]);
  };
  const deliverTicket = async (ticketId: string) => {
    const found = await store.delivery(ticketId);
    if (found !== undefined) await deliverChange(found); // otherwise it was deleted
  };
  return {
    async deliver(changes) {
      if (changes.length === 0) return;
      try {
        const latest = new Map(changes.map((change) => [change.changed.ticket.id, change]));
        for (const change of latest.values()) await deliverChange(change);
        await store.markDelivered(changes);
      } catch (error) {
        const ticketIds = changes.map(({ changed }) => changed.ticket.id);
        log.warn({ ticketIds, reason: String(error) }, 'delivering ticket changes failed; retrying');
      }
    },
    async deliverOld() {
      while ((await store.deliverOld(OLD_MS, BATCH, deliverTicket)) === BATCH);
    },
  };
}

export function summaryOf({ ticket, inner }: TicketRecord): TicketSummary {
  const { state, reopened, assignee } = ticket;
  const topic = inner.verdict?.topic;
  return {
    resolved: state === 'resolved',
    reopened,
    ...(topic === undefined ? {} : { topic }),
    ...(assignee === undefined ? {} : { agent: assignee }),
  };
}

/** After the visitor has had a resolved ticket reopened. */
export function reopenedSummary(summary: TicketSummary): TicketSummary {
  return { ...summary, resolved: false, reopened: summary.reopened + 1 };
}
