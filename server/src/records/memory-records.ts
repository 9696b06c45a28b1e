/** Records in memory, for tests that need no database. */
import { createMemoryAccountStore } from './memory-account-store.ts';
import { createMemoryAlertStore } from './memory-alert-store.ts';
import { createMemoryApiTokenStore } from './memory-api-token-store.ts';
import { createMemoryAuditStore } from './memory-audit-store.ts';
import { createMemoryCannedReplyStore } from './memory-canned-reply-store.ts';
import { createMemoryCaseStore } from './memory-case-store.ts';
import { createMemoryConversationArchive } from './memory-conversation-archive.ts';
import { createMemoryEvaluationResults } from './memory-evaluation-results.ts';
import { createMemoryGapStore } from './memory-gap-store.ts';
import { createMemoryIdentityStore } from './memory-identity-store.ts';
import { createMemoryKnowledgeStore } from './memory-knowledge-store.ts';
import { createMemoryPictureStore } from './memory-picture-store.ts';
import { createMemoryPreferenceStore } from './memory-preference-store.ts';
import { createMemoryProposalStore } from './memory-proposal-store.ts';
import { createMemoryPushDeviceStore } from './memory-push-device-store.ts';
import { createMemoryReplyDraftStore } from './memory-reply-draft-store.ts';
import { createMemoryRunStore } from './memory-run-store.ts';
import { createMemoryTicketStore } from './memory-ticket-store.ts';
import { createMemoryUsageStore } from './memory-usage-store.ts';
import { createMemoryVersionStore } from './memory-version-store.ts';
import { createMemoryViewStore } from './memory-view-store.ts';
import { createMemoryWebhookStore } from './memory-webhook-store.ts';
import { createEmptyQualityStore } from './quality-store.ts';
import type { Records } from './records.ts';

export function createMemoryRecords(): Records {
  const apiTokens = createMemoryApiTokenStore((accountId) => accounts.load(accountId));
  const accounts = createMemoryAccountStore(Date.now, apiTokens.removeOf);
  return {
    archive: createMemoryConversationArchive(),
    knowledge: createMemoryKnowledgeStore(),
    gaps: createMemoryGapStore(),
    guidance: createMemoryVersionStore(),
    settings: createMemoryVersionStore(),
    cases: createMemoryCaseStore(),
    proposals: createMemoryProposalStore(),
    evaluationResults: createMemoryEvaluationResults(),
    runs: createMemoryRunStore(),
    cannedReplies: createMemoryCannedReplyStore(),
    replyDrafts: createMemoryReplyDraftStore(),
    accounts,
    identities: createMemoryIdentityStore(),
    apiTokens,
    pictures: createMemoryPictureStore(),
    preferences: createMemoryPreferenceStore(),
    pushDevices: createMemoryPushDeviceStore(),
    views: createMemoryViewStore(),
    audit: createMemoryAuditStore(),
    webhooks: createMemoryWebhookStore(),
    alerts: createMemoryAlertStore(),
    usage: createMemoryUsageStore(),
    quality: createEmptyQualityStore(),
    tickets: createMemoryTicketStore(),
    async check() {},
    pool: () => ({ open: 0, idle: 0, waiting: 0 }),
    async close() {},
  };
}
