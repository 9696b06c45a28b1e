/** Builds what decides how much a process takes on: its load, its memory, and the share of each site and address. */
import type { Conversations } from '../conversation/conversations.ts';
import type { Metrics } from '../lib/metrics.ts';
import { createAdmission } from '../realtime/admission.ts';
import { createConcurrencyLimit } from '../realtime/concurrency-limit.ts';
import { createLoadMonitor } from '../realtime/load-monitor.ts';
import { createMemoryWatch } from '../realtime/memory-watch.ts';
import { createLoopProbe } from '../realtime/read-throttle.ts';
import { EVENTS_PER_MINUTE } from './web-limits.ts';
import type { WebAppSettings } from './web-settings.ts';

export interface WebAdmissionParts {
  readonly conversations: Pick<Conversations, 'running' | 'drafts'>;
  readonly metrics: Pick<Metrics, 'busy'>;
  readonly askRedis: () => Promise<unknown>;
}

const FILES_PER_MINUTE = 10;
const DRAFTS_PER_MINUTE = 60;

export function createWebAdmission(
  { conversations, metrics, askRedis }: WebAdmissionParts,
  limits: WebAppSettings['limits'],
) {
  const turnLimit = createConcurrencyLimit(conversations.running);
  const memory = createMemoryWatch();
  const loadMonitor = createLoadMonitor({
    loopLagMs: limits.loopLagMs,
    redisMs: limits.redisMs,
    utilisation: createLoopProbe(),
    askRedis,
    onSample: turnLimit.adjust,
  });
  const admission = createAdmission(
    {
      ...limits,
      eventsPerMinute: EVENTS_PER_MINUTE,
      filesPerMinute: FILES_PER_MINUTE,
      draftsPerMinute: DRAFTS_PER_MINUTE,
    },
    {
      running: conversations.running,
      drafts: conversations.drafts.waiting,
      turnLimit,
      memory,
      onBusy: (why) => metrics.busy.inc({ why }),
      weightOf: (siteId) => limits.siteWeights[siteId] ?? 1,
    },
  );
  return {
    admission,
    stop() {
      loadMonitor.stop();
      memory.stop();
    },
  };
}
