/** Webhooks and their deliveries. */
import type { Migration } from './migration.ts';

export const webhooks: Migration = {
  number: 61,
  name: 'webhooks',
  sql: `
CREATE TABLE webhooks (
  id text COLLATE "C" PRIMARY KEY,
  created_at timestamptz NOT NULL,
  is_disabled boolean NOT NULL,
  webhook jsonb NOT NULL
);

CREATE TABLE webhook_deliveries (
  id text COLLATE "C" PRIMARY KEY,
  webhook_id text COLLATE "C" NOT NULL REFERENCES webhooks (id) ON DELETE CASCADE,
  conversation_id text COLLATE "C",
  at timestamptz NOT NULL,
  -- Of the next attempt; null once it has ended.
  next_at timestamptz,
  delivery jsonb NOT NULL
);
CREATE INDEX webhook_deliveries_due ON webhook_deliveries (next_at) WHERE next_at IS NOT NULL;
CREATE INDEX webhook_deliveries_of_webhook ON webhook_deliveries (webhook_id, at DESC, id DESC);
CREATE INDEX webhook_deliveries_of_conversation ON webhook_deliveries (conversation_id);
`,
};
