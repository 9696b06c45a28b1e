/** A model endpoint in a chosen weather, and a product's routing and gateway in front of it. */
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
  /** Of every request sent. */
  readonly rows: readonly CallRow[];
}

export interface Upstream {
  /** Ends in /v1. */
  readonly baseUrl: string;
  /** Routing and gateway as the web process builds them; closed with the upstream. */
  openDesk(hedge: HedgeSettings): ModelAccess;
  close(): Promise<void>;
}

/** @param pace of what follows the first token: as the models are known for, or all at once */
export async function startUpstream(
  weather: LatencyProfileName,
  pace: 'real' | 'instant',
  seed: number,
): Promise<Upstream> {
  const child = await startChildServer({
    name: 'The model endpoint',
    entry: fileURLToPath(new URL('./upstream-main.ts', import.meta.url)),
    env: {
      ...process.env,
      BENCH_WEATHER: weather,
      BENCH_PACE: pace,
      BENCH_SEED: String(seed),
      NODE_OPTIONS: `--import ${import.meta.resolve('tsx')}`,
    },
    log: createLog('error'),
  });
  const main = { id: 'weather', baseUrl: `http://127.0.0.1:${child.port}/v1` };
  const models = createModelRegistry([]);
  const gateways: Gateway[] = [];
  return {
    baseUrl: main.baseUrl,
    openDesk(hedge) {
      const rows: CallRow[] = [];
      const latency = createLatencyTracker({
        // The configured order stays, so that a figure shows what it is named for and not a change of models.
        limitMs: Number.POSITIVE_INFINITY,
        priorMs({ modelId, region }) {
          const known = models.get(modelId);
          return known && referenceTtftMs(known, region);
        },
      });
      const breaker = createBreaker(BREAKER_SETTINGS);
      const hedgeShare = hedge.mode === 'race' ? 1 : hedge.budgetShare;
      const gateway = createGateway({ onCall: (row) => rows.push(row), breaker, latency, hedgeShare, warm: [main] });
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
 * Runs the jobs round after round with limited concurrency, in order and without a pause between rounds, which a single
 * slow answer would stretch. The first failure ends it.
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
