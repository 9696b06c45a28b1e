/** Builds the agents' part of a web process: accounts, REST API, console socket, and the notices of tickets to visitors. */

import type { AgentView } from '@firstword/shared/agent-view';
import type { OutsideLimit } from '@firstword/shared/reports';
import type { SignInOptions } from '@firstword/shared/sign-in';
import type { Site } from '@firstword/shared/site';
import type { ResponderChange } from '@firstword/shared/wire';
import type { Router } from 'express';
import type { Server } from 'socket.io';
import { DEVICE_DAYS } from '../agents/known-devices.ts';
import { createDeviceCookie, createSessionCookie } from '../agents/session-cookie.ts';
import type { AnswerReplay } from '../conversation/answer-replay.ts';
import type { Attachments } from '../conversation/attachments.ts';
import type { Conversations } from '../conversation/conversations.ts';
import type { ReplyAddress } from '../conversation/reply-address.ts';
import { createReplySender, type ReplySenderParts } from '../conversation/reply-sender.ts';
import { startTicketNotices } from '../conversation/ticket-notices.ts';
import type { WritingHelp } from '../conversation/writing-help.ts';
import type { FeedStatus } from '../feed/feed-status.ts';
import type { SetAsideEvents } from '../feed/set-aside-events.ts';
import type { ModelStatus } from '../gateway/model-status.ts';
import { createApi } from '../http/api.ts';
import type { ArticleRouteParts } from '../http/api-article-routes.ts';
import type { BenchmarkRouteParts } from '../http/api-benchmark-routes.ts';
import type { CaseRouteParts } from '../http/api-case-routes.ts';
import type { EvaluationRouteParts } from '../http/api-evaluation-routes.ts';
import type { GuidanceRouteParts } from '../http/api-guidance-routes.ts';
import type { ModelRouteParts } from '../http/api-model-routes.ts';
import type { PreferenceRouteParts } from '../http/api-preference-routes.ts';
import type { ProposalRouteParts } from '../http/api-proposal-routes.ts';
import type { PushRouteParts } from '../http/api-push-routes.ts';
import type { SiteRouteParts } from '../http/api-site-routes.ts';
import type { SourceRouteParts } from '../http/api-source-routes.ts';
import type { ViewRouteParts } from '../http/api-view-routes.ts';
import type { VisitorRouteParts } from '../http/api-visitor-routes.ts';
import { createConversationFinder } from '../http/conversation-finder.ts';
import { createReadRecorder, type ReadRecorder } from '../http/read-recorder.ts';
import type { BudgetSettings } from '../ledger/budgets.ts';
import type { ClientAddressOf } from '../lib/client-address.ts';
import type { Log } from '../lib/log.ts';
import type { IsOwnOrigin } from '../lib/own-origin.ts';
import type { Redis } from '../lib/redis.ts';
import { type ConsoleNamespace, createConsoleNamespace } from '../realtime/console-namespace.ts';
import type { Viewers } from '../realtime/viewers.ts';
import type { AlertStore } from '../records/alert-store.ts';
import type { AuditLog } from '../records/audit-log.ts';
import type { CannedReplyStore } from '../records/canned-reply-store.ts';
import type { ConversationArchive } from '../records/conversation-archive.ts';
import type { QualityStore } from '../records/quality-store.ts';
import type { ReplyDraftStore } from '../records/reply-draft-store.ts';
import type { ModelRegistry } from '../routing/model-registry.ts';
import { createPresence, PRESENCE_MS } from '../store/agent-presence.ts';
import type { ConversationStore } from '../store/conversation-store.ts';
import type { RedisKeys } from '../store/keys.ts';
import type { PreChatStore } from '../store/pre-chat-store.ts';
import type { ReadMarks } from '../store/read-marks.ts';
import { createReplyPermits } from '../store/reply-permits.ts';
import { createVisiblePages } from '../store/visible-pages.ts';
import type { VisitorProfiles } from '../store/visitor-profiles.ts';
import type { AnalysisQueue } from '../tickets/analysis-queue.ts';
import type { Tickets } from '../tickets/ticket-types.ts';
import type { UsageTracking } from '../usage-tracking.ts';
import type { VisitorData } from '../visitor-data.ts';
import type { Webhooks } from '../webhooks/webhooks.ts';
import type { WebAgents } from './web-agents.ts';

export interface AgentConsoleParts {
  readonly io: Server;
  readonly redis: Redis;
  readonly keys: RedisKeys;
  readonly accounts: Pick<WebAgents, 'agents' | 'apiTokens' | 'pictures'>;
  readonly signInOptions: SignInOptions;
  readonly auditLog: AuditLog;
  readonly webhooks: Webhooks;
  readonly tickets: Tickets;
  readonly deadLetters: AnalysisQueue['deadLetters'];
  readonly usage: Pick<UsageTracking, 'felt' | 'visits' | 'reports' | 'budgets' | 'spentOn'>;
  readonly budgets: BudgetSettings;
  readonly alerts: AlertStore;
  readonly conversations: Conversations;
  readonly store: Pick<ConversationStore, 'snapshot' | 'ratings' | 'readHead' | 'readAfter'>;
  readonly preChat: PreChatStore;
  readonly visitorSessions: Omit<VisitorRouteParts, 'sites'>;
  readonly profiles: VisitorProfiles;
  readonly replyAddressOf: ReplyAddress['of'];
  readonly readMarks: ReadMarks;
  /** What agents keep for themselves. */
  readonly own: PreferenceRouteParts & Pick<ViewRouteParts, 'views'> & Pick<PushRouteParts, 'pushDevices'>;
  readonly archive: ConversationArchive;
  readonly visitorData: VisitorData;
  readonly quality: QualityStore;
  readonly cannedReplies: CannedReplyStore;
  readonly replyDrafts: ReplyDraftStore;
  readonly attachments: Attachments;
  readonly writingHelp: WritingHelp;
  readonly replayAnswer: AnswerReplay;
  readonly feed: FeedStatus & { readonly setAside: SetAsideEvents };
  readonly knowledge: Omit<SourceRouteParts & ArticleRouteParts & GuidanceRouteParts, 'sites'>;
  readonly siteSettings: SiteRouteParts;
  readonly learning: Omit<
    CaseRouteParts & ProposalRouteParts,
    'sites' | 'tickets' | 'store' | 'archive' | 'knowledgeOf'
  >;
  readonly viewers: Pick<Viewers, 'here' | 'publishHere' | 'publishSeen' | 'publishTyping'>;
  readonly sites: ReadonlyMap<string, Site>;
  readonly isOwnOrigin: IsOwnOrigin;
  readonly addressOf: ClientAddressOf;
  readonly publicHttps: boolean;
  readonly mode: () => 'live' | 'demo';
  readonly models: () => ModelRegistry;
  readonly outsideLimits: () => readonly OutsideLimit[];
  readonly modelSettings: ModelRouteParts['modelSettings'];
  readonly benchmarks: BenchmarkRouteParts['benchmarks'];
  readonly evaluations: EvaluationRouteParts['evaluations'];
  readonly modelStatus: Pick<ModelStatus, 'view'>;
  readonly speculates: boolean;
  readonly onReplyEdited: ReplySenderParts['onEdited'];
  /** Called once per resolved ticket. */
  readonly onResolved: (conversationId: string) => void;
  readonly log: Log;
}

export interface AgentConsole {
  readonly api: Router;
  /** For the feed: what agents' pages are sent. */
  readonly live: Pick<
    ConsoleNamespace,
    'publishMessage' | 'publishRead' | 'publishConversations' | 'publishErased' | 'publishMissed'
  >;
  publishTyping(conversationId: string, on: boolean): void;
  /** The signed-in agent to whom the cookie belongs. */
  signedIn(cookie: string | undefined, https: boolean): Promise<AgentView | undefined>;
  readonly noteRead: ReadRecorder;
  /** After a change of what the agent may do: open pages follow at once. */
  checkAccess(agentId: string): void;
  /** Whether one of the agent's pages is connected, on any process, and the agent is not away. */
  isOnline(agentId: string): boolean;
  /** The agent who has the conversation's open ticket, for its visitor. */
  agentOf(conversationId: string): Promise<Pick<ResponderChange, 'agent'>>;
  /** Token of the one-time link that creates the first account; undefined once there is one. */
  firstRun(): Promise<string | undefined>;
  close(): Promise<void>;
}

export function createAgentConsole(parts: AgentConsoleParts): AgentConsole {
  const { io, redis, keys, tickets, conversations, store, viewers, sites, usage, isOwnOrigin, log } = parts;
  const { quality, cannedReplies, replyDrafts, attachments, writingHelp, replayAnswer } = parts;
  const { agents, apiTokens, pictures } = parts.accounts;
  const cookie = createSessionCookie(parts.publicHttps);
  const signedIn = async (header: string | undefined, https: boolean) => {
    const token = cookie.read(header, https);
    const session = token === undefined ? undefined : await agents.session(token, true);
    return session?.secondFactor === 'missing' ? undefined : session?.agent;
  };
  const presence = createPresence(redis, keys, PRESENCE_MS);
  const noteRead = createReadRecorder(parts.auditLog, parts.addressOf);
  const console = createConsoleNamespace(io, {
    agents,
    cookie,
    isOwnOrigin,
    ...{ tickets, conversations, store, presence },
    findConversation: createConversationFinder(parts.archive, sites),
    visiblePages: createVisiblePages(redis, keys, PRESENCE_MS),
    onWatch: noteRead,
    onAgentTyping: viewers.publishTyping,
    async onAgentRead(conversationId, seq) {
      const moved = await parts.readMarks.moveAgents(conversationId, seq);
      if (moved !== undefined) viewers.publishSeen(conversationId, moved);
    },
    onAgentsChange(agentIds) {
      notices.publishAgents(agentIds);
      void tickets
        .assignWaiting()
        .catch((error: unknown) => log.warn({ reason: String(error) }, 'assigning waiting tickets failed; retrying'));
    },
    log,
  });
  const onAccessChange = (agentId: string) => {
    console.checkAccess(agentId);
    void parts.own.pushDevices
      .checkAccess(agentId)
      .catch((error: unknown) => log.warn({ reason: String(error) }, 'checking the push devices of an agent failed'));
  };
  const agentShown = async ({ id, name }: Pick<AgentView, 'id' | 'name'>) => {
    const picture = await pictures.of(id);
    return { name, online: console.isOnline(id), ...(picture === undefined ? {} : { picture }) };
  };
  const notices = startTicketNotices({
    ...{ tickets, conversations, store, viewers, agentShown, log },
    localeOf: (siteId) => sites.get(siteId)?.locale,
    onResolved: parts.onResolved,
  });

  const api = createApi({
    sendReply: createReplySender({
      permits: createReplyPermits(redis, keys),
      tickets,
      conversations,
      pictureOf: pictures.of,
      attachments,
      onEdited: parts.onReplyEdited,
    }),
    ...{ agents, apiTokens, pictures },
    cookie,
    deviceCookie: createDeviceCookie(parts.publicHttps, DEVICE_DAYS),
    signInOptions: parts.signInOptions,
    isOwnOrigin,
    addressOf: parts.addressOf,
    mode: parts.mode,
    models: () => [...parts.models().keys()],
    outsideLimits: parts.outsideLimits,
    modelStatus: parts.modelStatus.view,
    speculates: parts.speculates,
    onSignOut: console.endSession,
    onAccessChange,
    async setStatus(agentId, status) {
      await presence.setStatus(agentId, status);
      await console.publishStatuses();
    },
    tickets,
    deadLetters: parts.deadLetters,
    sites,
    felt: usage.felt,
    visits: usage.visits,
    reports: usage.reports,
    spentOn: usage.spentOn,
    ...{ budgets: parts.budgets, alerts: parts.alerts },
    killSwitch: usage.budgets.killSwitch,
    store,
    preChat: parts.preChat,
    profiles: parts.profiles,
    replyAddressOf: parts.replyAddressOf,
    readMarks: parts.readMarks,
    ...parts.own,
    archive: parts.archive,
    visitorData: parts.visitorData,
    ...{ quality, cannedReplies, replyDrafts, attachments, writingHelp, replayAnswer },
    auditLog: parts.auditLog,
    webhooks: parts.webhooks,
    feed: parts.feed,
    ...parts.knowledge,
    ...parts.learning,
    ...parts.siteSettings,
    modelSettings: parts.modelSettings,
    ...{ benchmarks: parts.benchmarks, evaluations: parts.evaluations },
    ...parts.visitorSessions,
    log,
  });

  return {
    api,
    live: console,
    publishTyping: console.publishTyping,
    isOnline: console.isOnline,
    async agentOf(conversationId) {
      const agent = (await tickets.pointerOf(conversationId))?.agent;
      return agent === undefined ? {} : { agent: await agentShown(agent) };
    },
    signedIn,
    noteRead,
    checkAccess: onAccessChange,
    firstRun: async () => (await agents.firstRun())?.token,
    async close() {
      notices.stop();
      await console.close();
      await notices.stopped;
    },
  };
}
