/** The console's backend on a real port: REST, console socket and tickets over one Redis. */
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { type Agents, createAgents } from '@firstword/server/agents/agents';
import { type ApiTokens, createApiTokens } from '@firstword/server/agents/api-tokens';
import { DEVICE_DAYS } from '@firstword/server/agents/known-devices';
import { createPasswords, type Passwords } from '@firstword/server/agents/passwords';
import { createDeviceCookie, createSessionCookie } from '@firstword/server/agents/session-cookie';
import { createArticleProposals } from '@firstword/server/article-proposals';
import { defaultConfig } from '@firstword/server/config';
import { schemaTree } from '@firstword/server/config-json-schema';
import { siteSettingsSchema } from '@firstword/server/config-schema';
import { createConfiguredSites, createSettingSecrets } from '@firstword/server/configured-sites';
import { createReplySender } from '@firstword/server/conversation/reply-sender';
import type { FeedConsumer } from '@firstword/server/feed/feed-consumer';
import { createFeedStatus } from '@firstword/server/feed/feed-status';
import { createSetAsideEvents } from '@firstword/server/feed/set-aside-events';
import { createApi } from '@firstword/server/http/api';
import { createReadRecorder } from '@firstword/server/http/read-recorder';
import { createArticleStore } from '@firstword/server/knowledge/article-store';
import { createIndexBuilder } from '@firstword/server/knowledge/index-builder';
import { createSiteKnowledge } from '@firstword/server/knowledge/site-knowledge';
import type { BudgetSettings } from '@firstword/server/ledger/budgets';
import { createFeltTtft, type FeltTtft } from '@firstword/server/ledger/felt-ttft';
import { createKillSwitch, type KillSwitch } from '@firstword/server/ledger/kill-switch';
import { createReports } from '@firstword/server/ledger/reports';
import { createUsageTransfer, type UsageTransfer } from '@firstword/server/ledger/usage-transfer';
import { createVisits } from '@firstword/server/ledger/visits';
import { createClientAddress } from '@firstword/server/lib/client-address';
import { connectRedis, type Redis } from '@firstword/server/lib/redis';
import { createTokenHash } from '@firstword/server/lib/tokens';
import { hidePersonalData } from '@firstword/server/masking/mask-policy';
import { type ConsoleNamespace, createConsoleNamespace } from '@firstword/server/realtime/console-namespace';
import { attachSocketServer, createSocketServer } from '@firstword/server/realtime/socket-server';
import type { AuditLog } from '@firstword/server/records/audit-log';
import type { GapStore } from '@firstword/server/records/gap-store';
import type { Records } from '@firstword/server/records/records';
import { createSiteAdmin } from '@firstword/server/settings/site-admin';
import { createGuidanceAdmin } from '@firstword/server/sources/guidance-admin';
import { openSources } from '@firstword/server/sources/open-sources';
import { createPresence } from '@firstword/server/store/agent-presence';
import { createAgentSessionStore } from '@firstword/server/store/agent-session-store';
import { createConversationStore } from '@firstword/server/store/conversation-store';
import { createRedisKeys, type RedisKeys } from '@firstword/server/store/keys';
import { createOpenVisits } from '@firstword/server/store/open-visits';
import { createPreChatStore, type PreChatStore } from '@firstword/server/store/pre-chat-store';
import { createGuidancePublication } from '@firstword/server/store/publication';
import { createReadMarks, type ReadMarks } from '@firstword/server/store/read-marks';
import { createReplyPermits } from '@firstword/server/store/reply-permits';
import { createSessionStore, type SessionStore } from '@firstword/server/store/session-store';
import { createSignInLimits } from '@firstword/server/store/sign-in-limits';
import { createSpendCounters } from '@firstword/server/store/spend-counters';
import { createStopList } from '@firstword/server/store/stop-list';
import { createUsageQueue } from '@firstword/server/store/usage-queue';
import { createVisitorProfiles } from '@firstword/server/store/visitor-profiles';
import type { DeadLetter } from '@firstword/server/tickets/analysis-queue';
import { createVisitorData } from '@firstword/server/visitor-data';
import { createAccountability } from '@firstword/server/web-accountability';
import type { Webhooks } from '@firstword/server/webhooks/webhooks';
import type { AgentRole } from '@firstword/shared/permissions';
import type { Ticket } from '@firstword/shared/ticket';
import type { Message } from '@firstword/shared/wire';
import express, { type Router } from 'express';
import { createAgentConversations } from './agent-conversations.ts';
import { createPage, type Page } from './console-page.ts';
import { listenLocally } from './listen-locally.ts';
import type { RedisServer } from './redis-server.ts';
import { silentLog } from './silent-log.ts';
import { recordsBeside } from './test-records.ts';
import { createTestTickets, type TestTickets } from './test-tickets.ts';

export const EMAIL = 'agent@shop.example';
export const PASSWORD = 'a long enough password';
const SITES = new Map([
  ['acme', { name: 'Acme' }],
  ['other', { name: 'Other' }],
]);
const APP_SECRET = 'a secret of this server';
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
  readonly records: Records;
  readonly agents: Agents;
  readonly apiTokens: ApiTokens;
  readonly auditLog: AuditLog;
  readonly webhooks: Webhooks;
  readonly tickets: TestTickets;
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
  readonly typed: { conversationId: string; on: boolean }[];
  /** A browser without cookies. */
  openPage(): Page;
  /** The browser of an agent who is signed in. */
  signIn(email?: string, role?: AgentRole, sites?: readonly string[]): Promise<Page>;
  /** Opens a ticket for a visitor who has sent one message. */
  openTicket(siteId?: string): Promise<Ticket>;
  close(): Promise<void>;
}

export async function startConsoleServer(
  server: RedisServer,
  parts: {
    prefix?: string;
    publicHttps?: boolean;
    requireSecondFactor?: boolean;
    now?: () => number;
    passwords?: Passwords;
    tickMs?: number;
    budgets?: Partial<BudgetSettings>;
    records?: Partial<Records>;
    feedConsumers?: readonly FeedConsumer[];
    sites?: ReadonlyMap<string, { readonly name: string }>;
    /** What a model drafts as an article. */
    draft?: string;
    /** Where webhooks may reach private addresses. */
    privateHosts?: readonly string[];
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
    verify(password, stored, sender) {
      checked += 1;
      return lowCost.verify(password, stored, sender);
    },
  };
  const times = { idleSeconds: 12 * 3600, absoluteSeconds: 7 * 24 * 3600 };
  const tokenHash = createTokenHash(APP_SECRET);
  const records = { ...recordsBeside(`${server.url} ${prefix}`), ...parts.records };
  const apiTokens = createApiTokens(records.apiTokens, tokenHash);
  const agents = createAgents({
    accounts: records.accounts,
    identities: records.identities,
    apiTokens,
    sessions: createAgentSessionStore(redis, keys),
    limits: createSignInLimits(redis, keys.signInLimits(), tokenHash),
    tokenHash,
    passwords,
    times,
    now,
    ...(parts.requireSecondFactor === undefined ? {} : { requireSecondFactor: parts.requireSecondFactor }),
  });
  const { auditLog, webhooks } = createAccountability({
    records,
    appSecret: APP_SECRET,
    privateHosts: parts.privateHosts ?? [],
    log: silentLog,
  });
  const visitorSessions = createSessionStore(redis, keys, tokenHash, { idleSeconds: 60, absoluteSeconds: 600 });
  const tickets = createTestTickets({ redis, subscriber, keys, now, store: records.tickets });
  const store = createConversationStore(redis, keys, { leaseMs: 60_000, keepDeltasSeconds: 60 });
  const published: Message[] = [];
  const edited: number[] = [];
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
  const presence = createPresence(redis, keys, 5000);
  const namespace = createConsoleNamespace(io, {
    agents,
    cookie,
    isOwnOrigin,
    tickets,
    presence,
    onWatch: createReadRecorder(auditLog, createClientAddress(false)),
    onAgentTyping: (conversationId, on) => void typed.push({ conversationId, on }),
    onAgentsChange: () => {},
    log: silentLog,
    ...(parts.tickMs === undefined ? {} : { tickMs: parts.tickMs }),
  });
  const objective = { withinMs: 400, share: 0.95 };
  const { usage } = records;
  const queue = createUsageQueue(redis, keys);
  // Moves records on request.
  const transfer = createUsageTransfer(
    { queue, usage, log: silentLog },
    { everyMs: 600_000, keepDays: 400, keepCallsMs: () => ({ sites: {}, others: undefined }) },
  );
  const counters = createSpendCounters(redis, keys);
  const felt = createFeltTtft({ queue, usage, log: silentLog, objective, now }, { flushMs: 60_000, maxWaiting: 100 });
  const killSwitch = createKillSwitch(createStopList(redis, keys), silentLog, 60_000);
  const deadLetters: DeadLetter[] = [];
  const readMarks = createReadMarks(redis, keys);
  const preChat = createPreChatStore(redis, keys);
  const { knowledge: knowledgeStore, gaps } = records;
  const { sites = SITES } = parts;
  const siteIds = () => [...sites.keys()];
  const articles = createArticleStore(redis, keys);
  const knowledge = createSiteKnowledge(articles, siteIds, { articles: [] }, createIndexBuilder(), silentLog, 100);
  const sources = openSources({ store: knowledgeStore, articles, siteIds, privateHosts: [], log: silentLog });
  const live = createConfiguredSites({ ...defaultConfig(), sites: [], appSecret: APP_SECRET, log: silentLog });
  const secrets = createSettingSecrets(APP_SECRET);
  const api = createApi({
    siteAdmin: createSiteAdmin({
      store: records.settings,
      live,
      check: defaultConfig().checkSite,
      secrets,
      fileName: 'firstword.config.json',
      publish: async () => {},
    }),
    siteSettingsSchema: schemaTree(siteSettingsSchema),
    publicUrl: undefined,
    loader: async () => undefined,
    addressOf: createClientAddress(false),
    knowledgeOf: knowledge.of,
    knowledgeStore,
    knowledgeAdmin: sources.admin,
    importer: sources.importer,
    publishArticles: sources.publish,
    gaps,
    guidance: createGuidanceAdmin({
      store: records.guidance,
      publication: createGuidancePublication(redis, keys),
      log: silentLog,
    }),
    previewAnswer: async (_siteId, { tone }, question) => ({
      answer: `${tone}: ${question}`,
      coverage: 'covered',
      handsOff: false,
      sources: [],
      unsupported: [],
    }),
    cases: records.cases,
    hidePersonalData,
    proposals: createArticleProposals({
      store: records.proposals,
      gaps,
      archive: records.archive,
      knowledgeOf: knowledge.of,
      siteName: () => 'Acme',
      articles: sources.admin,
      ask: async () => parts.draft ?? '',
      hidePersonalData,
      log: silentLog,
    }),
    modelStatus: () => ({ state: 'ok', alarms: [], checks: [] }),
    sites,
    felt,
    visits: createVisits({ open: createOpenVisits(redis, keys), usage, log: silentLog, now }),
    reports: createReports(usage),
    spentOn: (siteId, day) => counters.read(keys.ledgerDay(siteId, day)),
    budgets: {
      degradeAt: 0.8,
      typingBudgetShare: 0.3,
      addressShare: 0.25,
      stopped: false,
      sites: {},
      ...parts.budgets,
    },
    killSwitch,
    deadLetters: async (limit) => deadLetters.slice(0, limit),
    now,
    agents,
    apiTokens,
    auditLog,
    webhooks,
    cookie,
    deviceCookie: createDeviceCookie(parts.publicHttps ?? false, DEVICE_DAYS),
    isOwnOrigin,
    signInOptions: { password: true },
    mode: 'demo',
    outsideLimits: [],
    speculates: true,
    models: ['deepseek-v4-pro', 'our-own'],
    onSignOut: namespace.endSession,
    async setStatus(agentId, status) {
      await presence.setStatus(agentId, status);
      await namespace.publishStatuses();
    },
    tickets,
    store,
    readMarks,
    preChat,
    profiles: createVisitorProfiles(redis, keys),
    replyAddressOf: async () => undefined,
    sessions: visitorSessions,
    endSession: visitorSessions.end,
    preferences: records.preferences,
    views: records.views,
    archive: records.archive,
    visitorData: createVisitorData({
      redis,
      keys,
      records,
      files: { erase: async () => 0 },
      tokenHash,
      log: silentLog,
    }),
    quality: records.quality,
    cannedReplies: records.cannedReplies,
    replyDrafts: records.replyDrafts,
    writingHelp: async () => 'stopped',
    feed: {
      ...createFeedStatus(redis, keys),
      setAside: createSetAsideEvents(redis, keys, parts.feedConsumers ?? []),
    },
    sendReply: createReplySender({
      permits: createReplyPermits(redis, keys),
      tickets,
      conversations,
      onEdited: (_ticket, share) => void edited.push(share),
    }),
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
    records,
    agents,
    apiTokens,
    auditLog,
    webhooks,
    tickets,
    namespace,
    readMarks,
    preChat,
    visitorSessions,
    felt,
    killSwitch,
    transfer,
    deadLetters,
    gaps,
    checked: () => checked,
    published,
    edited,
    typed,
    openPage,
    async signIn(email = EMAIL, role = 'agent', sites) {
      const access = { role, ...(sites === undefined ? {} : { sites }) };
      await agents.add({ email, name: email.split('@')[0] ?? email, password: PASSWORD, ...access });
      const page = openPage();
      const { status } = await page.request('POST', '/session', { email, password: PASSWORD });
      if (status !== 200) throw new Error(`Signing in failed with status ${status}.`);
      return page;
    },
    async openTicket(siteId = 'acme') {
      const conversationId = randomUUID();
      const sent = { siteId, visitorId: 'v', id: randomUUID(), text: 'Where is my lamp?', at: now() };
      await store.append({ ...sent, conversationId, turnId: randomUUID() });
      const { ticket } = await tickets.openNow({
        siteId,
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
      await transfer.close();
      await auditLog.close();
      await webhooks.close();
      await namespace.close();
      await io.close();
      for (const connection of [events, subscriber]) connection.disconnect();
    },
  };
}
