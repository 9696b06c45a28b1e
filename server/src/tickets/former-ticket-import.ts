/** Moves the tickets of a release before PostgreSQL from Redis to the database. Idempotent, and resumed where it stopped. */
import type { Log } from '../lib/log.ts';
import { runRecordSchema, ticketRecordSchema } from '../records/ticket-record.ts';
import type { TicketStore } from '../records/ticket-store.ts';
import type { FormerTicket, FormerTickets } from '../store/former-tickets.ts';
import type { TicketChannel } from '../store/ticket-channel.ts';
import type { TicketHeads } from '../store/ticket-heads.ts';
import { createTicketDeliveries } from './ticket-delivery.ts';
import { dueAt, TICKET_TIMERS } from './ticket-timers.ts';

export interface FormerTicketImportParts {
  readonly former: FormerTickets;
  readonly store: TicketStore;
  readonly heads: TicketHeads;
  readonly channel: Pick<TicketChannel, 'publish'>;
  readonly log: Log;
}

const BATCH = 100;
const REPORT_MS = 2000;

/** Returns how many were moved. Several processes may call it at once. */
export async function importFormerTickets(parts: FormerTicketImportParts): Promise<number> {
  const { former, store, log } = parts;
  const deliveries = createTicketDeliveries(parts);
  const total = await former.count();
  if (total === 0) return 0;

  const move = async (ticket: FormerTicket) => {
    const { conversationId, responder, events, notes, isOpen, isLast, effects } = ticket;
    const stored = ticketRecordSchema.parse(JSON.parse(ticket.record));
    const { siteId, assignee, changedAt } = stored.ticket;
    const isCorrected = stored.inner.verdict?.correctedTo !== undefined;
    const correctedAt = isCorrected ? { correctedAt: ticket.correctedAt ?? changedAt } : {};
    const record = { ...stored, inner: { ...stored.inner, ...correctedAt } };
    const runs = ticket.runs.map((json) => runRecordSchema.parse(JSON.parse(json)));
    const lastNumber = await former.lastNumber(siteId);
    const { undelivered } = await store.transaction({ id: conversationId, siteId }, async (transaction) => {
      if ((await transaction.load(ticket.id)) !== undefined) return;
      await transaction.keepNumbers(Math.max(lastNumber, record.ticket.number));
      await transaction.save({ record, events, notes, runs, dueAt: dueAt(record.ticket, TICKET_TIMERS) });
      for (const [key, action] of Object.entries(effects)) transaction.use(ticket.id, { key, action });
      if (isOpen) transaction.update({ open: ticket.id });
      if (isOpen || isLast) transaction.update({ responder });
      if (isLast) transaction.update({ last: ticket.id });
    });
    await deliveries.deliver(undelivered);
    await former.remove(ticket, assignee?.id);
  };

  let moved = 0;
  let reportAt = Date.now() + REPORT_MS;
  log.info({ total }, 'moving tickets from Redis to PostgreSQL');
  for (let batch = await former.next(BATCH); batch.length > 0; batch = await former.next(BATCH)) {
    for (const ticket of batch) await move(ticket);
    moved += batch.length;
    if (Date.now() < reportAt) continue;
    reportAt = Date.now() + REPORT_MS;
    log.info({ moved, total }, 'moving tickets from Redis to PostgreSQL');
  }
  await former.clear();
  log.info({ moved }, 'moved tickets from Redis to PostgreSQL');
  return moved;
}
