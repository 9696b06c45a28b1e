/** Builds the access to the models: router, gateway, breaker, latency tracking and probes. */

import { randomUUID } from 'node:crypto';
import type { ModelCheck } from '@firstword/shared/model-status';
import type { GatewayAlarm } from './gateway/gateway.ts';
import { createGateway, type GatewayParts } from './gateway/gateway.ts';
import { createLatencyProbes } from './gateway/latency-probes.ts';
import { checkEach, createModelProbe, type ModelProbe } from './gateway/model-probe.ts';
import { createModelStatus } from './gateway/model-status.ts';
import type { Log } from './lib/log.ts';
import type { Redis } from './lib/redis.ts';
import { loadModelCorrections } from './load-model-corrections.ts';
import { BREAKER_SETTINGS, createBreaker } from './routing/breaker.ts';
import { regionalEndpoints } from './routing/endpoints.ts';
import { createLatencyTracker } from './routing/latency-tracker.ts';
import { priorTtftMs } from './routing/model-registry.ts';
import { createRouter, interactiveModels, modelsInUse } from './routing/router.ts';
import type { RedisKeys } from './store/keys.ts';
import { createLatencyShare } from './store/latency-share.ts';
import { createModelCorrectionsStore } from './store/model-corrections-store.ts';
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
  readonly onAlarm: (alarm: GatewayAlarm) => void;
  readonly log: Log;
}

/** Resolves once the measurements of other processes are loaded. */
export async function createModelAccess(
  { redis, keys, onCall, onAlarm, throttling, log }: ModelAccessParts,
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
  const status = createModelStatus({ log, onAlarm });
  const recordCall: typeof onCall = (row) => {
    status.called(row);
    onCall(row);
  };
  const corrections = await loadModelCorrections({ store: createModelCorrectionsStore(redis, keys), log });
  const gateway = createGateway({
    onCall: recordCall,
    corrections,
    throttling,
    proxy: settings.proxy,
    onAlarm: status.raise,
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
  let probe: ModelProbe | undefined;

  /** Asks every model of every tier once. The state is known afterwards. */
  async function checkModels(): Promise<readonly ModelCheck[]> {
    probe = createModelProbe({ proxy: settings.proxy, corrections, onCall: recordCall });
    const checks = await checkEach(probe, modelsInUse({ tiers, models, endpoints }));
    status.checked(checks);
    await probe.close();
    return checks;
  }

  return {
    gateway,
    router,
    status,
    checkModels,
    async close() {
      probes.stop();
      await probe?.close();
      latencyShare.stop();
      await latencyShare.exchange();
      await gateway.close();
    },
  };
}
