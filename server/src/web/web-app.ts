/** Starts the web process, builds every part before the port opens, and closes them in order. */

import { keptBySite } from '../config/retention-settings.ts';
import { createLiveTurns } from '../conversation/live-turns.ts';
import { createSiteGuidance } from '../conversation/site-guidance.ts';
import { createFeedConsumers } from '../feed-consumers.ts';
import { startFormerTicketMove } from '../former-ticket-move.ts';
import { createMetrics } from '../lib/metrics.ts';
import { createTokenHash } from '../lib/tokens.ts';
import { startMaintenance } from '../maintenance.ts';
import { createConnectedModels } from '../models/connected-models.ts';
import { createLoopProbe, createReadThrottle, READ_THROTTLE_SETTINGS } from '../realtime/read-throttle.ts';
import { createSocketServer } from '../realtime/socket-server.ts';
import { createViewers } from '../realtime/viewers.ts';
import { openSiteSettings } from '../site-settings.ts';
import { startSourceSync } from '../source-sync.ts';
import { upgradeStoredData } from '../store/data-upgrade.ts';
import { createFormerTickets } from '../store/former-tickets.ts';
import { createRedisKeys } from '../store/keys.ts';
import { createGuidancePublication } from '../store/publication.ts';
import { createVisitorData } from '../visitor-data.ts';
import { createAccountability } from './web-accountability.ts';
import { createWebAgents } from './web-agents.ts';
import { startWebAlerts } from './web-alerts.ts';
import { createWebChat } from './web-chat.ts';
import { openWebConnections } from './web-connections.ts';
import { createWebEvaluation } from './web-evaluation.ts';
import { createWebFeed } from './web-feed.ts';
import { createWebFileStore, createWebUploadQuota } from './web-files.ts';
import { createWebFront } from './web-front.ts';
import { createWebKnowledge } from './web-knowledge.ts';
import { createWebLearning } from './web-learning.ts';
import { createWebMail } from './web-mail.ts';
import { createWebPush } from './web-push.ts';
import type { WebApp, WebAppSettings } from './web-settings.ts';

const DRAIN_SPREAD_MS = 5000;
/** Within the 30 s that process managers usually allow before they kill. */
const FINISH_TURNS_MS = 25_000;

export async function startWebApp(settings: WebAppSettings): Promise<WebApp> {
  const { log } = settings;
  const keys = createRedisKeys(settings.redisPrefix);
  const connections = await openWebConnections(settings);
  await upgradeStoredData(connections.background, keys, log);
  const metrics = createMetrics(settings.records.pool);
  const tokenHash = createTokenHash(settings.appSecret);
  const { sites } = settings.sites;
  const live = createConnectedModels({ ...settings, allowOutsideLimits: settings.routing.allowOutsideLimits });
  const siteSettings = await openSiteSettings(connections.background, keys, live, settings);
  const liveTurns = createLiveTurns();
  const throttle = createReadThrottle({
    ...READ_THROTTLE_SETTINGS,
    utilisation: createLoopProbe(),
    running: liveTurns.count,
  });
  const io = createSocketServer(connections, {
    allowPolling: settings.longPolling,
    channelPrefix: keys.socketChannels(),
  });
  const viewers = createViewers(io, { busy: throttle.busy, log });
  const guidancePublication = createGuidancePublication(connections.background, keys);
  const guidance = createSiteGuidance(guidancePublication, () => [...sites.keys()], log);
  const chat = await createWebChat(
    { connections, keys, sites, live, metrics, tokenHash, liveTurns, throttle, guidance, sink: viewers.publish },
    settings,
  );
  const { conversations, knowledge } = chat;
  const fileStore = createWebFileStore(connections.background, keys, settings, sites);
  const uploadQuota = createWebUploadQuota(connections.background, keys, settings);
  const { mailer, replyAddress, mailTranscript, replyMail } = createWebMail(
    { background: connections.background, keys, chat, tokenHash, fileStore },
    settings,
  );
  const { records } = settings;
  const { sources, guidanceAdmin } = createWebKnowledge(
    { connections, keys, sites, metrics, guidancePublication },
    settings,
  );
  const learning = createWebLearning({
    records,
    store: chat.store,
    knowledgeOf: knowledge.of,
    readMessage: chat.readMessage,
    siteName: (siteId) => sites.get(siteId)?.name ?? siteId,
    articles: sources.admin,
    ask: chat.writeDraft,
    log,
  });
  const evaluation = createWebEvaluation(chat, settings);
  const { auditLog, webhooks } = createAccountability({
    records,
    appSecret: settings.appSecret,
    privateHosts: settings.webhookPrivateHosts,
    log,
  });
  const accounts = await createWebAgents({
    redis: connections.background,
    ...{ keys, records, tokenHash, settings, log },
    useOnce: (id, seconds) => chat.sessions.useOnce(id, undefined, seconds),
  });
  const push = createWebPush({
    redis: connections.background,
    ...{ keys, records, sites, appSecret: settings.appSecret, settings, log },
  });
  const { heads, channel } = chat.ticketParts;
  const ticketMove = await startFormerTicketMove({
    former: createFormerTickets(connections.background, keys),
    store: records.tickets,
    ...{ heads, channel, log },
  });
  const feed = createWebFeed({ connections, keys, metrics }, log);
  const visitorData = createVisitorData({
    redis: connections.background,
    keys,
    records,
    files: fileStore,
    tokenHash,
    removeJob: chat.queue.remove,
    log,
  });
  const parts = {
    fileStore,
    uploadQuota,
    visitorData,
    connections,
    keys,
    tokenHash,
    sites,
    openSites: settings.sites.open,
    io,
    viewers,
    throttle,
    chat,
    replyAddress,
    mailTranscript,
    records,
    sources,
    guidance: guidanceAdmin,
    ...{ siteAdmin: siteSettings.admin, modelAdmin: siteSettings.modelAdmin, live },
    learning,
    evaluation,
    accounts,
    auditLog,
    webhooks,
    pushDevices: push.devices,
    feed: feed.status,
    metrics,
  };
  const front = await createWebFront(parts, settings);
  feed.add(
    createFeedConsumers({
      archive: records.archive,
      ...learning,
      console: front.console,
      onErased: viewers.publishErased,
      replyMail,
      tickets: chat.tickets,
      hasAllTickets: ticketMove.isDone,
      webhooks,
    }),
  );
  const sourceSync = await startSourceSync({
    store: records.knowledge,
    sources,
    guidance: guidanceAdmin,
    settings: siteSettings,
    log,
  });
  await Promise.all([knowledge.refresh(), guidance.refresh()]);
  const [anySite = ''] = sites.keys();
  await chat.warmUpCode(knowledge.of(anySite));

  // Everything is built: visitors may connect.
  const port = await front.listen();
  const runningFeed = await feed.start();
  const maintenance = await startMaintenance({
    redis: connections.redis,
    background: connections.background,
    keys,
    conversations,
    widget: front.widget,
    tickets: chat.tickets,
    files: fileStore,
    replyMail,
    sites,
    archive: records.archive,
    hotMs: settings.hotMs,
    isColdUnderstood: () => runningFeed.allUnderstand('cold-conversations'),
    records,
    keepAuditMs: () => keptBySite(sites.values(), 'auditDays', settings.keepDays.audit),
    onEvicted: (conversations) => metrics.evictedConversations.inc(conversations),
    log,
  });

  const pushNotices = push.follow(chat.tickets.changes);
  const alerts = startWebAlerts({ background: connections.background, keys, chat, webhooks, mailer }, settings);

  return {
    port,
    firstRun: front.firstRun,
    modelSource: () => live.current().source,
    checkModels: chat.checkModels,
    async close() {
      front.drain(DRAIN_SPREAD_MS);
      await pushNotices.stop();
      await push.close();
      await alerts.stop();
      await maintenance.stop();
      await sourceSync.stop();
      await evaluation.stop();
      await runningFeed.close();
      await ticketMove.stop();
      knowledge.close();
      guidance.close();
      siteSettings.close();
      // Clients that were asked to leave may still chat until their delay ends, so that they don't all reconnect at once.
      await Promise.all([front.widget.emptied(DRAIN_SPREAD_MS), conversations.finish(FINISH_TURNS_MS)]);
      await front.close();
      await conversations.finish(0); // turns that began meanwhile
      front.closeFollowers();
      mailer?.close();
      await accounts.close();
      await auditLog.close();
      await webhooks.close();
      await chat.close();
      connections.close();
    },
  };
}
