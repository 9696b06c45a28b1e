/** What the agents' part of a web process is built from. */

import type { OutsideLimit } from '@firstword/shared/reports';
import type { SignInOptions } from '@firstword/shared/sign-in';
import type { Site } from '@firstword/shared/site';
import type { Server } from 'socket.io';
import type { AnswerReplay } from '../conversation/answer-replay.ts';
import type { Attachments } from '../conversation/attachments.ts';
import type { Conversations } from '../conversation/conversations.ts';
import type { ReplyAddress } from '../conversation/reply-address.ts';
import type { ReplySenderParts } from '../conversation/reply-sender.ts';
import type { WritingHelp } from '../conversation/writing-help.ts';
import type { FeedStatus } from '../feed/feed-status.ts';
import type { SetAsideEvents } from '../feed/set-aside-events.ts';
import type { ModelStatus } from '../gateway/model-status.ts';
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
import type { BudgetSettings } from '../ledger/budgets.ts';
import type { ClientAddressOf } from '../lib/client-address.ts';
import type { Log } from '../lib/log.ts';
import type { IsOwnOrigin } from '../lib/own-origin.ts';
import type { Redis } from '../lib/redis.ts';
import type { Viewers } from '../realtime/viewers.ts';
import type { AlertStore } from '../records/alert-store.ts';
import type { AuditLog } from '../records/audit-log.ts';
import type { CannedReplyStore } from '../records/canned-reply-store.ts';
import type { ConversationArchive } from '../records/conversation-archive.ts';
import type { QualityStore } from '../records/quality-store.ts';
import type { ReplyDraftStore } from '../records/reply-draft-store.ts';
import type { ModelRegistry } from '../routing/model-registry.ts';
import type { ConversationStore } from '../store/conversation-store.ts';
import type { RedisKeys } from '../store/keys.ts';
import type { PreChatStore } from '../store/pre-chat-store.ts';
import type { ReadMarks } from '../store/read-marks.ts';
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
