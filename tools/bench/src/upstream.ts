/** A model endpoint with a chosen latency profile, and the product's routing and gateway in front of it. */
import { fileURLToPath } from 'node:url';
import type { CallRow, Gateway } from '@firstword/server/gateway/chat-call';
import { createGateway } from '@firstword/server/gateway/gateway';
import { createLog } from '@firstword/server/lib/log';
import { startChildServer } from '@firstword/server/local/child-server';
import { BREAKER_SETTINGS, createBreaker } from '@firstword/server/routing/breaker';
import { createLatencyTracker } from '@firstword/server/routing/latency-tracker';
import { createModelRegistry } from '@firstword/server/routing/model-registry';
import { createRouter, type HedgeSettings, type Router } from '@firstword/server/routing/router';
import { DEFAULT_TIERS } from '@firstword/server/routing/tiers';
import { referenceTtftMs } from '@firstword/shared/catalog';
import type { LatencyProfileName } from './latency-profile.ts';

export interface ModelAccess {
  readonly router: Router;
  readonly gateway: Gateway;
  /** One row per request sent. */
  readonly rows: readonly CallRow[];
}

export interface Upstream {
  /** Ends in /v1. */
  readonly baseUrl: string;
  /** Creates routing and gateway as the web process does. They are closed with the upstream. */
  openModelAccess(hedge: HedgeSettings): ModelAccess;
  close(): Promise<void>;
}

/** @param pace of the tokens after the first: the models' reference pace, or all at once */
export async function startUpstream(
  profile: LatencyProfileName,
  pace: 'real' | 'instant',
  seed: number,
): Promise<Upstream> {
  const child = await startChildServer({
    name: 'The model endpoint',
    entry: fileURLToPath(new URL('./upstream-main.ts', import.meta.url)),
    env: {
      ...process.env,
      BENCH_PROFILE: profile,
      BENCH_PACE: pace,
      BENCH_SEED: String(seed),
      NODE_OPTIONS: `--import ${import.meta.resolve('tsx')}`,
    },
    log: createLog('error'),
  });
  const main = { id: 'upstream', baseUrl: `http://127.0.0.1:${child.port}/v1` };
  const models = createModelRegistry([]);
  const gateways: Gateway[] = [];
  return {
    baseUrl: main.baseUrl,
    openModelAccess(hedge) {
      const rows: CallRow[] = [];
      const latency = createLatencyTracker({
        // Keeps the configured order of models, so that the figures compare the same models.
        limitMs: Number.POSITIVE_INFINITY,
        priorMs({ modelId, region }) {
          const known = models.get(modelId);
          return known && referenceTtftMs(known, region);
        },
      });
      const breaker = createBreaker(BREAKER_SETTINGS);
      const hedgeShare = hedge.mode === 'race' ? 1 : hedge.budgetShare;
      const gateway = createGateway({
        onCall: (row) => rows.push(row),
        breaker,
        latency,
        hedgeShare,
        warm: () => [main],
      });
      gateways.push(gateway);
      const endpoints = { main, mainRegion: 'us-east', regional: {} } as const;
      return {
        rows,
        gateway,
        router: createRouter({ tiers: DEFAULT_TIERS, models, endpoints, latency, breaker, hedge }),
      };
    },
    async close() {
      await Promise.all(gateways.map((gateway) => gateway.close()));
      await child.stop();
    },
  };
}

/**
 * Runs the jobs of all rounds in order with limited concurrency. There is no barrier between rounds, because one slow
 * answer would idle the others. Rejects with the first failure.
 */
export async function inRounds(
  rounds: number,
  jobs: readonly (() => Promise<void>)[],
  atOnce: number,
  onRound: (done: number) => void = () => {},
): Promise<void> {
  const waiting = Array.from({ length: rounds }, () => jobs)
    .flat()
    [Symbol.iterator]();
  let ended = 0;
  const work = async () => {
    for (const job of waiting) {
      await job();
      ended += 1;
      if (ended % jobs.length === 0) onRound(ended / jobs.length);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
}
