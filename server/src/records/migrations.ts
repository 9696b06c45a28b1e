/** Every migration, in order. A released one never changes: add another. */
import { conversations } from './migrations/0001-conversations.ts';
import { accounts } from './migrations/0002-accounts.ts';
import { tickets } from './migrations/0003-tickets.ts';
import { apiTokens } from './migrations/0020-api-tokens.ts';
import { usage } from './migrations/0021-usage.ts';
import { agentAccess } from './migrations/0022-agent-access.ts';
import { secondFactor } from './migrations/0023-second-factor.ts';
import { knowledge } from './migrations/0050-knowledge.ts';
import { knowledgeGaps } from './migrations/0051-knowledge-gaps.ts';
import { guidance } from './migrations/0052-guidance.ts';
import { evaluationCases } from './migrations/0053-evaluation-cases.ts';
import { proposals } from './migrations/0054-proposals.ts';
import { auditLog } from './migrations/0060-audit-log.ts';
import { webhooks } from './migrations/0061-webhooks.ts';
import { visitorProfiles } from './migrations/0065-visitor-profiles.ts';
import { accountIdentities } from './migrations/0070-account-identities.ts';
import { agentPreferences } from './migrations/0080-agent-preferences.ts';
import { savedViews } from './migrations/0081-saved-views.ts';
import { analysisSearch } from './migrations/0082-analysis-search.ts';
import { cannedReplies } from './migrations/0085-canned-replies.ts';
import { ticketTags } from './migrations/0086-ticket-tags.ts';
import { replyDrafts } from './migrations/0087-reply-drafts.ts';
import { settingVersions } from './migrations/0090-setting-versions.ts';
import { siteRoles } from './migrations/0095-site-roles.ts';
import { ticketTurns } from './migrations/0110-ticket-turns.ts';
import { alerts } from './migrations/0120-alerts.ts';
import { agentPictures } from './migrations/0125-agent-pictures.ts';
import { messagesBySite } from './migrations/0130-messages-by-site.ts';
import { pushDevices } from './migrations/0131-push-devices.ts';
import { backgroundRuns } from './migrations/0132-background-runs.ts';
import { namePairs } from './migrations/0133-name-pairs.ts';
import { evaluationResults } from './migrations/0135-evaluation-results.ts';
import { importPhrases } from './migrations/0136-import-phrases.ts';
import type { Migration } from './migrations/migration.ts';

export const MIGRATIONS: readonly Migration[] = [
  conversations,
  accounts,
  tickets,
  apiTokens,
  usage,
  agentAccess,
  secondFactor,
  knowledge,
  knowledgeGaps,
  guidance,
  evaluationCases,
  proposals,
  auditLog,
  webhooks,
  visitorProfiles,
  accountIdentities,
  agentPreferences,
  savedViews,
  analysisSearch,
  cannedReplies,
  ticketTags,
  replyDrafts,
  settingVersions,
  siteRoles,
  ticketTurns,
  alerts,
  agentPictures,
  messagesBySite,
  pushDevices,
  backgroundRuns,
  namePairs,
  evaluationResults,
  importPhrases,
];
