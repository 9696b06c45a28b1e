/** Builds what answers visitors: stores, knowledge, models, tickets and conversations. */
import type { Site } from '@firstword/shared/site';
import { createAnswerSetup } from '../answer-setup.ts';
import { keptBySite } from '../config/retention-settings.ts';
import { createAnswerPreview } from '../conversation/answer-preview.ts';
import { createAnswerReplay } from '../conversation/answer-replay.ts';
import { createArticleReading } from '../conversation/article-reading.ts';
import { createCaseAnswers } from '../conversation/case-answers.ts';
import { warmUpCode } from '../conversation/code-warm-up.ts';
import { createConversations } from '../conversation/conversations.ts';
import { createHandOff } from '../conversation/hand-off.ts';
import type { LiveTurns } from '../conversation/live-turns.ts';
import { createOwnConversations } from '../conversation/own-conversations.ts';
import { createPromptWarmUp } from '../conversation/prompt-warm-up.ts';
import { createReplyTimes } from '../conversation/reply-times.ts';
import type { Sink } from '../conversation/sink.ts';
import type { SiteGuidance } from '../conversation/site-guidance.ts';
import { createTurns } from '../conversation/turn.ts';
import { createWritingHelp } from '../conversation/writing-help.ts';
import { createDraftWriter } from '../draft-writer.ts';
import { createArticleStore } from '../knowledge/article-store.ts';
import { createIndexBuilder } from '../knowledge/index-builder.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';
import { createSiteKnowledge } from '../knowledge/site-knowledge.ts';
import type { Metrics } from '../lib/metrics.ts';
import type { TokenHash } from '../lib/tokens.ts';
import { type ConnectedModels, createLivePrices } from '../models/live-router.ts';
import { createModelAccess } from '../models/model-access.ts';
import { openConversationStore } from '../open-conversation-store.ts';
import type { ReadThrottle } from '../realtime/read-throttle.ts';
import { createConversationMerging } from '../store/conversation-merging.ts';
import type { RedisKeys } from '../store/keys.ts';
import { createPreChatStore } from '../store/pre-chat-store.ts';
import { createReadMarks } from '../store/read-marks.ts';
import { createSessionStore } from '../store/session-store.ts';
import { createVisitorConversations } from '../store/visitor-conversations.ts';
import { createVisitorProfiles } from '../store/visitor-profiles.ts';
import { createWindowCounts } from '../store/window-counts.ts';
import { createUsageTracking } from '../usage-tracking.ts';
import type { WebConnections } from './web-connections.ts';
import type { WebAppSettings } from './web-settings.ts';
import { createWebTickets } from './web-tickets.ts';

const SESSION_LIFETIMES = { idleSeconds: 24 * 60 * 60, absoluteSeconds: 30 * 24 * 60 * 60 };
const LEASE_MS = 5000;
/** How far a turn's log may lag behind what viewers see; a process that dies loses that much of an answer. */
const LOG_MS = 100;
/** The same in a busy process, where each write costs about as much as a send. */
const BUSY_LOG_MS = 250;

export interface WebChatParts {
  readonly connections: WebConnections;
  readonly keys: RedisKeys;
  readonly sites: ReadonlyMap<string, Site>;
  readonly live: ConnectedModels;
  readonly metrics: Metrics;
  readonly tokenHash: TokenHash;
  readonly liveTurns: LiveTurns;
  readonly throttle: ReadThrottle;
  readonly guidance: Pick<SiteGuidance, 'of'>;
  /** Shows events to viewers. */
  readonly sink: Sink;
}

export type WebChat = Awaited<ReturnType<typeof createWebChat>>;

export async function createWebChat(
  { connections, keys, sites, live, metrics, tokenHash, liveTurns, throttle, guidance, sink }: WebChatParts,
  settings: WebAppSettings,
) {
  const { log, routing, redisReplicas } = settings;
  const { redis, background, confirmed } = connections;
  const usage = await createUsageTracking({
    redis: background,
    keys,
    usage: settings.records.usage,
    prices: createLivePrices(live),
    budgets: { ...settings.budgets, sites: settings.sites.budgets },
    objective: settings.objective,
    keep: {
      keepDays: settings.keepDays.usage,
      keepCallsMs: () => keptBySite(sites.values(), 'callDays', settings.keepDays.calls),
    },
    metrics,
    log,
  });
  const modelAccess = await createModelAccess(
    {
      redis,
      keys,
      live,
      onCall: usage.recordCall,
      onAlarm: ({ code, endpointId, modelId }) =>
        metrics.modelAlarms.inc({ code, endpoint: endpointId, model: modelId }),
      throttling: throttle,
      log,
    },
    settings,
  );
  const { gateway, router } = modelAccess;
  const knowledge = createSiteKnowledge(
    createArticleStore(background, keys), // it may read megabytes
    () => [...sites.keys()],
    { articles: settings.articles, isFor: settings.hasDefaultArticles },
    settings.indexes ?? createIndexBuilder(),
    log,
  );
  const store = openConversationStore(
    {
      ...{ redis, confirmed, keys, log },
      archive: settings.records.archive,
      onRestored: () => metrics.restoredConversations.inc(),
    },
    { leaseMs: LEASE_MS, replicas: redisReplicas },
  );
  const preChat = createPreChatStore(background, keys);
  const visitorConversations = createVisitorConversations(redis, keys);
  const { queue, ticketParts, tickets, ticketCeilings } = createWebTickets(
    { background, ticketChanges: connections.ticketChanges, keys, sites },
    settings,
  );
  const handOff = createHandOff(tickets, store, preChat, Date.now);
  const { answerParts, triageBy } = createAnswerSetup(
    { gateway, router, knowledgeOf: knowledge.of, metrics, tokenHash, log },
    routing,
  );
  const originsOf = (siteId: string) => [
    ...(sites.get(siteId)?.allowedOrigins ?? []),
    ...(settings.publicUrl === undefined ? [] : [settings.publicUrl]),
  ];
  const askTurn = createTurns(
    {
      ...answerParts,
      guidanceOf: guidance.of,
      store,
      handOff,
      ticketCeilings,
      ...usage,
      metrics,
      sink,
      originsOf,
      onGrounded: ({ siteId, coverage, unsupported }) => {
        metrics.answers.inc({ site: siteId, coverage });
        if (unsupported > 0) metrics.unsupportedSentences.inc({ site: siteId }, unsupported);
      },
      log,
    },
    {
      mode: routing.mode,
      holdCapMs: routing.holdCapMs,
      renewMs: LEASE_MS / 3,
      endAttempts: 10,
      logEveryMs: () => (throttle.busy() ? BUSY_LOG_MS : LOG_MS),
    },
  );
  const conversations = createConversations({
    store,
    liveTurns,
    askTurn,
    sink,
    handOff,
    ticketCeilings,
    typing: {
      knowledgeOf: knowledge.of,
      recordCall: usage.recordCall,
      allowsTyping: usage.budgets.allowsTyping,
    },
    warmUp: createPromptWarmUp({
      gateway,
      router,
      promptMarker: answerParts.promptMarker,
      guidanceOf: guidance.of,
      recordCall: usage.recordCall,
      mayAsk: (owner) => !throttle.busy() && usage.budgets.check(owner) === 'ok',
    }),
    keepDraftMs: settings.keepDraftMs,
    siteOf: (siteId) => sites.get(siteId),
  });
  const writingParts = {
    ...{ gateway, router, budgets: usage.budgets, region: routing.defaultRegion },
    siteOf: (siteId: string) => sites.get(siteId),
  };
  return {
    usage,
    gateway,
    router,
    knowledge,
    store,
    sessions: createSessionStore(redis, keys, tokenHash, SESSION_LIFETIMES),
    merging: createConversationMerging(redis, keys),
    articles: createArticleReading(knowledge.of),
    replyTimes: createReplyTimes({ read: settings.records.quality.firstResponses, log }),
    profiles: createVisitorProfiles(background, keys),
    visitorConversations,
    ownConversations: createOwnConversations({
      visitorConversations,
      archived: async ({ siteId, visitorId }) =>
        (await settings.records.archive.list({ siteIds: [siteId], visitorId, limit: 100 })).conversations,
    }),
    preChat,
    readMarks: createReadMarks(background, keys),
    tickets,
    ticketParts,
    queue,
    conversations,
    readMessage: answerParts.readMessage,
    warmUpCode: (siteKnowledge: Knowledge) => warmUpCode(answerParts, siteKnowledge),
    previewAnswer: createAnswerPreview({ ...answerParts, budgets: usage.budgets, region: routing.defaultRegion }),
    writingHelp: createWritingHelp(writingParts),
    replayAnswer: createAnswerReplay({
      ...answerParts,
      ...writingParts,
      ...{ originsOf, keys, createTriage: triageBy, routeToModel: modelAccess.routeToModel },
      guidanceOf: guidance.of,
      counts: createWindowCounts(background),
      recordCall: usage.recordCall,
      perAgentHour: settings.limits.replaysPerAgentHour,
    }),
    caseAnswers: createCaseAnswers({
      ...answerParts,
      ...writingParts,
      ...{ createTriage: triageBy, guidanceOf: guidance.of },
    }),
    writeDraft: createDraftWriter(writingParts),
    ticketCeilings,
    modelStatus: modelAccess.status,
    modelChecks: modelAccess.checks,
    checkModels: modelAccess.checkModels,
    modelOutages: modelAccess.outages,
    /** After the last turn has ended. */
    async close() {
      await queue.close();
      await modelAccess.close();
      await usage.close();
    },
  };
}
