/** Every migration, in order. A released one never changes: add another. */
import { conversations } from './migrations/0001-conversations.ts';
import { accounts } from './migrations/0002-accounts.ts';
import { tickets } from './migrations/0003-tickets.ts';
import { apiTokens } from './migrations/0020-api-tokens.ts';
import { usage } from './migrations/0021-usage.ts';
import { knowledge } from './migrations/0050-knowledge.ts';
import { knowledgeGaps } from './migrations/0051-knowledge-gaps.ts';
import { auditLog } from './migrations/0060-audit-log.ts';
import { webhooks } from './migrations/0061-webhooks.ts';
import { visitorProfiles } from './migrations/0065-visitor-profiles.ts';
import type { Migration } from './migrations/migration.ts';

export const MIGRATIONS: readonly Migration[] = [
  conversations,
  accounts,
  tickets,
  apiTokens,
  usage,
  knowledge,
  knowledgeGaps,
  auditLog,
  webhooks,
  visitorProfiles,
];
