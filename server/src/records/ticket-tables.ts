/** The tables of tickets as Kysely types them. */
import type { ColumnType, GeneratedAlways } from 'kysely';
import type { Json, Timestamp } from './columns.ts';

/** PostgreSQL's `bigint`, which `pg` reads as text. */
type Bigint = ColumnType<string, number, number>;

interface TicketConversationsTable {
  id: string;
  site_id: string;
  responder: string;
  open_ticket: string | null;
  last_ticket: string | null;
  hand_offs: number;
  revision: Bigint;
}

export interface TicketsTable {
  id: string;
  conversation_id: string;
  site_id: string;
  number: number;
  state: string;
  urgency: string;
  assignee_id: string | null;
  changed_at: Timestamp;
  work_order: Bigint | null;
  due_at: Timestamp | null;
  corrected_at: Timestamp | null;
  names: string;
  record: Json;
}

interface TicketNumbersTable {
  site_id: string;
  last: number;
}

interface TicketEventsTable {
  id: GeneratedAlways<string>;
  ticket_id: string;
  event: Json;
}

interface TicketNotesTable {
  id: GeneratedAlways<string>;
  ticket_id: string;
  note: Json;
}

interface TicketRunsTable {
  id: string;
  ticket_id: string;
  number: number;
  looked_at: Timestamp | null;
  run: Json;
}

interface TicketEffectsTable {
  ticket_id: string;
  key: string;
  action: string;
}

interface TicketOutboxTable {
  id: GeneratedAlways<string>;
  ticket_id: string;
  at: ColumnType<Date, never, never>;
}

interface TicketTurnsTable {
  agent_id: string;
  at: Timestamp;
}

export interface TicketTables {
  ticket_conversations: TicketConversationsTable;
  tickets: TicketsTable;
  ticket_numbers: TicketNumbersTable;
  ticket_events: TicketEventsTable;
  ticket_notes: TicketNotesTable;
  ticket_runs: TicketRunsTable;
  ticket_effects: TicketEffectsTable;
  ticket_outbox: TicketOutboxTable;
  ticket_turns: TicketTurnsTable;
}
