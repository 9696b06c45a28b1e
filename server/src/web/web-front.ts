/** Builds what clients connect to: the two Socket.IO namespaces, and the HTTP server with its routes. It listens last. */
import { createServer } from 'node:http';
import { join } from 'node:path';
import { createAssets } from '../http/assets.ts';
import { basePathOf, removeBasePath } from '../http/base-path.ts';
import { createOpenConnections } from '../http/open-connections.ts';
import { createOperatorAccess } from '../http/operator-access.ts';
import { createOperatorServer } from '../http/operator-server.ts';
import { createOwnData } from '../http/own-data.ts';
import { createPictures } from '../http/pictures.ts';
import { createPreviewPage } from '../http/preview-page.ts';
import { createProactiveMessages } from '../http/proactive-messages.ts';
import { proactiveMarks } from '../http/proactive-sites.ts';
import { createSessionEnd } from '../http/session-end.ts';
import { createStartPage } from '../http/start-page.ts';
import { createHttpApp } from '../http/web-app.ts';
import { readWidgetLoader } from '../http/widget-loader.ts';
import { createClientAddress } from '../lib/client-address.ts';
import { listen } from '../lib/listen.ts';
import { createOwnOriginCheck } from '../lib/own-origin.ts';
import { portOf } from '../lib/port-of.ts';
import { openProcessChannel } from '../lib/process-channel.ts';
import { afterRefusedPublishes } from '../lib/refused-publishes.ts';
import { onResubscribed } from '../lib/resubscribed.ts';
import { createEraseOwnConversation } from '../privacy/erase-own-conversation.ts';
import { createOriginCheck } from '../realtime/origin-check.ts';
import { forwardPolls, type PollForwardingParts } from '../realtime/poll-forwarding.ts';
import type { ReadThrottle } from '../realtime/read-throttle.ts';
import { attachSocketServer } from '../realtime/socket-server.ts';
import { createAssetArchive } from '../store/asset-archive.ts';
import { createWebAdmission } from './web-admission.ts';
import { createWebConsole, type WebConsoleParts } from './web-console.ts';
import { createWebFiles } from './web-files.ts';
import { createWebHealth } from './web-health.ts';
import { createSessionEnding, createWebIdentity } from './web-identity.ts';
import { createWebLimits } from './web-limits.ts';
import { createWebModelApi } from './web-model-api.ts';
import type { WebAppSettings } from './web-settings.ts';
import { createSignInPages } from './web-sign-in.ts';
import { createWebWidget, type WebWidgetParts } from './web-widget.ts';

/** Long enough for a large file over a slow mobile connection. */
const UPLOAD_MS = 120_000;
const REQUEST_MS = 15_000;
/** For requests still open at the end, such as a console page; they normally take far less. */
const LAST_REQUESTS_MS = 2000;
/** Longer than the 60 s of common proxies, so that none reuses a connection that we are closing. */
const KEEP_ALIVE_MS = 75_000;

export interface WebFrontParts extends WebConsoleParts, WebWidgetParts {
  readonly throttle: ReadThrottle;
}

export async function createWebFront(parts: WebFrontParts, settings: WebAppSettings) {
  const { openSites, keys, io, throttle, chat, metrics } = parts;
  const { log, limits } = settings;
  const { redis, background, publisher, subscriber, ticketChanges } = parts.connections;
  const { conversations, sessions } = chat;

  const http = createServer({
    connectionsCheckingInterval: 1000,
    headersTimeout: 10_000,
    requestTimeout: UPLOAD_MS, // all but uploads have less time: `http/web-app.ts`
    keepAliveTimeout: KEEP_ALIVE_MS,
  });
  let port = settings.port;
  http.once('listening', () => {
    port = portOf(http); // another one with PORT=0
  });
  const publicHttps = settings.publicUrl?.startsWith('https:') ?? false;
  const isOwnOrigin = createOwnOriginCheck(settings.publicUrl, () => port);
  const endSession = createSessionEnding(parts);
  const addressOf = createClientAddress(settings.trustProxy);
  const hideAddress = parts.tokenHash;
  const limiting = createWebLimits(
    { ...parts, ...{ redis: background, sessions, addressOf, publicHttps, log } },
    { ...limits, captcha: settings.captcha, proxy: settings.proxy },
  );
  const { limitRefusedCalls } = limiting;
  const access = { isOwnOrigin, addressOf, publicHttps, limitRefusedCalls, endSession };
  const agentConsole = createWebConsole(parts, access, settings);
  const { admission, ...load } = createWebAdmission({ conversations, metrics, askRedis: () => redis.ping() }, limits);
  const origins = createOriginCheck(isOwnOrigin);
  const files = createWebFiles(
    {
      ...{ ...parts, sites: openSites, addressOf, hideAddress, allows: origins.allows },
      ...{ admit: admission.admitFile, agentOf: agentConsole.signedIn, onAgentRead: agentConsole.noteRead },
    },
    settings,
  );
  const identity = createWebIdentity({ ...parts, files: parts.fileStore }, log);
  const widget = createWebWidget(
    parts,
    { addressOf, admission, origins, fairShare: limiting.fairShare, ofVisitor: identity.admission, agentConsole },
    settings,
  );
  settings.sites.onChange(widget.leaveMissingSites);
  // Where Redis itself was away, the connections subscribe again at about the same time.
  for (const connection of [subscriber, ticketChanges])
    onResubscribed(connection, () => {
      agentConsole.live.publishMissed('this-process');
      void widget.sendMissed();
    });

  // It may return later than the connection that stores what is published.
  afterRefusedPublishes(publisher, () => {
    agentConsole.live.publishMissed('everywhere');
    widget.askForMissed();
  });

  const mayReadDetails = createOperatorAccess(settings.metrics.token, !settings.production && !publicHttps);
  const health = createWebHealth(parts, mayReadDetails);
  const operatorServer = createOperatorServer(health.operatorRouter, metrics.registry);
  const assetArchive = createAssetArchive(background, keys);
  const app = createHttpApp({
    api: agentConsole.api,
    providerSignIn: createSignInPages(
      parts.accounts.providerSignIn,
      {
        ...{ addressOf, auditLog: parts.auditLog, apiTokens: parts.accounts.apiTokens },
        ...{ onAccessChange: agentConsole.checkAccess, log },
      },
      { publicUrl: settings.publicUrl, publicHttps },
    ),
    modelApi: createWebModelApi({ ...parts, limitRefusedCalls }, settings),
    files,
    pictures: createPictures(parts.accounts.pictures, log),
    visitorData: createOwnData({
      ...{ sites: openSites, sessions, log, visitorData: parts.visitorData, auditLog: parts.auditLog },
      eraseOwnConversation: createEraseOwnConversation({
        ...{ sessions, visitorConversations: chat.visitorConversations },
        eraseConversation: parts.visitorData.eraseConversation,
      }),
      allows: origins.allows,
      admit: admission.admitFile,
    }),
    sessionEnd: createSessionEnd({ sessions, end: endSession }),
    proactiveMessages: createProactiveMessages(openSites),
    assets: createAssets(settings.folders, assetArchive, () => proactiveMarks(openSites)),
    health: health.router,
    metrics: metrics.registry,
    mayReadDetails,
    publicHttps,
    pages: createStartPage({
      demo: settings.pages,
      isDemo: () => openSites.has(settings.sites.demo?.id ?? ''),
      preview: createPreviewPage({
        sites: openSites,
        publicUrl: settings.publicUrl,
        captchaHosts: settings.captcha?.hosts ?? [],
        loader: () => readWidgetLoader(settings.folders.widget),
        signedIn: agentConsole.signedIn,
      }),
    }),
    trustProxy: settings.trustProxy,
    bodyMs: REQUEST_MS,
    log,
  });
  http.on('request', app);
  const openConnections = createOpenConnections(http);
  http.maxConnections = limits.connections;
  attachSocketServer(io, http, limiting.connections);
  removeBasePath(http, basePathOf(settings.publicUrl));
  if (settings.longPolling) {
    const prefix = `${keys.socketChannels()}:polls`;
    const openChannel: PollForwardingParts['openChannel'] = (onText) =>
      openProcessChannel({ publisher, subscriber, prefix, onText });
    await forwardPolls({ io, http, openChannel, log });
  }

  return {
    widget,
    firstRun: agentConsole.firstRun,
    console: agentConsole.live,
    /** From now on health checks answer "not ready" and no new visitor is admitted. */
    drain(spreadMs: number) {
      health.leave();
      widget.drain(spreadMs);
    },
    /** Returns the port: with `PORT=0` any free one. */
    async listen(): Promise<number> {
      await listen(http, settings.host, settings.port);
      if (settings.metrics.port !== undefined)
        await listen(operatorServer, settings.metrics.host, settings.metrics.port, 'METRICS_');
      for (const [part, folder] of [
        ['widget', settings.folders.widget],
        ['console', settings.folders.console],
      ] as const)
        void assetArchive
          .publish(part, join(folder, 'assets'))
          .catch((error: unknown) => log.warn({ part, reason: String(error) }, 'failed to keep built files for later'));
      return port;
    },
    /** Ends the agents' side, then every connection. Turns may still be running. */
    async close() {
      await agentConsole.close();
      throttle.stop();
      load.stop();
      await identity.close();
      await limiting.close();
      operatorServer.close();
      await openConnections.closeWithin(LAST_REQUESTS_MS, () => io.close());
    },
    /** After the last turn has ended. */
    closeFollowers() {
      widget.close();
    },
  };
}
