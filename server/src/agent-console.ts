/** Builds the agents' part of a web process: accounts, REST API, console socket, and ticket messages to visitors. */

import type { AgentView } from '@firstword/shared/console-wire';
import type { OutsideLimit } from '@firstword/shared/reports';
import type { SignInOptions } from '@firstword/shared/sign-in';
import type { Site } from '@firstword/shared/site';
import type { Ticket } from '@firstword/shared/ticket';
import type { ResponderChange } from '@firstword/shared/wire';
import type { Router } from 'express';
import type { Server } from 'socket.io';
import { DEVICE_DAYS } from './agents/known-devices.ts';
import { createDeviceCookie, createSessionCookie } from './agents/session-cookie.ts';
import { conversationTexts, responderLabel } from './conversation/conversation-texts.ts';
import type { Conversations } from './conversation/conversations.ts';
import { noticeId } from './conversation/hand-off.ts';
import type { ReplyAddress } from './conversation/reply-address.ts';
import { createReplySender } from './conversation/reply-sender.ts';
import type { FeedStatus } from './feed/feed-status.ts';
import type { SetAsideEvents } from './feed/set-aside-events.ts';
import type { ModelStatus } from './gateway/model-status.ts';
import { createApi } from './http/api.ts';
import type { ArticleRouteParts } from './http/api-article-routes.ts';
import type { CaseRouteParts } from './http/api-case-routes.ts';
import type { GuidanceRouteParts } from './http/api-guidance-routes.ts';
import type { ProposalRouteParts } from './http/api-proposal-routes.ts';
import type { SourceRouteParts } from './http/api-source-routes.ts';
import type { VisitorRouteParts } from './http/api-visitor-routes.ts';
import type { BudgetSettings } from './ledger/budgets.ts';
import type { ClientAddressOf } from './lib/client-address.ts';
import type { Log } from './lib/log.ts';
import type { IsOwnOrigin } from './lib/own-origin.ts';
import type { Redis } from './lib/redis.ts';
import { type ConsoleNamespace, createConsoleNamespace } from './realtime/console-namespace.ts';
import type { Viewers } from './realtime/viewers.ts';
import type { AuditLog } from './records/audit-log.ts';
import type { ConversationArchive } from './records/conversation-archive.ts';
import type { QualityStore } from './records/quality-store.ts';
import type { ModelRegistry } from './routing/model-registry.ts';
import { createPresence } from './store/agent-presence.ts';
import type { ConversationStore } from './store/conversation-store.ts';
import type { RedisKeys } from './store/keys.ts';
import type { PreChatStore } from './store/pre-chat-store.ts';
import type { ReadMarks } from './store/read-marks.ts';
import { createReplyPermits } from './store/reply-permits.ts';
import type { VisitorProfiles } from './store/visitor-profiles.ts';
import type { AnalysisQueue } from './tickets/analysis-queue.ts';
import type { Tickets } from './tickets/ticket-types.ts';
import type { UsageTracking } from './usage-tracking.ts';
import type { VisitorData } from './visitor-data.ts';
import type { WebAgents } from './web-agents.ts';
import type { Webhooks } from './webhooks/webhooks.ts';

export interface AgentConsoleParts {
  readonly io: Server;
  readonly redis: Redis;
  readonly keys: RedisKeys;
  readonly accounts: Pick<WebAgents, 'agents' | 'apiTokens'>;
  readonly signInOptions: SignInOptions;
  readonly auditLog: AuditLog;
  readonly webhooks: Webhooks;
  readonly tickets: Tickets;
  readonly deadLetters: AnalysisQueue['deadLetters'];
  readonly usage: Pick<UsageTracking, 'felt' | 'visits' | 'reports' | 'budgets' | 'spentOn'>;
  readonly budgets: BudgetSettings;
  readonly conversations: Conversations;
  readonly store: Pick<ConversationStore, 'snapshot' | 'ratings'>;
  readonly preChat: PreChatStore;
  readonly visitorSessions: Omit<VisitorRouteParts, 'sites'>;
  readonly profiles: VisitorProfiles;
  readonly replyAddressOf: ReplyAddress['of'];
  readonly readMarks: ReadMarks;
  readonly archive: ConversationArchive;
  readonly visitorData: VisitorData;
  readonly quality: QualityStore;
  readonly feed: FeedStatus & { readonly setAside: SetAsideEvents };
  readonly knowledge: Omit<SourceRouteParts & ArticleRouteParts & GuidanceRouteParts, 'sites'>;
  readonly learning: Omit<CaseRouteParts & ProposalRouteParts, 'sites' | 'tickets' | 'store'>;
  readonly viewers: Pick<Viewers, 'here' | 'publishHere' | 'publishTyping'>;
  readonly sites: ReadonlyMap<string, Site>;
  readonly isOwnOrigin: IsOwnOrigin;
  readonly addressOf: ClientAddressOf;
  readonly publicHttps: boolean;
  readonly mode: 'live' | 'demo';
  readonly models: ModelRegistry;
  readonly outsideLimits: readonly OutsideLimit[];
  readonly modelStatus: Pick<ModelStatus, 'view'>;
  readonly speculates: boolean;
  /** Called once per resolved ticket. */
  readonly onResolved: (conversationId: string) => void;
  readonly log: Log;
}

export interface AgentConsole {
  readonly api: Router;
  /** For the feed: what agents' pages are sent. */
  readonly live: Pick<ConsoleNamespace, 'publishMessage' | 'publishRead' | 'publishConversations' | 'publishMissed'>;
  publishTyping(conversationId: string, on: boolean): void;
  /** The signed-in agent to whom the cookie belongs. */
  signedIn(cookie: string | undefined, https: boolean): Promise<AgentView | undefined>;
  /** Whether one of the agent's pages is connected, on any process. */
  isConnected(agentId: string): boolean;
  /** The agent who has the conversation's open ticket, for its visitor. */
  agentOf(conversationId: string): Promise<Pick<ResponderChange, 'agent'>>;
  /** Token of the one-time link that creates the first account; undefined once there is one. */
  firstRun(): Promise<string | undefined>;
  close(): Promise<void>;
}

const PRESENCE_MS = 30_000;
/** More tickets than an agent can have open at once. */
const TICKETS_OF_AGENT = 200;

export function createAgentConsole(parts: AgentConsoleParts): AgentConsole {
  const { io, redis, keys, tickets, conversations, store, viewers, sites, usage, isOwnOrigin, log } = parts;
  const { agents, apiTokens } = parts.accounts;
  const cookie = createSessionCookie(parts.publicHttps);
  const signedIn = async (header: string | undefined, https: boolean) => {
    const token = cookie.read(header, https);
    const session = token === undefined ? undefined : await agents.session(token, true);
    return session?.secondFactor === 'missing' ? undefined : session?.agent;
  };
  const console = createConsoleNamespace(io, {
    agents,
    cookie,
    isOwnOrigin,
    tickets,
    presence: createPresence(redis, keys, PRESENCE_MS),
    onAgentTyping: viewers.publishTyping,
    onAgentsChange: (agentIds) =>
      void notifyOfAgents(agentIds).catch((error: unknown) =>
        log.warn({ reason: String(error) }, 'failed to publish agent presence'),
      ),
    log,
  });
  const closing = new AbortController();
  /** System messages use the language of the visitor's page, not the one that the visitor writes in. */
  const localeOf = ({ locale, language, siteId }: Ticket) => locale ?? language ?? sites.get(siteId)?.locale;

  const agentOf = ({ assignee }: Pick<Ticket, 'assignee'>): Pick<ResponderChange, 'agent'> =>
    assignee ? { agent: { name: assignee.name, online: console.isConnected(assignee.id) } } : {};

  /** Tells the visitor that the ticket is resolved and asks for a rating, once across all processes. */
  const notifyResolved = async (ticket: Ticket) => {
    const id = noticeId(ticket.id, `resolved ${ticket.reopened}`);
    const notice = await conversations.notify(
      ticket.conversationId,
      id,
      conversationTexts(localeOf(ticket)).ticketResolved,
      'resolved',
    );
    if (notice.kind === 'stored') parts.onResolved(ticket.conversationId);
  };
  const notifyVisitor = async (ticket: Ticket) => {
    if (ticket.state === 'resolved' && ticket.resolution !== 'withdrawn') await notifyResolved(ticket);
    const { conversationId } = ticket;
    const isOurs = viewers.here(conversationId) || conversations.liveTurn(conversationId) !== undefined;
    if (!isOurs) return;
    const { responder } = await store.snapshot(conversationId, 1);
    if (responder === 'agent') await conversations.mute(conversationId);
    const label = responderLabel(localeOf(ticket), responder);
    const change = { responder, ticketId: ticket.id, label, ...(responder === 'agent' && agentOf(ticket)) };
    viewers.publishHere(conversationId, { type: 'responder', change }); // each process receives ticket changes itself
  };
  const notifyOfAgents = async (agentIds: readonly string[]) => {
    for (const agentId of agentIds)
      for (const ticket of (await tickets.list({ view: 'mine', agentId, limit: TICKETS_OF_AGENT })).tickets)
        if (viewers.here(ticket.conversationId)) await notifyVisitor(ticket);
  };
  const follow = async () => {
    for await (const change of tickets.changes(closing.signal))
      if ('ticket' in change)
        await notifyVisitor(change.ticket).catch((error: unknown) =>
          log.warn(
            { ticketId: change.ticket.id, reason: String(error) },
            'notifying a visitor of a ticket change failed',
          ),
        );
  };
  const following = follow().catch((error: unknown) =>
    log.error({ reason: String(error) }, 'watching ticket changes failed'),
  );

  const api = createApi({
    sendReply: createReplySender({ permits: createReplyPermits(redis, keys), tickets, conversations }),
    agents,
    apiTokens,
    cookie,
    deviceCookie: createDeviceCookie(parts.publicHttps, DEVICE_DAYS),
    signInOptions: parts.signInOptions,
    isOwnOrigin,
    addressOf: parts.addressOf,
    mode: parts.mode,
    models: [...parts.models.keys()],
    outsideLimits: parts.outsideLimits,
    modelStatus: parts.modelStatus.view,
    speculates: parts.speculates,
    onSignOut: console.endSession,
    tickets,
    deadLetters: parts.deadLetters,
    sites,
    felt: usage.felt,
    visits: usage.visits,
    reports: usage.reports,
    spentOn: usage.spentOn,
    budgets: parts.budgets,
    killSwitch: usage.budgets.killSwitch,
    store,
    preChat: parts.preChat,
    profiles: parts.profiles,
    replyAddressOf: parts.replyAddressOf,
    readMarks: parts.readMarks,
    archive: parts.archive,
    visitorData: parts.visitorData,
    quality: parts.quality,
    auditLog: parts.auditLog,
    webhooks: parts.webhooks,
    feed: parts.feed,
    ...parts.knowledge,
    ...parts.learning,
    ...parts.visitorSessions,
    log,
  });

  return {
    api,
    live: console,
    publishTyping: console.publishTyping,
    isConnected: console.isConnected,
    async agentOf(conversationId) {
      const agent = (await tickets.pointerOf(conversationId))?.agent;
      return agent === undefined ? {} : agentOf({ assignee: agent });
    },
    signedIn,
    firstRun: async () => (await agents.firstRun())?.token,
    async close() {
      closing.abort();
      await console.close();
      await following;
    },
  };
}
