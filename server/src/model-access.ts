/** Builds the access to the models: router, gateway, breaker, latency tracking and probes. */
import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { createGateway, type GatewayParts } from './gateway/gateway.ts';
import { createLatencyProbes } from './gateway/latency-probes.ts';
import { loadModelCorrections } from './kept-corrections.ts';
import type { Log } from './lib/log.ts';
import { BREAKER_SETTINGS, createBreaker } from './routing/breaker.ts';
import { regionalEndpoints } from './routing/endpoints.ts';
import { createLatencyTracker } from './routing/latency-tracker.ts';
import { priorTtftMs } from './routing/model-registry.ts';
import { createRouter, interactiveModels } from './routing/router.ts';
import type { RedisKeys } from './store/keys.ts';
import { createLatencyShare } from './store/latency-share.ts';
import type { WebAppSettings } from './web-settings.ts';

/** Concurrent calls of one turn: verdict, answer and hedge. */
const CALLS_A_TURN = 3;
const SHARE_LATENCY_MS = 1000;
/** Batches of one second: enough to rate every model after a restart. */
const KEEP_LATENCY_BATCHES = 2000;
const LOOK_FOR_PROBES_MS = 2000;

export interface ModelAccessParts extends Required<Pick<GatewayParts, 'onCall' | 'throttling'>> {
  readonly redis: Redis;
  readonly keys: RedisKeys;
  readonly log: Log;
}

/** Resolves once the measurements of other processes are loaded. */
export async function createModelAccess(
  { redis, keys, onCall, throttling, log }: ModelAccessParts,
  settings: Pick<WebAppSettings, 'endpoint' | 'endpoints' | 'proxy' | 'routing' | 'tiers' | 'models' | 'limits'>,
) {
  const { endpoint, routing, tiers, models, limits } = settings;
  const { hedge } = routing;
  const regional = regionalEndpoints(settings.endpoints);
  const endpoints = { main: endpoint, mainRegion: routing.defaultRegion, regional };
  const latency = createLatencyTracker({
    priorMs: ({ modelId, region }) => priorTtftMs(models, modelId, region),
    onChange: (key, fit, medianMs) =>
      log.warn({ ...key, medianMs }, fit ? 'model is fast enough again' : 'model is too slow for interactive tiers'),
  });
  const latencyShare = createLatencyShare(redis, keys, latency, log, {
    processId: randomUUID(),
    everyMs: SHARE_LATENCY_MS,
    keep: KEEP_LATENCY_BATCHES,
  });
  await latencyShare.exchange();
  const breaker = createBreaker(BREAKER_SETTINGS);
  const gateway = createGateway({
    onCall,
    corrections: await loadModelCorrections({ redis, keys, log }),
    throttling,
    proxy: settings.proxy,
    onAlarm: (alarm) => log.error(alarm, 'model endpoint needs attention'),
    breaker,
    latency,
    hedgeShare: hedge.mode === 'race' ? 1 : hedge.budgetShare,
    connections: CALLS_A_TURN * limits.runningTurns,
    warm: [endpoint, ...Object.values(regional)],
  });
  const router = createRouter({
    tiers,
    models,
    endpoints,
    latency,
    breaker,
    hedge,
    allowOutsideLimits: routing.allowOutsideLimits,
  });
  const probes = createLatencyProbes({
    gateway,
    latency,
    models: interactiveModels({ tiers, models, endpoints }),
    checkEveryMs: LOOK_FOR_PROBES_MS,
  });
  return {
    gateway,
    router,
    async close() {
      probes.stop();
      latencyShare.stop();
      await latencyShare.exchange();
      await gateway.close();
    },
  };
}
