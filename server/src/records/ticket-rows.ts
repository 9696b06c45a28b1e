/** What the tables' columns say of a ticket. Pure. */
import { type Ticket, URGENCIES } from '@firstword/shared/ticket';
import { AWAY_STATES } from '@firstword/shared/ticket-transitions';
import { workTime } from '@firstword/shared/waiting-target';
import { responderSchema } from '@firstword/shared/wire';
import type { Insertable, Selectable } from 'kysely';
import { storedJson, storedText } from './stored-text.ts';
import type { TicketRecord } from './ticket-record.ts';
import type { TicketConversation, TicketWrite } from './ticket-store.ts';
import type { TicketsTable, TicketTables } from './ticket-tables.ts';

/** Larger than any time in milliseconds until the year 2286, so that urgency orders before waiting time. */
const URGENCY_STEP = 1e13;

/** Higher urgency first; within one urgency, the earliest target or the longest waiting time first. Undefined while nothing needs to be done. */
export function workOrder(ticket: Ticket): number | undefined {
  const { state, urgency } = ticket;
  if (AWAY_STATES.includes(state)) return undefined;
  return (URGENCIES.length - 1 - URGENCIES.indexOf(urgency)) * URGENCY_STEP + workTime(ticket);
}

/** What a search finds a ticket by, apart from its conversation. */
export function searchedNames({ id, number, firstLine, email }: Ticket): string {
  return [firstLine, email ?? '', `#${number}`, id].join('\n').toLowerCase();
}

export function toTicketRow({ record, dueAt }: TicketWrite): Insertable<TicketsTable> {
  const { ticket, inner } = record;
  return {
    id: ticket.id,
    conversation_id: ticket.conversationId,
    site_id: ticket.siteId,
    number: ticket.number,
    state: ticket.state,
    urgency: ticket.urgency,
    assignee_id: ticket.assignee?.id ?? null,
    changed_at: new Date(ticket.changedAt),
    work_order: workOrder(ticket) ?? null,
    due_at: dueAt === undefined ? null : new Date(dueAt),
    corrected_at: inner.correctedAt === undefined ? null : new Date(inner.correctedAt),
    names: storedText(searchedNames(ticket)),
    record: storedJson(record satisfies TicketRecord),
  };
}

export function toConversation(row: Selectable<TicketTables['ticket_conversations']>): TicketConversation {
  return {
    id: row.id,
    siteId: row.site_id,
    responder: responderSchema.parse(row.responder),
    open: row.open_ticket ?? undefined,
    last: row.last_ticket ?? undefined,
    handOffs: row.hand_offs,
    revision: Number(row.revision),
  };
}
