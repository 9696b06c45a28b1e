/** The tables of agents and of what they keep, as Kysely types them. */
import type { Generated } from 'kysely';
import type { Json, Timestamp } from './columns.ts';

export interface AccountsTable {
  id: string;
  email: string;
  name: string;
  role: string;
  sites: string[] | null;
  site_roles: Json | null;
  deactivated_at: Timestamp | null;
  second_factor: Json | null;
  password_hash: string;
  credential: string;
  created_at: Timestamp;
}

interface AccountIdentitiesTable {
  issuer: string;
  subject: string;
  account_id: string;
  linked_at: Generated<Timestamp>;
}

interface AccountLinksTable {
  token_hash: string;
  kind: string;
  id: string | null;
  email: string | null;
  role: string | null;
  sites: string[] | null;
  site_roles: Json | null;
  expires_at: Timestamp;
}

export interface ApiTokensTable {
  token_hash: string;
  id: string;
  name: string;
  scope: string;
  sites: string[] | null;
  account_id: string | null;
  created_at: Timestamp;
  expires_at: Timestamp | null;
  last_used_at: Timestamp | null;
}

interface AgentPreferencesTable {
  agent_id: string;
  preferences: Json;
}

interface AgentPicturesTable {
  name: string;
  agent_id: string;
  content: Buffer | null;
}

export interface PushDevicesTable {
  id: string;
  agent_id: string;
  session_id: string;
  credential: string;
  device: string;
  subscription: Json;
  added_at: Timestamp;
  last_push_at: Timestamp | null;
}

interface SavedViewsTable {
  id: string;
  agent_id: string;
  created_at: Generated<Date>;
  view: Json;
}

interface CannedRepliesTable {
  id: string;
  site_id: string | null;
  shortcut: string;
  reply: Json;
}

interface ReplyDraftsTable {
  agent_id: string;
  ticket_id: string;
  draft: Json;
}

export interface AgentTables {
  accounts: AccountsTable;
  account_identities: AccountIdentitiesTable;
  account_links: AccountLinksTable;
  agent_pictures: AgentPicturesTable;
  agent_preferences: AgentPreferencesTable;
  push_devices: PushDevicesTable;
  saved_views: SavedViewsTable;
  api_tokens: ApiTokensTable;
  canned_replies: CannedRepliesTable;
  reply_drafts: ReplyDraftsTable;
}
