/** Builds the agents' side of a web process: accounts, REST, console socket, and what visitors hear of their tickets. */
import type { Site } from '@firstword/shared/site';
import type { Ticket } from '@firstword/shared/ticket';
import type { Message } from '@firstword/shared/wire';
import type { Router } from 'express';
import type { Redis } from 'ioredis';
import type { Server } from 'socket.io';
import { createAgents } from './agents/agents.ts';
import { createApiTokens } from './agents/api-tokens.ts';
import { createPasswords } from './agents/passwords.ts';
import { createSessionCookie } from './agents/session-cookie.ts';
import { conversationTexts, responderLabel } from './conversation/conversation-texts.ts';
import type { Conversations } from './conversation/conversations.ts';
import { noticeId } from './conversation/hand-off.ts';
import { createApi } from './http/api.ts';
import { createReplyMail } from './http/api-reply-mail.ts';
import type { BudgetSettings } from './ledger/budgets.ts';
import type { Log } from './lib/log.ts';
import type { Mailer } from './lib/mail.ts';
import type { TokenHash } from './lib/tokens.ts';
import { createConsoleNamespace } from './realtime/console-namespace.ts';
import { createPresence } from './realtime/console-presence.ts';
import type { WidgetNamespace } from './realtime/widget-namespace.ts';
import type { ModelRegistry } from './routing/model-registry.ts';
import type { ConversationStore } from './store/conversation-store.ts';
import type { RedisKeys } from './store/keys.ts';
import type { PreChatStore } from './store/pre-chat-store.ts';
import type { ReadMarks } from './store/read-marks.ts';
import type { AnalysisQueue } from './tickets/analysis-queue.ts';
import type { Tickets } from './tickets/ticket-types.ts';
import type { UsageTracking } from './usage-tracking.ts';

export interface AgentConsoleParts {
  readonly io: Server;
  readonly redis: Redis;
  readonly keys: RedisKeys;
  readonly tokenHash: TokenHash;
  readonly tickets: Tickets;
  readonly deadLetters: AnalysisQueue['deadLetters'];
  readonly books: Pick<UsageTracking, 'felt' | 'visits' | 'reports' | 'budgets'>;
  readonly budgets: BudgetSettings;
  readonly conversations: Conversations;
  readonly store: Pick<ConversationStore, 'snapshot'>;
  readonly preChat: PreChatStore;
  readonly readMarks: ReadMarks;
  readonly widget: WidgetNamespace;
  readonly sites: ReadonlyMap<string, Site>;
  readonly ownOrigins: readonly string[];
  readonly publicHttps: boolean;
  readonly mode: 'live' | 'demo';
  readonly models: ModelRegistry;
  readonly mailer: Mailer | undefined;
  /** A ticket was settled; heard once. */
  readonly onResolved: (conversationId: string) => void;
  readonly log: Log;
}

export interface AgentConsole {
  readonly api: Router;
  publishMessage(conversationId: string, message: Message): void;
  publishTyping(conversationId: string, on: boolean): void;
  publishRead(conversationId: string, seq: number): void;
  /** Whether this cookie is a signed-in agent's. */
  isAgent(cookie: string | undefined, https: boolean): Promise<boolean>;
  /** Token of a one-time link by which the first agent makes an account; undefined once there is one. */
  firstRun(): Promise<string | undefined>;
  close(): Promise<void>;
}

const SESSION_TIMES = { idleSeconds: 12 * 3600, absoluteSeconds: 7 * 24 * 3600 };
const PRESENCE_MS = 30_000;

export function createAgentConsole(parts: AgentConsoleParts): AgentConsole {
  const { io, redis, keys, tokenHash, tickets, conversations, store, widget, sites, books, log } = parts;
  const agents = createAgents({ redis, keys, tokenHash, passwords: createPasswords(), times: SESSION_TIMES });
  const cookie = createSessionCookie(parts.publicHttps);
  const isOwnOrigin = (origin: string) => parts.ownOrigins.includes(origin);
  const console = createConsoleNamespace(io, {
    agents,
    cookie,
    isOwnOrigin,
    tickets,
    presence: createPresence(redis, keys, PRESENCE_MS),
    onAgentTyping: widget.tellTyping,
    log,
  });
  const closing = new AbortController();
  /** What the product itself says stands among the words of the visitor's page, whatever language they write in. */
  const localeOf = ({ locale, language, siteId }: Ticket) => locale ?? language ?? sites.get(siteId)?.locale;

  /** Once, whichever process is first: the visitor is told that the matter is settled, and asked how it was. */
  const tellResolved = async (ticket: Ticket) => {
    const id = noticeId(ticket.id, `resolved ${ticket.reopened}`);
    const said = await conversations.notify(
      ticket.conversationId,
      id,
      conversationTexts(localeOf(ticket)).ticketResolved,
      'resolved',
    );
    if (said.kind !== 'stored') return;
    widget.publish(ticket.conversationId, { type: 'message', message: said.message });
    parts.onResolved(ticket.conversationId);
  };
  const tellVisitor = async (ticket: Ticket) => {
    if (ticket.state === 'resolved') await tellResolved(ticket);
    const { conversationId } = ticket;
    const isOurs = widget.hasViewers(conversationId) || conversations.liveTurn(conversationId) !== undefined;
    if (!isOurs) return;
    const { responder } = await store.snapshot(conversationId, 1);
    if (responder === 'agent') await conversations.mute(conversationId);
    widget.sendResponder(conversationId, {
      responder: responder,
      ticketId: ticket.id,
      label: responderLabel(localeOf(ticket), responder),
      ...(responder === 'agent' && ticket.assignee ? { agent: { name: ticket.assignee.name } } : {}),
    });
  };
  const follow = async () => {
    for await (const news of tickets.changes(closing.signal))
      if ('ticket' in news)
        await tellVisitor(news.ticket).catch((error: unknown) =>
          log.warn({ ticketId: news.ticket.id, reason: String(error) }, 'a visitor did not hear of a ticket'),
        );
  };
  const following = follow().catch((error: unknown) => log.error({ reason: String(error) }, 'ticket news broke off'));

  const api = createApi({
    redis,
    keys,
    agents,
    apiTokens: createApiTokens(redis, keys, tokenHash),
    cookie,
    isOwnOrigin,
    mode: parts.mode,
    models: [...parts.models.keys()],
    onSignOut: console.endSession,
    tickets,
    deadLetters: parts.deadLetters,
    sites,
    felt: books.felt,
    visits: books.visits,
    reports: books.reports,
    budgets: parts.budgets,
    killSwitch: books.budgets.killSwitch,
    conversations: { reply: conversations.reply, snapshot: store.snapshot },
    preChat: parts.preChat,
    readMarks: parts.readMarks,
    publish: (conversationId, message) => widget.publish(conversationId, { type: 'message', message }),
    onReply: createReplyMail({
      mailer: parts.mailer,
      isConnected: widget.isConnected,
      siteName: (siteId) => sites.get(siteId)?.name ?? siteId,
      log,
    }),
    log,
  });

  return {
    api,
    publishMessage: console.publishMessage,
    publishTyping: console.publishTyping,
    publishRead: console.publishRead,
    async isAgent(header, https) {
      const token = cookie.read(header, https);
      return token !== undefined && (await agents.session(token, true)) !== undefined;
    },
    firstRun: async () => (await agents.firstRun())?.token,
    async close() {
      closing.abort();
      await console.close();
      await following;
    },
  };
}
