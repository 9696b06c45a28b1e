/** Builds the web process: every part in the order data flows, and the way to end them again. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Site } from '@firstword/shared/site';
import { Router } from 'express';
import type { Redis } from 'ioredis';
import { createAgentConsole } from './agent-console.ts';
import { createAnswerCache } from './conversation/answer-cache.ts';
import { createConversations } from './conversation/conversations.ts';
import { createHandOff } from './conversation/hand-off.ts';
import { createTurnRunner } from './conversation/turn.ts';
import { createAssets } from './http/assets.ts';
import { createFiles } from './http/files.ts';
import { createHealth } from './http/health.ts';
import { createOpenConnections } from './http/open-connections.ts';
import { createHttpApp } from './http/web-app.ts';
import { createArticleStore } from './knowledge/article-store.ts';
import { createSiteKnowledge } from './knowledge/site-knowledge.ts';
import { createMailer } from './lib/mail.ts';
import { createMetrics } from './lib/metrics.ts';
import { connectRedis } from './lib/redis.ts';
import { readDurability } from './lib/redis-durability.ts';
import { createTokenHash } from './lib/tokens.ts';
import { startMaintenance } from './maintenance.ts';
import { createModelAccess } from './model-access.ts';
import { createAdmission } from './realtime/admission.ts';
import { createConcurrencyLimit } from './realtime/concurrency-limit.ts';
import { createIdentityCheck } from './realtime/identity.ts';
import { createLoadMonitor } from './realtime/load-monitor.ts';
import { createMemoryWatch } from './realtime/memory-watch.ts';
import { createOriginCheck } from './realtime/origin-check.ts';
import { createLoopProbe, createReadThrottle, READ_THROTTLE_SETTINGS } from './realtime/read-throttle.ts';
import { createSocketServer } from './realtime/socket-server.ts';
import { createWidgetNamespace } from './realtime/widget-namespace.ts';
import { regionOf } from './routing/region.ts';
import { createConversationStore } from './store/conversation-store.ts';
import { createFileStore } from './store/file-store.ts';
import { createRedisKeys } from './store/keys.ts';
import { createPreChatStore } from './store/pre-chat-store.ts';
import { createReadMarks } from './store/read-marks.ts';
import { createReplicatedStore } from './store/replicated-store.ts';
import { createSessionStore } from './store/session-store.ts';
import { createAnalysisQueue } from './tickets/analysis-queue.ts';
import { createTickets } from './tickets/tickets.ts';
import { createHandOffRules } from './triage/hand-off-rules.ts';
import { createTriage } from './triage/triage.ts';
import { createUsageTracking } from './usage-tracking.ts';
import type { WebApp, WebAppSettings } from './web-settings.ts';

const SESSION_IDLE_SECONDS = 24 * 60 * 60;
const LEASE_MS = 5000;
/** So far a turn's log may lag what its viewers see: that much is lost of an answer whose process dies. */
const LOG_MS = 100;
/** The same in a busy process: each write costs it about as much as a send. */
const BUSY_LOG_MS = 250;
const FILES_MAX = 20;
const FILES_GRACE_MS = 24 * 3_600_000;
/** A file over a slow phone takes its time. */
const UPLOAD_MS = 120_000;
const REQUEST_MS = 15_000;
const UNWATCHED_MS = 60_000;
const KEEP_DELTAS_SECONDS = 10 * 60;
const DRAIN_SPREAD_MS = 5000;
/** Within the 30 s that a process manager usually gives before it kills. */
const FINISH_TURNS_MS = 25_000;
/** What is asked over HTTP by then, such as a page of the console, is answered in far less. */
const LAST_REQUESTS_MS = 2000;
/** Beyond the 60 s of common proxies, so that they never reuse a connection that we are closing. */
const KEEP_ALIVE_MS = 75_000;
const NO_CACHE = { ttlSeconds: 0, entries: 1 };
/** Headers in which common proxies and networks name the visitor's country. */
const COUNTRY_HEADERS = ['cf-ipcountry', 'cloudfront-viewer-country', 'x-vercel-ip-country', 'x-country-code'];

export async function startWebApp(settings: WebAppSettings): Promise<WebApp> {
  const { log, redisUrl, redisReplicas = 0, limits, routing, models } = settings;
  const keys = createRedisKeys(settings.redisPrefix);
  const redis = await connectRedis(redisUrl, 'commands', log);
  // What no visitor waits for has a connection of its own: one answers its commands in order.
  const background = await connectRedis(redisUrl, 'commands', log);
  const publisher = await connectRedis(redisUrl, 'commands', log);
  const subscriber = await connectRedis(redisUrl, 'waiting', log);

  const metrics = createMetrics();
  const books = await createUsageTracking({
    redis: background,
    keys,
    models,
    budgets: settings.budgets,
    objective: settings.objective,
    metrics,
    log,
  });
  const { answerCache = NO_CACHE } = routing;
  const pacer = createReadThrottle({ ...READ_THROTTLE_SETTINGS, utilisation: createLoopProbe() });
  const modelAccess = await createModelAccess({ redis, keys, onCall: books.book, throttling: pacer, log }, settings);
  const { gateway, router } = modelAccess;
  const sites = new Map<string, Site>(); // filled once the port, and with it our own origins, are known
  const articleStore = createArticleStore(redis, keys);
  const knowledge = createSiteKnowledge(articleStore, () => [...sites.keys()], settings.articles, log);
  const storeOn = (connection: Redis) =>
    createConversationStore(connection, keys, { leaseMs: LEASE_MS, keepDeltasSeconds: KEEP_DELTAS_SECONDS });
  const writer = redisReplicas > 0 ? await connectRedis(redisUrl, 'confirmed', log) : undefined;
  const store = writer
    ? createReplicatedStore(storeOn(redis), storeOn(writer), { writer, replicas: redisReplicas })
    : storeOn(redis);
  const readMarks = createReadMarks(background, keys);
  const preChat = createPreChatStore(background, keys);
  const tokenHash = createTokenHash(settings.appSecret);
  const sessions = createSessionStore(redis, keys, tokenHash, SESSION_IDLE_SECONDS);
  const triage = createTriage(gateway, (error) => log.warn({ reason: String(error) }, 'no verdict'));
  const queue = createAnalysisQueue(background, keys.queuePrefix());
  const ticketNews = await connectRedis(redisUrl, 'waiting', log);
  const tickets = createTickets({ redis: background, subscriber: ticketNews, keys, queue, log });
  const handOff = createHandOff(tickets, store, preChat, Date.now);
  const cache = createAnswerCache({ ttlMs: answerCache.ttlSeconds * 1000, entries: answerCache.entries });
  const runTurn = createTurnRunner(
    {
      gateway,
      triage,
      router,
      rules: createHandOffRules(),
      knowledgeOf: knowledge.of,
      store,
      handOff,
      cache,
      ...books,
      log,
    },
    {
      mode: routing.mode,
      holdCapMs: routing.holdCapMs,
      renewMs: LEASE_MS / 3,
      endAttempts: 10,
      logEveryMs: () => (pacer.busy() ? BUSY_LOG_MS : LOG_MS),
    },
  );
  const conversations = createConversations({
    store,
    runTurn,
    handOff,
    siteOf: (siteId) => sites.get(siteId),
    visitorSpoke: (conversationId, seq) =>
      void tickets
        .visitorSpoke(conversationId, seq)
        .catch((error: unknown) => log.warn({ reason: String(error) }, 'a ticket did not hear of a message')),
  });

  const health = createHealth(
    {
      redis: async () => void (await redis.ping()),
      knowledge: async () => {
        for (const siteId of sites.keys())
          if (knowledge.of(siteId).size.passages === 0)
            throw new Error(`the site "${siteId}" has no help articles to answer from`);
      },
    },
    async () => (await readDurability(background)).warnings,
  );
  const files = Router(); // like the next one
  const api = Router(); // filled once the port, and with it our own origin, is known
  const app = createHttpApp({
    api,
    files,
    assets: createAssets(settings.folders),
    health: health.router,
    metrics: metrics.registry,
    pages: settings.pages,
    trustProxy: settings.trustProxy,
    bodyMs: REQUEST_MS,
    log,
  });
  const http = createServer(
    {
      connectionsCheckingInterval: 1000,
      headersTimeout: 10_000,
      requestTimeout: REQUEST_MS,
      keepAliveTimeout: KEEP_ALIVE_MS,
    },
    app,
  );
  const connections = createOpenConnections(http);
  const io = createSocketServer(
    http,
    { publisher, subscriber },
    { allowPolling: false, channelPrefix: keys.socketChannels() },
  );
  await listen(http, settings.host, settings.port);
  const { port } = http.address() as AddressInfo;

  const ownOrigins = [
    `http://localhost:${port}`,
    `http://127.0.0.1:${port}`,
    ...(settings.publicUrl ? [new URL(settings.publicUrl).origin] : []),
  ];
  for (const site of settings.sites(ownOrigins)) sites.set(site.id, site);
  await knowledge.refresh();
  if ([...sites.values()].some(({ uploads }) => uploads !== undefined)) http.requestTimeout = UPLOAD_MS;
  const { loopLagMs = Number.POSITIVE_INFINITY, redisMs = Number.POSITIVE_INFINITY } = limits;
  const turnLimit = createConcurrencyLimit(conversations.running);
  const memory = createMemoryWatch();
  const strain = createLoadMonitor({
    loopLagMs,
    redisMs,
    utilisation: createLoopProbe(),
    askRedis: () => redis.ping(),
    onSample: turnLimit.adjust,
  });
  const admission = createAdmission(
    { ...limits, eventsPerMinute: 600, filesPerMinute: 10 },
    { running: conversations.running, turnLimit, memory, onBusy: (why) => metrics.busy.inc({ why }) },
  );
  const origins = createOriginCheck();
  const widget = createWidgetNamespace(io, {
    sites,
    sessions,
    conversations,
    busy: pacer.busy,
    admission,
    origins,
    identity: createIdentityCheck(sessions.useOnce),
    regionOf: (headers, timeZone) => {
      const country =
        settings.trustProxy === false ? undefined : COUNTRY_HEADERS.map((name) => headers[name]).find(Boolean);
      return regionOf({ country: typeof country === 'string' ? country : undefined, timeZone }, routing.defaultRegion);
    },
    metrics,
    mode: settings.mode,
    unwatchedMs: settings.unwatchedMs ?? UNWATCHED_MS,
    onConnect: (owner) => void books.budgets.prepare(owner),
    onFirstTokenSeen: books.feltTurns.seen,
    onRated: (conversationId, turnId, value) => books.visits.note(conversationId, { type: 'rated', turnId, value }),
    onRatingStored: (conversationId) =>
      void tickets
        .tellAgents(conversationId)
        .catch((error: unknown) => log.warn({ reason: String(error) }, 'agents did not hear of a rating')),
    onMessage: (conversationId, message) => desk.publishMessage(conversationId, message),
    onVisitorTyping: (conversationId, on) => desk.publishTyping(conversationId, on),
    preChat,
    readMarks,
    onRead: (conversationId, seq) => desk.publishRead(conversationId, seq),
    async setEmail(conversationId, email) {
      const ticket = await tickets.ofConversation(conversationId);
      return ticket !== undefined && (await tickets.setEmail(ticket.id, email)) !== undefined;
    },
    log,
  });
  const mailer = createMailer({ ...settings.mail, log });
  const desk = createAgentConsole({
    io,
    redis,
    keys,
    tokenHash,
    tickets,
    deadLetters: queue.deadLetters,
    books,
    budgets: settings.budgets,
    conversations,
    store,
    preChat,
    readMarks,
    widget,
    sites,
    ownOrigins,
    publicHttps: settings.publicUrl?.startsWith('https:') ?? false,
    mode: settings.mode,
    models,
    mailer,
    onResolved: (conversationId) => books.visits.note(conversationId, { type: 'resolved' }),
    log,
  });
  api.use(desk.api);
  const fileStore = createFileStore(background, keys, {
    folder: join(settings.dataDir, 'files'),
    filesMax: FILES_MAX,
    graceMs: FILES_GRACE_MS,
  });
  files.use(
    createFiles({
      sites,
      sessions,
      files: fileStore,
      allows: origins.allows,
      admit: admission.admitFile,
      isAgent: desk.isAgent,
      find: ({ conversationId }, id) => conversations.findSent(conversationId, id),
      async tell({ conversationId, visitorId, identified }, site, sent) {
        const sender = {
          conversationId,
          visitorId,
          site,
          identified,
          region: routing.defaultRegion,
          locale: site.locale,
        };
        const { isNew, message } = await conversations.sendFile(sender, sent);
        if (isNew) widget.publish(conversationId, { type: 'message', message });
        return message;
      },
      log,
    }),
  );
  const upkeep = await startMaintenance({
    redis,
    background,
    keys,
    conversations,
    widget,
    tickets,
    files: fileStore,
    sites,
    log,
  });

  return {
    port,
    firstRun: desk.firstRun,
    async close() {
      health.leave();
      widget.drain(DRAIN_SPREAD_MS);
      await upkeep.stop();
      knowledge.close();
      // Until then those who were told to go may still talk here, so that they do not all come back at once.
      await Promise.all([widget.emptied(DRAIN_SPREAD_MS), conversations.finish(FINISH_TURNS_MS)]);
      await desk.close();
      pacer.stop();
      strain.stop();
      memory.stop();
      await connections.closeWithin(LAST_REQUESTS_MS, () => io.close());
      await conversations.finish(0); // what was asked between the two
      widget.close();
      mailer?.close();
      await queue.close();
      await modelAccess.close();
      await books.close();
      for (const connection of [background, ticketNews, subscriber, publisher, writer, redis]) connection?.disconnect();
    },
  };
}

function listen(http: ReturnType<typeof createServer>, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    http.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'EADDRINUSE'
          ? new Error(`PORT: was ${port}; it is in use, so choose another or 0 for any free one`)
          : error,
      ),
    );
    http.listen(port, host, resolve);
  });
}
