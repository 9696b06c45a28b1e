/** Builds what clients connect to: the HTTP server with its routes, and the two Socket.IO namespaces. It listens last. */
import { createServer } from 'node:http';
import { join } from 'node:path';
import type { Site } from '@firstword/shared/site';
import { Router } from 'express';
import { createAgentConsole } from './agent-console.ts';
import { createHandOffCancel } from './conversation/hand-off-cancel.ts';
import { createAssets } from './http/assets.ts';
import { basePathOf, removeBasePath } from './http/base-path.ts';
import { createOpenConnections } from './http/open-connections.ts';
import { createPreviewPage } from './http/preview-page.ts';
import { createHttpApp } from './http/web-app.ts';
import { listen } from './lib/listen.ts';
import type { Metrics } from './lib/metrics.ts';
import { portOf } from './lib/port-of.ts';
import type { TokenHash } from './lib/tokens.ts';
import { createAdmission } from './realtime/admission.ts';
import { createConcurrencyLimit } from './realtime/concurrency-limit.ts';
import { createIdentityCheck } from './realtime/identity.ts';
import { createLoadMonitor } from './realtime/load-monitor.ts';
import { createMemoryWatch } from './realtime/memory-watch.ts';
import { createOriginCheck } from './realtime/origin-check.ts';
import { forwardPolls } from './realtime/poll-forwarding.ts';
import { createLoopProbe } from './realtime/read-throttle.ts';
import { createSocketServer } from './realtime/socket-server.ts';
import { createWidgetNamespace } from './realtime/widget-namespace.ts';
import type { Records } from './records/records.ts';
import { countryOf, regionOf } from './routing/region.ts';
import type { Sources } from './sources/open-sources.ts';
import { createAssetArchive } from './store/asset-archive.ts';
import type { RedisKeys } from './store/keys.ts';
import { createWithdrawalFinder } from './triage/withdrawal.ts';
import type { WebChat } from './web-chat.ts';
import type { WebConnections } from './web-connections.ts';
import { createWebFiles } from './web-files.ts';
import { createWebHealth } from './web-health.ts';
import { createWebModelApi } from './web-model-api.ts';
import type { WebAppSettings } from './web-settings.ts';

/** Long enough for a large file over a slow mobile connection. */
const UPLOAD_MS = 120_000;
const REQUEST_MS = 15_000;
const UNWATCHED_MS = 60_000;
/** For requests still open at the end, such as a console page; they normally take far less. */
const LAST_REQUESTS_MS = 2000;
/** Longer than the 60 s of common proxies, so that none reuses a connection that we are closing. */
const KEEP_ALIVE_MS = 75_000;

export interface WebFrontParts {
  readonly connections: WebConnections;
  readonly keys: RedisKeys;
  readonly sites: ReadonlyMap<string, Site>;
  /** Read for each request: with `PORT=0` it is complete only once the server listens. */
  readonly ownOrigins: readonly string[];
  readonly chat: WebChat;
  readonly records: Records;
  readonly sources: Sources;
  readonly metrics: Metrics;
  readonly tokenHash: TokenHash;
}

export type WebFront = ReturnType<typeof createWebFront>;

export function createWebFront(parts: WebFrontParts, settings: WebAppSettings) {
  const { sites, keys, chat, metrics, tokenHash, ownOrigins } = parts;
  const { log, limits, routing, models } = settings;
  const { redis, background, publisher, subscriber } = parts.connections;
  const { conversations, sessions, tickets, usage, preChat, readMarks, store } = chat;

  const health = createWebHealth(parts);
  const assetArchive = createAssetArchive(background, keys);
  // Filled below: the routes need the namespaces, which need the HTTP server, which needs its app.
  const filesRoute = Router();
  const api = Router();
  const pages = settings.pages ?? Router();
  const app = createHttpApp({
    api,
    modelApi: createWebModelApi(parts, settings),
    files: filesRoute,
    assets: createAssets(settings.folders, assetArchive),
    health: health.router,
    metrics: metrics.registry,
    pages,
    trustProxy: settings.trustProxy,
    bodyMs: REQUEST_MS,
    log,
  });
  const http = createServer(
    {
      connectionsCheckingInterval: 1000,
      headersTimeout: 10_000,
      requestTimeout: UPLOAD_MS, // all but uploads have less time: `http/web-app.ts`
      keepAliveTimeout: KEEP_ALIVE_MS,
    },
    app,
  );
  const openConnections = createOpenConnections(http);
  const io = createSocketServer(
    http,
    { publisher, subscriber },
    { allowPolling: settings.longPolling, channelPrefix: keys.socketChannels() },
  );
  removeBasePath(http, basePathOf(settings.publicUrl));

  const { loopLagMs, redisMs } = limits;
  const turnLimit = createConcurrencyLimit(conversations.running);
  const memory = createMemoryWatch();
  const loadMonitor = createLoadMonitor({
    loopLagMs,
    redisMs,
    utilisation: createLoopProbe(),
    askRedis: () => redis.ping(),
    onSample: turnLimit.adjust,
  });
  const admission = createAdmission(
    { ...limits, eventsPerMinute: 600, filesPerMinute: 10, draftsPerMinute: 60 },
    {
      running: conversations.running,
      drafts: conversations.drafts.waiting,
      turnLimit,
      memory,
      onBusy: (why) => metrics.busy.inc({ why }),
    },
  );
  const origins = createOriginCheck(ownOrigins);
  const widget = createWidgetNamespace(io, {
    sites,
    sessions,
    conversations,
    busy: chat.throttle.busy,
    admission,
    origins,
    identity: createIdentityCheck(sessions.useOnce),
    regionOf: (headers, timeZone) => {
      const country = settings.trustProxy === false ? undefined : countryOf(headers);
      return regionOf({ country, timeZone }, routing.defaultRegion, routing.regions);
    },
    metrics,
    mode: settings.mode,
    mail: settings.mail.smtpUrl !== undefined,
    unwatchedMs: settings.unwatchedMs ?? UNWATCHED_MS,
    onConnect: (owner) => void usage.budgets.prepare(owner),
    onFirstTokenSeen: usage.feltTurns.seen,
    onRated: (conversationId, turnId, value) => usage.visits.note(conversationId, { type: 'rated', turnId, value }),
    onVisitorTyping: (conversationId, on) => agentConsole.publishTyping(conversationId, on),
    preChat,
    readMarks,
    async setEmail(conversationId, email) {
      const ticket = await tickets.ofConversation(conversationId);
      return ticket !== undefined && (await tickets.setEmail(ticket.id, email)) !== undefined;
    },
    agentOf: (conversationId) => agentConsole.agentOf(conversationId),
    findWithdrawal: createWithdrawalFinder(),
    cancelHandOff: createHandOffCancel({
      tickets,
      sites,
      isConnected: (agentId) => agentConsole.isConnected(agentId),
      now: Date.now,
    }),
    log,
  });
  const agentConsole = createAgentConsole({
    io,
    redis,
    keys,
    tokenHash,
    tickets,
    deadLetters: chat.queue.deadLetters,
    usage: usage,
    budgets: settings.budgets,
    conversations,
    store,
    preChat,
    readMarks,
    archive: parts.records.archive,
    knowledge: {
      knowledgeOf: chat.knowledge.of,
      knowledgeStore: parts.records.knowledge,
      knowledgeAdmin: parts.sources.admin,
      importer: parts.sources.importer,
      publishArticles: parts.sources.publish,
      gaps: parts.records.gaps,
    },
    widget,
    sites,
    ownOrigins,
    publicHttps: settings.publicUrl?.startsWith('https:') ?? false,
    mode: settings.mode,
    models,
    outsideLimits: settings.outsideLimits,
    modelStatus: chat.modelStatus,
    speculates: routing.mode !== 'sequential',
    onResolved: (conversationId) => usage.visits.note(conversationId, { type: 'resolved' }),
    log,
  });
  api.use(agentConsole.api);
  if (settings.pages === undefined)
    pages.use(createPreviewPage({ sites, publicUrl: settings.publicUrl, isAdmin: agentConsole.isAdmin }));
  const files = createWebFiles(
    { ...parts, widget, allows: origins.allows, admit: admission.admitFile, isAgent: agentConsole.isAgent },
    settings,
  );
  filesRoute.use(files.router);

  return {
    widget,
    fileStore: files.fileStore,
    firstRun: agentConsole.firstRun,
    console: agentConsole.live,
    /** From now on health checks answer "not ready" and no new visitor is admitted. */
    drain(spreadMs: number) {
      health.leave();
      widget.drain(spreadMs);
    },
    /** @param onPort called before the first connection is accepted */
    async listen(onPort: (port: number) => void): Promise<number> {
      if (settings.longPolling)
        await forwardPolls({ io, http, publisher, subscriber, channelPrefix: keys.socketChannels(), log });
      const usedPort = () => portOf(http);
      http.once('listening', () => onPort(usedPort()));
      await listen(http, settings.host, settings.port);
      for (const [part, folder] of [
        ['widget', settings.folders.widget],
        ['console', settings.folders.console],
      ] as const)
        void assetArchive
          .publish(part, join(folder, 'assets'))
          .catch((error: unknown) => log.warn({ part, reason: String(error) }, 'failed to keep built files for later'));
      return usedPort();
    },
    /** Ends the agents' side, then every connection. Turns may still be running. */
    async close() {
      await agentConsole.close();
      chat.throttle.stop();
      loadMonitor.stop();
      memory.stop();
      await openConnections.closeWithin(LAST_REQUESTS_MS, () => io.close());
    },
    /** After the last turn has ended. */
    closeFollowers() {
      widget.close();
    },
  };
}
