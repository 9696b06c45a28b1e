/** The REST client, one function for each route. Failures are values; network errors are retried. */

import type { AgentList } from '@firstword/shared/agent-view';
import type { AlertList } from '@firstword/shared/alert';
import type { AuditEntry, AuditList } from '@firstword/shared/audit';
import type { TagList, TicketDetail, TicketList } from '@firstword/shared/console-wire';
import type { ConversationCalls, ConversationDetail, ConversationList } from '@firstword/shared/conversation-records';
import type { FeedStatusView, Redelivery, SetAsideList } from '@firstword/shared/feed-status';
import type { TicketCalls } from '@firstword/shared/model-calls';
import type { ModelStatusView } from '@firstword/shared/model-status';
import type { QualityKey, QualityReport } from '@firstword/shared/quality-report';
import type {
  BudgetReport,
  CostKey,
  CostReport,
  DeadLetterList,
  KillSwitchChange,
  ResponseTimeKey,
  ResponseTimeReport,
  VerdictReport,
} from '@firstword/shared/reports';
import type { FirstRun, LinkView, SessionView, SignIn, SignInOptions } from '@firstword/shared/sign-in';
import type { ActionBody, AgentAction } from '@firstword/shared/ticket-requests';
import type { TicketView } from '@firstword/shared/ticket-views';
import type { ErasureReport, VisitorExport, VisitorRef } from '@firstword/shared/visitor-data';
import type { Failure, Result } from './api-result.ts';
import { type AttachmentApi, createAttachmentApi } from './attachment-api.ts';
import { type BenchmarkApi, createBenchmarkApi } from './benchmark-api.ts';
import { type CannedReplyApi, createCannedReplyApi } from './canned-replies.ts';
import { type ConversationFilter, filterQuery } from './conversation-filter.ts';
import { createEvaluationApi, type EvaluationApi } from './evaluation-api.ts';
import { createInboxApi, type InboxApi } from './inbox-api.ts';
import { createKnowledgeApi, type KnowledgeApi } from './knowledge-api.ts';
import { queryOf } from './list-filter.ts';
import { createReplayApi, type ReplayApi } from './message-replay.ts';
import { createModelSettingsApi, type ModelSettingsApi } from './model-settings-api.ts';
import type { Page } from './paged-list.ts';
import { createPushApi, type PushApi } from './push-api.ts';
import { createSenders, type SendersParts } from './senders.ts';
import { createSiteApi, type SiteApi } from './site-api.ts';
import { createDraftApi, type DraftApi } from './synced-drafts.ts';
import { createTeamApi, type TeamApi } from './team-api.ts';
import type { TicketFilter } from './ticket-filter.ts';
import { createWebhookApi, type WebhookApi } from './webhook-api.ts';
import { createWritingApi, type WritingApi } from './writing-api.ts';

export type { Failure, Result };

/** The parameters of a report. Days are in UTC, and the last one is today. */
export interface ReportQuery<Key extends string> {
  /** Absent: the server's default. */
  readonly site: string | undefined;
  readonly from: string;
  readonly by: Key;
}

/** The filter of the audit log; an empty text is every action. */
export interface AuditChoice {
  readonly action: string;
}

/** What every action carries: it applies to this version only, and only once. */
export interface ActionGuard {
  readonly expectedVersion: number;
  readonly idempotencyKey: string;
}
/** The agent's input to an action. */
export type ActionChoice<A extends AgentAction> = Omit<ActionBody<A>, keyof ActionGuard>;
export type ActionRequest<A extends AgentAction> = ActionChoice<A> & ActionGuard;

export interface Api {
  /** Also stores the CSRF token that every write carries. */
  readSession(): Promise<Result<SessionView>>;
  /** What a one-time link is for. */
  link(token: string): Promise<Result<LinkView>>;
  firstRun(form: FirstRun): Promise<Result<unknown>>;
  readSignInOptions(): Promise<Result<SignInOptions>>;
  signIn(form: SignIn): Promise<Result<unknown>>;
  signOut(): Promise<Result<unknown>>;
  readAgents(): Promise<Result<AgentList>>;
  listTickets(view: TicketView, filter?: TicketFilter, cursor?: string): Promise<Result<TicketList>>;
  readTicket(id: string): Promise<Result<TicketDetail>>;
  readTags(): Promise<Result<TagList>>;
  readCalls(id: string): Promise<Result<TicketCalls>>;
  listConversations(filter: ConversationFilter, cursor: string | undefined): Promise<Result<ConversationList>>;
  /** The newest messages, or those before a `seq`. */
  readConversation(id: string, before?: number): Promise<Result<ConversationDetail>>;
  readConversationCalls(id: string): Promise<Result<ConversationCalls>>;
  readResponseTime(query: ReportQuery<ResponseTimeKey>): Promise<Result<ResponseTimeReport>>;
  readCost(query: ReportQuery<CostKey>): Promise<Result<CostReport>>;
  readQuality(query: ReportQuery<QualityKey>): Promise<Result<QualityReport>>;
  readBudgets(): Promise<Result<BudgetReport>>;
  readAlerts(): Promise<Result<AlertList>>;
  setKillSwitch(change: KillSwitchChange): Promise<Result<BudgetReport>>;
  readVerdicts(): Promise<Result<VerdictReport>>;
  /** For administrators. */
  readAudit(query: AuditChoice, cursor: string | undefined): Promise<Result<Page<AuditEntry>>>;
  readModels(): Promise<Result<ModelStatusView>>;
  /** Everything that is stored of a visitor on a site. For administrators. */
  exportVisitor(visitor: VisitorRef): Promise<Result<VisitorExport>>;
  /** For good. For administrators. */
  eraseVisitor(visitor: VisitorRef): Promise<Result<ErasureReport>>;
  /** Of a proposed reply that was rejected or edited. */
  saveCase(ticketId: string, runId: string): Promise<Result<unknown>>;
  /** For administrators. */
  readDeadLetters(): Promise<Result<DeadLetterList>>;
  /** For administrators. */
  readonly knowledge: KnowledgeApi;
  readonly team: TeamApi;
  readonly push: PushApi;
  readonly inbox: InboxApi;
  readonly webhooks: WebhookApi;
  readonly cannedReplies: CannedReplyApi;
  readonly drafts: DraftApi;
  readonly attachments: AttachmentApi;
  readonly writing: WritingApi;
  readonly replay: ReplayApi;
  readonly sites: SiteApi;
  readonly modelSettings: ModelSettingsApi;
  readonly benchmarks: BenchmarkApi;
  readonly evaluations: EvaluationApi;
  readFeed(): Promise<Result<FeedStatusView>>;
  readSetAside(): Promise<Result<SetAsideList>>;
  redeliver(id: string): Promise<Result<Redelivery>>;
  discardSetAside(id: string): Promise<Result<unknown>>;
  act<A extends AgentAction>(id: string, action: A, request: ActionRequest<A>): Promise<Result<TicketDetail>>;
}

/** Rows of a list that are read at once; the most that the server allows. */
const PAGE_ROWS = '100';

export function createApi(parts: SendersParts): Api {
  const senders = createSenders(parts);
  const { send, sendWithRetries } = senders;
  return {
    async readSession() {
      const result = await sendWithRetries<SessionView>('GET', '/session');
      if (result.ok) senders.setCsrf(result.value.csrf);
      return result;
    },
    link: (token) => sendWithRetries('POST', '/first-run/link', { token }),
    firstRun: (form) => send('POST', '/first-run', form),
    readSignInOptions: () => sendWithRetries('GET', '/sign-in-options'),
    signIn: (form) => send('POST', '/session', form),
    signOut: () => send('DELETE', '/session'),
    readAgents: () => sendWithRetries('GET', '/agents'),
    listTickets: (view, filter = {}, cursor) =>
      sendWithRetries('GET', `/tickets?${queryOf({ ...filter, view, cursor })}`),
    readTicket: (id) => sendWithRetries('GET', `/tickets/${encodeURIComponent(id)}`),
    readTags: () => sendWithRetries('GET', '/ticket-tags'),
    readCalls: (id) => sendWithRetries('GET', `/tickets/${encodeURIComponent(id)}/calls`),
    listConversations: (filter, cursor) =>
      sendWithRetries('GET', `/conversations?${filterQuery({ ...filter, limit: PAGE_ROWS, cursor })}`),
    readConversation: (id, before) =>
      sendWithRetries(
        'GET',
        `/conversations/${encodeURIComponent(id)}${before === undefined ? '' : `?before=${before}`}`,
      ),
    readConversationCalls: (id) => sendWithRetries('GET', `/conversations/${encodeURIComponent(id)}/calls`),
    readResponseTime: (query) => sendWithRetries('GET', `/reports/response-time?${queryString(query)}`),
    readCost: (query) => sendWithRetries('GET', `/reports/cost?${queryString(query)}`),
    readQuality: (query) => sendWithRetries('GET', `/reports/quality?${queryString(query)}`),
    readBudgets: () => sendWithRetries('GET', '/budgets'),
    readAlerts: () => sendWithRetries('GET', '/alerts'),
    // Idempotent: setting the switch twice has the same effect as once.
    setKillSwitch: (change) => sendWithRetries('POST', '/kill-switch', change),
    readVerdicts: () => sendWithRetries('GET', '/verdicts'),
    async readAudit({ action }, cursor) {
      const query = new URLSearchParams({
        limit: PAGE_ROWS,
        ...(action === '' ? {} : { action }),
        ...(cursor === undefined ? {} : { cursor }),
      });
      const result = await sendWithRetries<AuditList>('GET', `/audit?${query}`);
      if (!result.ok) return result;
      const { entries: items, next } = result.value;
      return { ok: true, value: { items, ...(next === undefined ? {} : { next }) } };
    },
    readModels: () => sendWithRetries('GET', '/models'),
    exportVisitor: (visitor) => sendWithRetries('POST', '/visitors/export', visitor),
    eraseVisitor: (visitor) => sendWithRetries('POST', '/visitors/erase', visitor),
    knowledge: createKnowledgeApi(senders),
    team: createTeamApi(senders),
    push: createPushApi(senders),
    inbox: createInboxApi(senders),
    webhooks: createWebhookApi(senders),
    cannedReplies: createCannedReplyApi(senders),
    drafts: createDraftApi(senders),
    attachments: createAttachmentApi(senders),
    writing: createWritingApi(senders),
    replay: createReplayApi(senders),
    sites: createSiteApi(senders),
    modelSettings: createModelSettingsApi(senders),
    benchmarks: createBenchmarkApi(senders),
    evaluations: createEvaluationApi(senders),
    // Idempotent: a case that is saved again is replaced.
    saveCase: (ticketId, runId) => sendWithRetries('POST', '/evaluation-cases', { ticketId, runId }),
    readDeadLetters: () => sendWithRetries('GET', '/dead-letters'),
    readFeed: () => sendWithRetries('GET', '/feed'),
    readSetAside: () => sendWithRetries('GET', '/feed/set-aside'),
    redeliver: (id) => send('POST', `/feed/set-aside/${encodeURIComponent(id)}/redeliver`, {}),
    discardSetAside: (id) => send('DELETE', `/feed/set-aside/${encodeURIComponent(id)}`),
    act: (id, action, request) => sendWithRetries('POST', `/tickets/${encodeURIComponent(id)}/${action}`, request),
  };
}

function queryString({ site, from, by }: ReportQuery<string>): URLSearchParams {
  return new URLSearchParams({ ...(site === undefined ? {} : { site }), from, by });
}
