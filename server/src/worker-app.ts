/** Builds the worker process: the analyst, its queue, and the sweeps that complete work of processes that died. */
import { type AnalysisWorkerSettings, createAnalysisWorker } from './analysis/analysis-worker.ts';
import { type AnalystSettings, createAnalyst } from './analysis/analyst.ts';
import { createDailyBudget } from './analysis/daily-budget.ts';
import { createTextWorker } from './analysis/text-worker.ts';
import type { Config } from './config/config.ts';
import type { ConfiguredSites } from './configured-sites.ts';
import { createSiteGuidance } from './conversation/site-guidance.ts';
import type { CallRow } from './gateway/chat-call.ts';
import { createGateway } from './gateway/gateway.ts';
import type { Article } from './knowledge/article.ts';
import { createArticleStore } from './knowledge/article-store.ts';
import { createIndexBuilder, type IndexBuilder } from './knowledge/index-builder.ts';
import { createSiteKnowledge } from './knowledge/site-knowledge.ts';
import { createKillSwitch } from './ledger/kill-switch.ts';
import { createLedger } from './ledger/ledger.ts';
import type { Log } from './lib/log.ts';
import { connectRedis } from './lib/redis.ts';
import { createConnectedModels } from './models/connected-models.ts';
import { createLivePrices, createLiveRouter, createPriorTtft } from './models/live-router.ts';
import { loadModelCorrections } from './models/load-model-corrections.ts';
import type { Records } from './records/records.ts';
import { RecordsError } from './records/records-error.ts';
import { BREAKER_SETTINGS, breakerKey, createBreaker } from './routing/breaker.ts';
import { regionalEndpoints } from './routing/endpoints.ts';
import { createLatencyTracker } from './routing/latency-tracker.ts';
import type { Endpoint, Route, RoutedModel } from './routing/route.ts';
import { followSettings } from './settings/follow-settings.ts';
import { createColdConversations } from './store/cold-conversations.ts';
import { createConversationStore } from './store/conversation-store.ts';
import { createDailySpend } from './store/daily-spend.ts';
import { upgradeStoredData } from './store/data-upgrade.ts';
import { createRedisKeys } from './store/keys.ts';
import { createModelCorrectionsStore } from './store/model-corrections-store.ts';
import { joinProcesses } from './store/process-registry.ts';
import { createGuidancePublication, createSettingsPublication } from './store/publication.ts';
import { createSpendCounters } from './store/spend-counters.ts';
import { createStopList } from './store/stop-list.ts';
import { createTicketChannel } from './store/ticket-channel.ts';
import { createTicketHeads } from './store/ticket-heads.ts';
import { createTieredStore } from './store/tiered-store.ts';
import { createUsageQueue } from './store/usage-queue.ts';
import { ANALYSIS_QUEUE_SETTINGS, type AnalysisQueueSettings, createAnalysisQueue } from './tickets/analysis-queue.ts';
import type { TicketTimers } from './tickets/ticket-timers.ts';
import { createTickets } from './tickets/tickets.ts';

export interface WorkerAppSettings
  extends Pick<Config, 'tiers' | 'models'>,
    Partial<Pick<Config, 'endpoints' | 'proxy' | 'modelOrigins'>> {
  readonly redisUrl: string;
  readonly records: Pick<Records, 'tickets' | 'archive'>;
  /** Separates installations that share a Redis. */
  readonly redisPrefix: string;
  /** Undefined: nothing is analysed until one is connected in the console. */
  readonly endpoint: Endpoint | undefined;
  /** `demo`: the endpoint is the demo engine, until another one is connected. */
  readonly mode: 'live' | 'demo';
  /** Opens what the console has stored; the same in every process. */
  readonly appSecret: string;
  /** For sites that have none of their own. */
  readonly articles: readonly Article[];
  /** Shared with the web process' parts where both run in one process. */
  readonly indexes?: IndexBuilder;
  /** Absent: every site answers from them. */
  readonly hasDefaultArticles?: (siteId: string) => boolean;
  /** Follows what is changed in the console. */
  readonly sites: Pick<ConfiguredSites, 'sites' | 'apply'>;
  readonly region: Config['routing']['defaultRegion'];
  /** `routing.allowOutsideLimits` */
  readonly allowOutsideLimits?: readonly string[];
  /** What the analyses of a site may cost in a UTC day; absent for no limit. */
  readonly usdPerDay?: (siteId: string) => number | undefined;
  /** Sites whose model calls the configuration stops; the kill switch stops more. */
  readonly stopped?: (siteId: string) => boolean;
  /** The models of analyses where correctness is critical; none when absent. */
  readonly premium?: Config['premium'];
  readonly log: Log;
  /** Called for every model call, in addition to the ledger. */
  readonly onCall?: (row: CallRow) => void;
  readonly timers?: Partial<TicketTimers>;
  readonly worker?: Partial<AnalysisWorkerSettings>;
  readonly queue?: Partial<AnalysisQueueSettings>;
  readonly analyst?: Partial<AnalystSettings>;
  readonly sweepMs?: number;
  /** How long a queued run may be without a job. */
  readonly orphanMs?: number;
}

export interface WorkerApp {
  /** Starts nothing new, waits for running analyses, and closes every part. */
  close(): Promise<void>;
}

const SWEEP_MS = 5000;
/** How late a change of the kill switch is seen. */
const KILL_SWITCH_REFRESH_MS = 2000;
const FINISH_MS = 25_000;
/** Only turns need these; a worker just reads conversations. */
const UNUSED_TURN_SETTINGS = { leaseMs: 5000, keepDeltasSeconds: 600 };

export async function startWorkerApp(settings: WorkerAppSettings): Promise<WorkerApp> {
  const { log, redisUrl, region, sweepMs = SWEEP_MS, onCall = () => {} } = settings;
  const keys = createRedisKeys(settings.redisPrefix);
  const redis = await connectRedis(redisUrl, 'commands', log);
  const waiting = await connectRedis(redisUrl, 'waiting', log);
  await upgradeStoredData(redis, keys, log);
  const processes = await joinProcesses(redis, keys, { groups: [], log });

  const live = createConnectedModels({ ...settings, allowOutsideLimits: settings.allowOutsideLimits ?? [] });
  const prices = createLivePrices(live);
  const ledger = createLedger(
    { queue: createUsageQueue(redis, keys), counters: createSpendCounters(redis, keys), keys, prices, log },
    { flushMs: 250, maxWaiting: 20_000 },
  );
  const killSwitch = createKillSwitch(createStopList(redis, keys), log, KILL_SWITCH_REFRESH_MS);
  await killSwitch.read(); // before the first analysis
  const breaker = createBreaker(BREAKER_SETTINGS);
  const gateway = createGateway({
    breaker,
    corrections: await loadModelCorrections({ store: createModelCorrectionsStore(redis, keys), log }),
    proxy: settings.proxy,
    onAlarm: (alarm) => log.error(alarm, 'model endpoint needs attention'),
    onCall(row) {
      ledger.record(row);
      onCall(row);
    },
  });
  const regional = regionalEndpoints(settings.endpoints);
  const router = createLiveRouter({
    live,
    served: (main) => ({ main, mainRegion: region, regional }),
    // No visitor waits for an analysis: the catalog's TTFT figures are enough, and calls are not hedged.
    latency: createLatencyTracker({ priorMs: createPriorTtft(live) }),
    breaker,
    hedge: { mode: 'off', deadlineMs: 0, budgetShare: 0 },
  });
  const { sites } = settings.sites;
  const following = followSettings(createSettingsPublication(redis, keys), [settings.sites.apply, live.apply], log);
  await following.refresh();
  const knowledge = createSiteKnowledge(
    createArticleStore(redis, keys),
    () => [...sites.keys()],
    { articles: settings.articles, isFor: settings.hasDefaultArticles },
    settings.indexes ?? createIndexBuilder(),
    log,
  );
  const guidance = createSiteGuidance(createGuidancePublication(redis, keys), () => [...sites.keys()], log);
  await Promise.all([knowledge.refresh(), guidance.refresh()]);
  const queue = createAnalysisQueue(redis, keys.queuePrefix(), { ...ANALYSIS_QUEUE_SETTINGS, ...settings.queue });
  const { timers, orphanMs } = settings;
  const tickets = createTickets({
    store: settings.records.tickets,
    heads: createTicketHeads(redis, keys),
    channel: createTicketChannel(redis, keys),
    queue,
    log,
    ...(timers === undefined ? {} : { timers }),
    ...(orphanMs === undefined ? {} : { orphanMs }),
  });

  /** The quality tier's chain, starting with the given models; unknown model ids are ignored. */
  const routeWith = (siteId: string, modelIds: readonly string[], why: string): Route => {
    const route = router({ taskType: 'analysis', region, allowedRegions: sites.get(siteId)?.allowedRegions });
    const { endpoint: nearest } = route.models[0];
    const [first, ...more] = modelIds
      .flatMap((id) => live.current().models.get(id) ?? [])
      .map(({ ttftMs: _, ...model }): RoutedModel => ({ ...model, endpoint: nearest }));
    if (first === undefined) return route;
    const others = route.models.filter(({ id }) => !modelIds.includes(id));
    return { ...route, models: [first, ...more, ...others], why };
  };
  const { premium } = settings;
  const spend = createDailySpend(redis, keys);

  const textWorker = createTextWorker();
  const analyst = createAnalyst({
    gateway,
    knowledgeOf: knowledge.of,
    guidanceOf: guidance.of,
    tickets,
    conversations: createTieredStore(createConversationStore(redis, keys, UNUSED_TURN_SETTINGS), {
      cold: createColdConversations(redis, keys),
      archive: settings.records.archive,
      onRestored: () => {},
      log,
    }),
    budget: createDailyBudget({ spend, usdPerDay: settings.usdPerDay ?? (() => undefined) }),
    isStopped: (siteId) => (settings.stopped?.(siteId) ?? false) || killSwitch.isStopped(siteId),
    log,
    routeFor: (siteId, modelId) =>
      routeWith(siteId, modelId === undefined ? [] : [modelId], `${modelId} was requested`),
    ...(premium === undefined
      ? {}
      : {
          premium: {
            reasons: premium.reasons,
            routeFor: (siteId: string) => routeWith(siteId, premium.models, 'premium models for this hand-off reason'),
            budget: createDailyBudget({ spend, account: 'spent-premium', usdPerDay: () => premium.maxUsdPerDay }),
          },
        }),
    textWork: textWorker.work,
    maskPolicyOf: (siteId) => sites.get(siteId) ?? {},
    settings: settings.analyst ?? {},
  });
  const worker = createAnalysisWorker({
    connection: waiting,
    prefix: keys.queuePrefix(),
    analyst,
    tickets,
    isAway: (siteId) =>
      live.current().endpoint === undefined ||
      routeWith(siteId, [], '').models.every(({ id, endpoint }) => breaker.opensInMs(breakerKey(endpoint.id, id)) > 0),
    isOutage: (error) => error instanceof RecordsError,
    log,
    settings: settings.worker ?? {},
  });

  const sweep = async () => {
    try {
      await tickets.deliverOld();
      await tickets.sweep(Date.now());
    } catch (error) {
      log.warn({ reason: String(error) }, 'sweep failed; the next one retries');
    }
    sweeping = undefined;
  };
  let sweeping: Promise<void> | undefined;
  const timer = setInterval(() => {
    sweeping ??= sweep(); // never two sweeps at once
  }, sweepMs);

  return {
    async close() {
      clearInterval(timer);
      knowledge.close();
      following.close();
      guidance.close();
      killSwitch.close();
      await worker.close(FINISH_MS);
      await textWorker.close();
      await sweeping;
      await queue.close();
      await gateway.close();
      await ledger.close();
      await processes.leave();
      for (const connection of [waiting, redis]) connection.disconnect();
    },
  };
}
