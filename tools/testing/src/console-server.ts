/** The console's backend on a real port: REST, console socket and tickets over one Redis. */
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { type Agents, createAgents } from '@firstword/server/agents/agents';
import { type ApiTokens, createApiTokens } from '@firstword/server/agents/api-tokens';
import { createPasswords, type Passwords } from '@firstword/server/agents/passwords';
import { createSessionCookie } from '@firstword/server/agents/session-cookie';
import { createReplySender } from '@firstword/server/conversation/reply-sender';
import { createApi } from '@firstword/server/http/api';
import { createArticleStore } from '@firstword/server/knowledge/article-store';
import { createIndexBuilder } from '@firstword/server/knowledge/index-builder';
import { createSiteKnowledge } from '@firstword/server/knowledge/site-knowledge';
import type { BudgetSettings } from '@firstword/server/ledger/budgets';
import { createFeltTtft, type FeltTtft } from '@firstword/server/ledger/felt-ttft';
import { createKillSwitch, type KillSwitch } from '@firstword/server/ledger/kill-switch';
import { createReports } from '@firstword/server/ledger/reports';
import { createVisits } from '@firstword/server/ledger/visits';
import { connectRedis } from '@firstword/server/lib/redis';
import { createTokenHash } from '@firstword/server/lib/tokens';
import { type ConsoleNamespace, createConsoleNamespace } from '@firstword/server/realtime/console-namespace';
import { attachSocketServer, createSocketServer } from '@firstword/server/realtime/socket-server';
import type { ConversationArchive } from '@firstword/server/records/conversation-archive';
import type { GapStore } from '@firstword/server/records/gap-store';
import { createMemoryConversationArchive } from '@firstword/server/records/memory-conversation-archive';
import { createMemoryRecords } from '@firstword/server/records/records';
import type { TicketStore } from '@firstword/server/records/ticket-store';
import { openSources } from '@firstword/server/sources/open-sources';
import { createPresence } from '@firstword/server/store/agent-presence';
import { createConversationStore } from '@firstword/server/store/conversation-store';
import { createRedisKeys, type RedisKeys } from '@firstword/server/store/keys';
import { createPreChatStore, type PreChatStore } from '@firstword/server/store/pre-chat-store';
import { createReadMarks, type ReadMarks } from '@firstword/server/store/read-marks';
import { createReplyPermits } from '@firstword/server/store/reply-permits';
import type { DeadLetter } from '@firstword/server/tickets/analysis-queue';
import type { Ticket } from '@firstword/shared/ticket';
import type { Message } from '@firstword/shared/wire';
import express, { type Router } from 'express';
import type { Redis } from 'ioredis';
import { createAgentConversations } from './agent-conversations.ts';
import { createPage, type Page } from './console-page.ts';
import { listenLocally } from './listen-locally.ts';
import type { RedisServer } from './redis-server.ts';
import { silentLog } from './silent-log.ts';
import { recordsBeside } from './test-records.ts';
import { createTestTickets, type TestTickets } from './test-tickets.ts';

export const EMAIL = 'agent@shop.example';
export const PASSWORD = 'a long enough password';
/** With the production cost, each sign-in takes 250 ms. */
const LOW_COST = { N: 16, r: 1, p: 1 };

export interface ConsoleServer {
  readonly url: string;
  readonly api: Router;
  readonly origin: string;
  /** Servers with the same prefix are processes of the same installation. */
  readonly prefix: string;
  readonly redis: Redis;
  readonly keys: RedisKeys;
  readonly agents: Agents;
  readonly apiTokens: ApiTokens;
  readonly tickets: TestTickets;
  readonly namespace: ConsoleNamespace;
  readonly preChat: PreChatStore;
  readonly readMarks: ReadMarks;
  readonly felt: FeltTtft;
  readonly killSwitch: KillSwitch;
  /** The failed jobs of the analysis queue. */
  readonly deadLetters: DeadLetter[];
  readonly gaps: GapStore;
  /** Number of passwords verified. */
  readonly checked: () => number;
  /** Messages published to visitors. */
  readonly published: Message[];
  readonly typed: { conversationId: string; on: boolean }[];
  /** A browser without cookies. */
  openPage(): Page;
  /** The browser of an agent who is signed in. */
  signIn(email?: string, role?: 'admin' | 'agent'): Promise<Page>;
  /** Opens a ticket for a visitor who has sent one message. */
  openTicket(): Promise<Ticket>;
  close(): Promise<void>;
}

export async function startConsoleServer(
  server: RedisServer,
  parts: {
    prefix?: string;
    publicHttps?: boolean;
    now?: () => number;
    passwords?: Passwords;
    tickMs?: number;
    budgets?: Partial<BudgetSettings>;
    archive?: ConversationArchive;
    tickets?: TicketStore;
  } = {},
): Promise<ConsoleServer> {
  const redis = await server.connect();
  const subscriber = await connectRedis(server.url, 'waiting', silentLog);
  const prefix = parts.prefix ?? `test-${randomUUID()}`;
  const keys = createRedisKeys(prefix);
  const now = parts.now ?? Date.now;
  const lowCost = createPasswords(LOW_COST);
  let checked = 0;
  const passwords: Passwords = parts.passwords ?? {
    ...lowCost,
    verify(password, stored) {
      checked += 1;
      return lowCost.verify(password, stored);
    },
  };
  const times = { idleSeconds: 12 * 3600, absoluteSeconds: 7 * 24 * 3600 };
  const tokenHash = createTokenHash('a secret of this server');
  const agents = createAgents({ redis, keys, tokenHash, passwords, times, now });
  const apiTokens = createApiTokens(redis, keys, tokenHash);
  const tickets = createTestTickets({
    redis,
    subscriber,
    keys,
    now,
    store: parts.tickets ?? recordsBeside(`${server.url} ${prefix}`).tickets,
  });
  const store = createConversationStore(redis, keys, { leaseMs: 60_000, keepDeltasSeconds: 60 });
  const published: Message[] = [];
  const conversations = createAgentConversations(store, (_conversationId, event) => {
    if (event.type === 'message') published.push(event.message);
  });
  const cookie = createSessionCookie(parts.publicHttps ?? false);
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
  const isOwnOrigin = (given: string) => given === origin;
  const namespace = createConsoleNamespace(io, {
    agents,
    cookie,
    isOwnOrigin,
    tickets,
    presence: createPresence(redis, keys, 5000),
    onAgentTyping: (conversationId, on) => void typed.push({ conversationId, on }),
    onAgentsChange: () => {},
    log: silentLog,
    ...(parts.tickMs === undefined ? {} : { tickMs: parts.tickMs }),
  });
  const objective = { withinMs: 400, share: 0.95 };
  const felt = createFeltTtft(
    { redis, keys, log: silentLog, objective, now },
    { flushMs: 60_000, maxWaiting: 100, keepDays: 30 },
  );
  const killSwitch = createKillSwitch(redis, keys, silentLog, 60_000);
  const deadLetters: DeadLetter[] = [];
  const readMarks = createReadMarks(redis, keys);
  const preChat = createPreChatStore(redis, keys);
  const { knowledge: knowledgeStore, gaps } = createMemoryRecords();
  const siteIds = () => ['acme', 'other'];
  const articles = createArticleStore(redis, keys);
  const knowledge = createSiteKnowledge(articles, siteIds, [], createIndexBuilder(), silentLog, 100);
  const sources = openSources({ store: knowledgeStore, articles, siteIds, privateHosts: [], log: silentLog });
  const api = createApi({
    knowledgeOf: knowledge.of,
    knowledgeStore,
    knowledgeAdmin: sources.admin,
    importer: sources.importer,
    publishArticles: sources.publish,
    gaps,
    modelStatus: () => ({ state: 'ok', alarms: [], checks: [] }),
    sites: new Map([
      ['acme', { name: 'Acme' }],
      ['other', { name: 'Other' }],
    ]),
    felt,
    visits: createVisits({ redis, keys, log: silentLog, now }, 30),
    reports: createReports(redis, keys),
    budgets: { degradeAt: 0.8, typingBudgetShare: 0.3, stopped: false, sites: {}, ...parts.budgets },
    killSwitch,
    deadLetters: async (limit) => deadLetters.slice(0, limit),
    now,
    agents,
    apiTokens,
    cookie,
    isOwnOrigin,
    mode: 'demo',
    outsideLimits: [],
    speculates: true,
    models: ['deepseek-v4-pro', 'our-own'],
    onSignOut: namespace.endSession,
    tickets,
    store,
    readMarks,
    preChat,
    archive: parts.archive ?? createMemoryConversationArchive(),
    sendReply: createReplySender({ permits: createReplyPermits(redis, keys), tickets, conversations }),
    log: silentLog,
  });
  app.use('/api/v1', api);

  const openPage = () => createPage(`${origin}/api/v1`, origin);
  return {
    url: `${origin}/api/v1`,
    origin,
    api,
    prefix,
    redis,
    keys,
    agents,
    apiTokens,
    tickets,
    namespace,
    readMarks,
    preChat,
    felt,
    killSwitch,
    deadLetters,
    gaps,
    checked: () => checked,
    published,
    typed,
    openPage,
    async signIn(email = EMAIL, role = 'agent') {
      await agents.add({ email, name: email.split('@')[0] ?? email, password: PASSWORD, role });
      const page = openPage();
      const { status } = await page.request('POST', '/session', { email, password: PASSWORD });
      if (status !== 200) throw new Error(`Signing in failed with status ${status}.`);
      return page;
    },
    async openTicket() {
      const conversationId = randomUUID();
      const sent = { siteId: 'acme', visitorId: 'v', id: randomUUID(), text: 'Where is my lamp?', at: now() };
      await store.append({ ...sent, conversationId, turnId: randomUUID() });
      const { ticket } = await tickets.openNow({
        siteId: 'acme',
        conversationId,
        openedBy: 'assistant',
        reason: 'complex',
        urgency: 'normal',
        firstLine: sent.text,
        waitingSince: now(),
        verdict: { handling: 'complex', reasons: ['model'] },
        idempotencyKey: randomUUID(),
        analyse: false,
      });
      return ticket;
    },
    async close() {
      await sources.importer.close();
      knowledge.close();
      killSwitch.close();
      await felt.close();
      await namespace.close();
      await io.close();
      for (const connection of [events, subscriber]) connection.disconnect();
    },
  };
}
