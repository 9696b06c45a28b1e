/** The console's backend on a real port: REST, console socket and tickets over one Redis. */
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { Agents } from '@firstword/server/agents/agents';
import type { ApiTokens } from '@firstword/server/agents/api-tokens';
import type { Passwords } from '@firstword/server/agents/passwords';
import type { FeedConsumer } from '@firstword/server/feed/feed-consumer';
import { createConversationFinder } from '@firstword/server/http/conversation-finder';
import { createReadRecorder } from '@firstword/server/http/read-recorder';
import type { BudgetSettings } from '@firstword/server/ledger/budgets';
import type { FeltTtft } from '@firstword/server/ledger/felt-ttft';
import type { KillSwitch } from '@firstword/server/ledger/kill-switch';
import type { UsageTransfer } from '@firstword/server/ledger/usage-transfer';
import { createClientAddress } from '@firstword/server/lib/client-address';
import { connectRedis, type Redis } from '@firstword/server/lib/redis';
import { createTokenHash } from '@firstword/server/lib/tokens';
import { type ConsoleNamespace, createConsoleNamespace } from '@firstword/server/realtime/console-namespace';
import { attachSocketServer, createSocketServer } from '@firstword/server/realtime/socket-server';
import type { AuditLog } from '@firstword/server/records/audit-log';
import type { GapStore } from '@firstword/server/records/gap-store';
import type { Records } from '@firstword/server/records/records';
import { createPresence } from '@firstword/server/store/agent-presence';
import type { ConversationStore } from '@firstword/server/store/conversation-store';
import type { FileStore } from '@firstword/server/store/file-store';
import { createRedisKeys, type RedisKeys } from '@firstword/server/store/keys';
import { createPreChatStore, type PreChatStore } from '@firstword/server/store/pre-chat-store';
import { createReadMarks, type ReadMarks } from '@firstword/server/store/read-marks';
import { createSessionStore, type SessionStore } from '@firstword/server/store/session-store';
import { createVisiblePages } from '@firstword/server/store/visible-pages';
import type { DeadLetter } from '@firstword/server/tickets/analysis-queue';
import { createAccountability } from '@firstword/server/web/web-accountability';
import { createWebPush } from '@firstword/server/web/web-push';
import type { Webhooks } from '@firstword/server/webhooks/webhooks';
import type { AgentRole, SiteRoles } from '@firstword/shared/permissions';
import type { Ticket } from '@firstword/shared/ticket';
import type { Message } from '@firstword/shared/wire';
import express, { type Router } from 'express';
import { createConsoleAgents } from './console-agents.ts';
import { createConsoleApi } from './console-api.ts';
import { createConsoleLedger } from './console-ledger.ts';
import { createPage, type Page } from './console-page.ts';
import { createConsoleSites } from './console-sites.ts';
import { createConsoleTickets } from './console-tickets.ts';
import { listenLocally } from './listen-locally.ts';
import type { RedisServer } from './redis-server.ts';
import { silentLog } from './silent-log.ts';
import { recordsBeside } from './test-records.ts';
import type { TestTickets } from './test-tickets.ts';

const SITES = new Map([
  ['acme', { name: 'Acme' }],
  ['other', { name: 'Other' }],
]);
const APP_SECRET = 'a secret of this server';

export interface ConsoleServer {
  readonly url: string;
  readonly api: Router;
  readonly origin: string;
  /** Servers with the same prefix are processes of the same installation. */
  readonly prefix: string;
  readonly redis: Redis;
  readonly keys: RedisKeys;
  readonly records: Records;
  readonly agents: Agents;
  readonly apiTokens: ApiTokens;
  readonly auditLog: AuditLog;
  readonly webhooks: Webhooks;
  readonly tickets: TestTickets;
  readonly store: ConversationStore;
  readonly namespace: ConsoleNamespace;
  readonly preChat: PreChatStore;
  readonly visitorSessions: SessionStore;
  readonly readMarks: ReadMarks;
  readonly felt: FeltTtft;
  readonly killSwitch: KillSwitch;
  /** Moves model calls and felt TTFT to where reports read them. */
  readonly transfer: Pick<UsageTransfer, 'run'>;
  /** The failed jobs of the analysis queue. */
  readonly deadLetters: DeadLetter[];
  readonly gaps: GapStore;
  /** Number of passwords verified. */
  readonly checked: () => number;
  /** Messages published to visitors. */
  readonly published: Message[];
  /** How much of each proposed reply was changed before it was sent. */
  readonly edited: readonly number[];
  readonly files: FileStore;
  readonly typed: { conversationId: string; on: boolean }[];
  /** A browser without cookies. */
  openPage(): Page;
  /**
   * The browser of an agent who is signed in.
   * @param role for `sites`, all without them; or a role for each site
   */
  signIn(email?: string, role?: AgentRole | SiteRoles, sites?: readonly string[]): Promise<Page>;
  /** Opens a ticket for a visitor who has sent one message. */
  openTicket(siteId?: string): Promise<Ticket>;
  close(): Promise<void>;
}

export interface ConsoleServerParts {
  readonly prefix?: string;
  readonly publicHttps?: boolean;
  readonly requireSecondFactor?: boolean;
  readonly now?: () => number;
  readonly passwords?: Passwords;
  readonly tickMs?: number;
  readonly accessMs?: number;
  readonly budgets?: Partial<BudgetSettings>;
  readonly records?: Partial<Records>;
  readonly feedConsumers?: readonly FeedConsumer[];
  readonly sites?: ReadonlyMap<string, { readonly name: string }>;
  /** What a model drafts as an article. */
  readonly draft?: string;
  /** Where webhooks and push notifications may reach private addresses. */
  readonly privateHosts?: readonly string[];
  /** Whether push notifications contain what visitors wrote. */
  readonly pushText?: boolean;
}

export async function startConsoleServer(server: RedisServer, parts: ConsoleServerParts = {}): Promise<ConsoleServer> {
  const redis = await server.connect();
  const subscriber = await connectRedis(server.url, 'waiting', silentLog);
  const prefix = parts.prefix ?? `test-${randomUUID()}`;
  const keys = createRedisKeys(prefix);
  const now = parts.now ?? Date.now;
  const tokenHash = createTokenHash(APP_SECRET);
  const records = { ...recordsBeside(`${server.url} ${prefix}`), ...parts.records };
  const { auditLog, webhooks } = createAccountability({
    records,
    appSecret: APP_SECRET,
    privateHosts: parts.privateHosts ?? [],
    log: silentLog,
  });
  const { publicHttps, passwords, requireSecondFactor } = parts;
  const agents = createConsoleAgents({
    redis,
    keys,
    records,
    tokenHash,
    now,
    publicHttps,
    passwords,
    requireSecondFactor,
  });
  const tickets = createConsoleTickets({ redis, subscriber, keys, ticketStore: records.tickets, now });
  const ledger = createConsoleLedger({ redis, keys, usage: records.usage, budgets: parts.budgets, now });
  const { sites: siteNames = SITES, draft = '' } = parts;
  const sites = createConsoleSites({ redis, keys, records, sites: siteNames, appSecret: APP_SECRET, draft });
  const visitorSessions = createSessionStore(redis, keys, tokenHash, { idleSeconds: 60, absoluteSeconds: 600 });
  const readMarks = createReadMarks(redis, keys);
  const preChat = createPreChatStore(redis, keys);
  const deadLetters: DeadLetter[] = [];
  const typed: ConsoleServer['typed'] = [];

  const app = express();
  const http = createServer(app);
  const events = await connectRedis(server.url, 'waiting', silentLog);
  const io = createSocketServer(
    { publisher: redis, subscriber: events },
    { allowPolling: false, channelPrefix: keys.socketChannels() },
  );
  attachSocketServer(io, http);
  const port = await listenLocally(http);
  const origin = `http://127.0.0.1:${port}`;
  const url = `${origin}/api/v1`;
  const isOwnOrigin = (given: string) => given === origin;
  const presence = createPresence(redis, keys, 5000);
  const namespace = createConsoleNamespace(io, {
    agents: agents.forApi.agents,
    cookie: agents.forApi.cookie,
    isOwnOrigin,
    tickets: tickets.forApi.tickets,
    conversations: tickets.conversations,
    store: tickets.store,
    findConversation: createConversationFinder(records.archive, siteNames),
    presence,
    visiblePages: createVisiblePages(redis, keys, 5000),
    onWatch: createReadRecorder(auditLog, createClientAddress(false)),
    onAgentTyping: (conversationId, on) => void typed.push({ conversationId, on }),
    async onAgentRead(conversationId, seq) {
      await readMarks.moveAgents(conversationId, seq);
    },
    onAgentsChange: () => {},
    log: silentLog,
    ...(parts.tickMs === undefined ? {} : { tickMs: parts.tickMs }),
    ...(parts.accessMs === undefined ? {} : { accessMs: parts.accessMs }),
  });
  const { devices: pushDevices, ...push } = createWebPush({
    ...{ redis, keys, records, appSecret: APP_SECRET, log: silentLog },
    sites: new Map([...siteNames].map(([id, { name }]) => [id, { name, pushText: parts.pushText ?? false }])),
    settings: {
      push: { privateKey: undefined, subject: undefined, privateHosts: [...(parts.privateHosts ?? [])] },
      ...{ publicUrl: undefined, mail: { smtpUrl: undefined, from: 'support@shop.example' } },
    },
  });
  const pushNotices = push.follow(tickets.forApi.tickets.changes);
  const api = createConsoleApi({
    redis,
    keys,
    records,
    tokenHash,
    appSecret: APP_SECRET,
    visitorSessions,
    agents,
    ledger,
    sites,
    tickets,
    feedConsumers: parts.feedConsumers ?? [],
    auditLog,
    webhooks,
    readMarks,
    preChat,
    deadLetters: async (limit) => deadLetters.slice(0, limit),
    isOwnOrigin,
    onSignOut: namespace.endSession,
    onAccessChange(agentId) {
      namespace.checkAccess(agentId);
      void pushDevices.checkAccess(agentId);
    },
    pushDevices,
    async setStatus(agentId, status) {
      await presence.setStatus(agentId, status);
      await namespace.publishStatuses();
    },
    now,
  });
  app.use('/api/v1', api);

  const openPage = () => createPage(url, origin);
  return {
    url,
    origin,
    api,
    prefix,
    redis,
    keys,
    records,
    agents: agents.forApi.agents,
    apiTokens: agents.forApi.apiTokens,
    auditLog,
    webhooks,
    tickets: tickets.forApi.tickets,
    store: tickets.store,
    namespace,
    readMarks,
    preChat,
    visitorSessions,
    felt: ledger.forApi.felt,
    killSwitch: ledger.forApi.killSwitch,
    transfer: ledger.transfer,
    deadLetters,
    gaps: records.gaps,
    checked: agents.checked,
    published: tickets.published,
    edited: tickets.edited,
    files: tickets.files,
    typed,
    openPage,
    signIn: (email, role, onSites) => agents.signIn(openPage(), email, role, onSites),
    openTicket: tickets.openTicket,
    async close() {
      await pushNotices.stop();
      await push.close();
      await sites.close();
      await ledger.close();
      await auditLog.close();
      await webhooks.close();
      await namespace.close();
      const closed = io.close();
      // One that a browser opened in advance, and never used, would keep the server open.
      http.closeAllConnections();
      await closed;
      await tickets.removeFiles();
      for (const connection of [events, subscriber]) connection.disconnect();
    },
  };
}
