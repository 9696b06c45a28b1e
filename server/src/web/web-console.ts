/** Builds the agents' side: the API and the socket of the console. */
import type { Site } from '@firstword/shared/site';
import type { Server } from 'socket.io';
import { schemaTree } from '../config/config-json-schema.ts';
import { siteSettingsSchema } from '../config/config-schema.ts';
import { createAttachments } from '../conversation/attachments.ts';
import type { ReplyAddress } from '../conversation/reply-address.ts';
import type { FeedStatus } from '../feed/feed-status.ts';
import type { SetAsideEvents } from '../feed/set-aside-events.ts';
import { readWidgetLoader } from '../http/widget-loader.ts';
import { hidePersonalData } from '../masking/mask-policy.ts';
import { type ConnectedModels, modeOf } from '../models/live-router.ts';
import { createModelPage } from '../models/model-page.ts';
import type { ModelSetup } from '../models/model-setup.ts';
import type { PushDevices } from '../push/push-devices.ts';
import type { Viewers } from '../realtime/viewers.ts';
import type { AuditLog } from '../records/audit-log.ts';
import type { Records } from '../records/records.ts';
import type { ModelAdmin } from '../settings/model-admin.ts';
import type { SiteAdmin } from '../settings/site-admin.ts';
import type { GuidanceAdmin } from '../sources/guidance-admin.ts';
import type { Sources } from '../sources/open-sources.ts';
import type { FileStore } from '../store/file-store.ts';
import type { RedisKeys } from '../store/keys.ts';
import type { UploadQuota } from '../store/upload-quota.ts';
import type { VisitorData } from '../visitor-data.ts';
import type { Webhooks } from '../webhooks/webhooks.ts';
import { createAgentConsole } from './agent-console.ts';
import type { AgentConsoleParts } from './agent-console-parts.ts';
import type { WebAgents } from './web-agents.ts';
import type { WebChat } from './web-chat.ts';
import type { WebConnections } from './web-connections.ts';
import type { WebEvaluation } from './web-evaluation.ts';
import type { WebLearning } from './web-learning.ts';
import type { WebAppSettings } from './web-settings.ts';

export interface WebConsoleParts {
  readonly connections: WebConnections;
  readonly keys: RedisKeys;
  readonly sites: ReadonlyMap<string, Site>;
  readonly io: Server;
  readonly viewers: Viewers;
  readonly chat: WebChat;
  readonly replyAddress: ReplyAddress;
  readonly records: Records;
  readonly sources: Sources;
  readonly visitorData: VisitorData;
  readonly fileStore: FileStore;
  readonly uploadQuota: UploadQuota;
  readonly guidance: GuidanceAdmin;
  readonly siteAdmin: SiteAdmin;
  readonly live: ConnectedModels;
  readonly modelAdmin: ModelAdmin<ModelSetup>;
  readonly learning: Pick<WebLearning, 'proposals' | 'suggestions'>;
  readonly evaluation: Pick<WebEvaluation, 'benchmarks' | 'evaluations'>;
  readonly feed: FeedStatus & { readonly setAside: SetAsideEvents };
  readonly accounts: Pick<WebAgents, 'agents' | 'apiTokens' | 'pictures' | 'providerSignIn'>;
  readonly auditLog: AuditLog;
  readonly webhooks: Webhooks;
  readonly pushDevices: PushDevices;
}

/** What follows from the HTTP server. */
export type ConsoleAccess = Pick<AgentConsoleParts, 'isOwnOrigin' | 'addressOf' | 'publicHttps' | 'limitRefusedCalls'> &
  Pick<AgentConsoleParts['visitorSessions'], 'endSession'>;

export function createWebConsole(parts: WebConsoleParts, access: ConsoleAccess, settings: WebAppSettings) {
  const { chat, records, sites, sources, live } = parts;
  const { endSession, ...ofServer } = access;
  return createAgentConsole({
    ...ofServer,
    io: parts.io,
    redis: parts.connections.redis,
    keys: parts.keys,
    accounts: parts.accounts,
    signInOptions: {
      password: settings.signIn.passwordSignIn,
      ...(parts.accounts.providerSignIn && { provider: { label: settings.signIn.oidc.label } }),
    },
    auditLog: parts.auditLog,
    webhooks: parts.webhooks,
    tickets: chat.tickets,
    deadLetters: chat.queue.deadLetters,
    usage: chat.usage,
    budgets: { ...settings.budgets, sites: settings.sites.budgets },
    alerts: records.alerts,
    conversations: chat.conversations,
    store: chat.store,
    preChat: chat.preChat,
    profiles: chat.profiles,
    replyAddressOf: parts.replyAddress.of,
    visitorSessions: { sessions: chat.sessions, endSession },
    readMarks: chat.readMarks,
    own: { preferences: records.preferences, views: records.views, pushDevices: parts.pushDevices },
    archive: records.archive,
    quality: records.quality,
    cannedReplies: records.cannedReplies,
    replyDrafts: records.replyDrafts,
    attachments: createAttachments({
      files: parts.fileStore,
      quota: parts.uploadQuota,
      uploadsOf: (siteId) => sites.get(siteId)?.uploads,
    }),
    writingHelp: chat.writingHelp,
    replayAnswer: chat.replayAnswer,
    knowledge: {
      knowledgeOf: chat.knowledge.of,
      knowledgeStore: records.knowledge,
      knowledgeAdmin: sources.admin,
      importer: sources.importer,
      publishArticles: sources.publish,
      gaps: records.gaps,
      guidance: parts.guidance,
      async previewAnswer(siteId, guidance, question, askerId) {
        const site = sites.get(siteId);
        return site && chat.previewAnswer({ site, guidance, question, askerId });
      },
    },
    visitorData: parts.visitorData,
    learning: { cases: records.cases, proposals: parts.learning.proposals, hidePersonalData },
    onReplyEdited: (ticket, share) =>
      void parts.learning.suggestions
        .edited(ticket, share)
        .catch((error: unknown) => settings.log.warn({ reason: String(error) }, 'proposing an article failed')),
    feed: parts.feed,
    siteSettings: {
      siteAdmin: parts.siteAdmin,
      siteSettingsSchema: schemaTree(siteSettingsSchema),
      publicUrl: settings.publicUrl,
      loader: () => readWidgetLoader(settings.folders.widget),
    },
    viewers: parts.viewers,
    sites,
    mode: () => modeOf(live.current()),
    models: () => live.current().models,
    outsideLimits: () => live.current().outsideLimits,
    modelSettings: createModelPage({ live, admin: parts.modelAdmin, checks: chat.modelChecks }, settings),
    benchmarks: parts.evaluation.benchmarks,
    evaluations: parts.evaluation.evaluations,
    modelStatus: chat.modelStatus,
    speculates: settings.routing.mode !== 'sequential',
    onResolved: (conversationId) => chat.usage.visits.note(conversationId, { type: 'resolved' }),
    log: settings.log,
  });
}
