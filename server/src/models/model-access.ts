/** Builds the access to the models: router, gateway, breaker, latency tracking and probes. */

import { randomUUID } from 'node:crypto';
import type { ModelCheck } from '@firstword/shared/model-status';
import type { GatewayAlarm } from '../gateway/gateway.ts';
import { createGateway, type GatewayParts } from '../gateway/gateway.ts';
import { createLatencyProbes, type LatencyProbes } from '../gateway/latency-probes.ts';
import { createModelStatus } from '../gateway/model-status.ts';
import type { Log } from '../lib/log.ts';
import type { Redis } from '../lib/redis.ts';
import { BREAKER_SETTINGS, createBreaker } from '../routing/breaker.ts';
import { regionalEndpoints } from '../routing/endpoints.ts';
import { createLatencyTracker } from '../routing/latency-tracker.ts';
import type { Endpoint } from '../routing/route.ts';
import { interactiveModels } from '../routing/router.ts';
import type { RedisKeys } from '../store/keys.ts';
import { createLatencyShare } from '../store/latency-share.ts';
import { createModelCheckStore } from '../store/model-check-store.ts';
import { createModelCorrectionsStore } from '../store/model-corrections-store.ts';
import type { WebAppSettings } from '../web/web-settings.ts';
import { type ConnectedModels, createLiveModelRouter, createLiveRouter, createPriorTtft } from './live-router.ts';
import { loadModelCorrections } from './load-model-corrections.ts';
import { createModelChecks } from './model-checks.ts';
import { createModelOutages } from './model-outages.ts';

/** Concurrent calls of one turn: verdict, answer and hedge. */
const CALLS_A_TURN = 3;
const SHARE_LATENCY_MS = 1000;
/** Batches of one second: enough to rate every model after a restart. */
const KEEP_LATENCY_BATCHES = 2000;
const LOOK_FOR_PROBES_MS = 2000;

export interface ModelAccessParts extends Required<Pick<GatewayParts, 'onCall' | 'throttling'>> {
  readonly redis: Redis;
  readonly keys: RedisKeys;
  readonly live: ConnectedModels;
  readonly onAlarm: (alarm: GatewayAlarm) => void;
  readonly log: Log;
}

/** Resolves once the measurements of other processes are loaded. */
export async function createModelAccess(
  { redis, keys, live, onCall, onAlarm, throttling, log }: ModelAccessParts,
  settings: Pick<WebAppSettings, 'endpoints' | 'proxy' | 'routing' | 'limits'>,
) {
  const { routing, limits, proxy } = settings;
  const { hedge } = routing;
  const regional = regionalEndpoints(settings.endpoints);
  const served = (main: Endpoint) => ({ main, mainRegion: routing.defaultRegion, regional });
  const latency = createLatencyTracker({
    priorMs: createPriorTtft(live),
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
    proxy,
    onAlarm: status.raise,
    breaker,
    latency,
    hedgeShare: hedge.mode === 'race' ? 1 : hedge.budgetShare,
    connections: CALLS_A_TURN * limits.runningTurns,
    warm: () => [live.current().endpoint ?? [], ...Object.values(regional)].flat(),
  });
  const router = createLiveRouter({ live, served, latency, breaker, hedge });
  const checks = createModelChecks({
    ...{ live, served, router, latency, status, proxy, corrections, log },
    onCall: recordCall,
    store: createModelCheckStore(redis, keys),
  });
  const outages = createModelOutages({ checks, status, breaker });
  let probes: LatencyProbes | undefined;
  const startProbes = () => {
    probes?.stop();
    const { endpoint, tiers, models } = live.current();
    const asked = endpoint === undefined ? [] : interactiveModels({ tiers, models, endpoints: served(endpoint) });
    probes = createLatencyProbes({ gateway, latency, models: asked, checkEveryMs: LOOK_FOR_PROBES_MS });
  };
  startProbes();
  live.onChange(() => {
    startProbes();
    status.reset();
    // Not awaited: visitors are served meanwhile.
    void checkModels();
  });

  const checkModels = (): Promise<readonly ModelCheck[]> =>
    checks.checkInUse().catch((error: unknown) => {
      log.warn({ reason: String(error) }, 'checking the models failed');
      return [];
    });

  return {
    gateway,
    router,
    routeToModel: createLiveModelRouter({ live, served }),
    status,
    checks,
    checkModels,
    outages,
    async close() {
      probes?.stop();
      await checks.close();
      latencyShare.stop();
      await latencyShare.exchange();
      await gateway.close();
    },
  };
}
