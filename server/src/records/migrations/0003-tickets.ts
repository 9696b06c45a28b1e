/** Tickets with their history, notes and analysis runs, and what Redis has yet to learn of their changes. */
import type { Migration } from './migration.ts';

export const tickets: Migration = {
  number: 3,
  name: 'tickets',
  sql: `
-- A conversation that has had a ticket. Whatever changes its tickets locks its row first.
CREATE TABLE ticket_conversations (
  id text COLLATE "C" PRIMARY KEY,
  site_id text NOT NULL,
  responder text NOT NULL DEFAULT 'assistant',
  open_ticket text COLLATE "C",
  last_ticket text COLLATE "C",
  hand_offs integer NOT NULL DEFAULT 0,
  revision bigint NOT NULL DEFAULT 0
);

CREATE TABLE tickets (
  id text COLLATE "C" PRIMARY KEY,
  conversation_id text COLLATE "C" NOT NULL REFERENCES ticket_conversations (id) ON DELETE CASCADE,
  site_id text NOT NULL,
  number integer NOT NULL,
  state text NOT NULL,
  urgency text NOT NULL,
  assignee_id text,
  changed_at timestamptz NOT NULL,
  -- Ascending in the order in which agents work; null while nothing needs to be done.
  work_order bigint,
  due_at timestamptz,
  corrected_at timestamptz,
  -- Lower-case first line, e-mail address, number and id, for search.
  names text NOT NULL,
  record jsonb NOT NULL
);
CREATE INDEX tickets_of_conversation ON tickets (conversation_id);
CREATE INDEX tickets_to_review ON tickets (work_order, id) WHERE state IN ('new', 'analyzing', 'needs-review');
CREATE INDEX tickets_to_work_on ON tickets (work_order, id) WHERE work_order IS NOT NULL;
CREATE INDEX tickets_of_agent ON tickets (assignee_id, work_order, id) WHERE work_order IS NOT NULL;
CREATE INDEX tickets_done ON tickets (changed_at DESC, id DESC) WHERE work_order IS NULL;
CREATE INDEX tickets_by_change ON tickets (changed_at DESC, id DESC);
CREATE INDEX tickets_due ON tickets (due_at, id) WHERE due_at IS NOT NULL;
CREATE INDEX tickets_corrected ON tickets (corrected_at DESC) WHERE corrected_at IS NOT NULL;
CREATE INDEX tickets_by_names ON tickets USING gin (names gin_trgm_ops);

CREATE TABLE ticket_numbers (
  site_id text PRIMARY KEY,
  last integer NOT NULL
);

CREATE TABLE ticket_events (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  ticket_id text COLLATE "C" NOT NULL REFERENCES tickets (id) ON DELETE CASCADE,
  event jsonb NOT NULL
);
CREATE INDEX ticket_events_of_ticket ON ticket_events (ticket_id, id);

CREATE TABLE ticket_notes (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  ticket_id text COLLATE "C" NOT NULL REFERENCES tickets (id) ON DELETE CASCADE,
  note jsonb NOT NULL
);
CREATE INDEX ticket_notes_of_ticket ON ticket_notes (ticket_id, id);

CREATE TABLE ticket_runs (
  id text COLLATE "C" PRIMARY KEY,
  ticket_id text COLLATE "C" NOT NULL REFERENCES tickets (id) ON DELETE CASCADE,
  number integer NOT NULL,
  -- When a sweep last looked at it; null once it has ended.
  looked_at timestamptz,
  run jsonb NOT NULL
);
CREATE INDEX ticket_runs_of_ticket ON ticket_runs (ticket_id, number);
CREATE INDEX ticket_runs_unfinished ON ticket_runs (looked_at) WHERE looked_at IS NOT NULL;

-- Idempotency keys.
CREATE TABLE ticket_effects (
  ticket_id text COLLATE "C" NOT NULL REFERENCES tickets (id) ON DELETE CASCADE,
  key text NOT NULL,
  action text NOT NULL,
  PRIMARY KEY (ticket_id, key)
);

-- Committed changes that Redis and agents' pages have not been sent.
CREATE TABLE ticket_outbox (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  ticket_id text COLLATE "C" NOT NULL REFERENCES tickets (id) ON DELETE CASCADE,
  at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX ticket_outbox_of_ticket ON ticket_outbox (ticket_id);
`,
};
