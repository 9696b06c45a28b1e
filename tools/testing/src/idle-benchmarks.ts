/** Benchmarks that start and are kept, and measure nothing. */
import { type Benchmarks, createBenchmarks } from '@firstword/server/evaluation/benchmarks';
import { createPriceTable } from '@firstword/server/ledger/price-table';
import type { RunStore } from '@firstword/server/records/run-store';

const LEASE_MS = 60_000;
const MODEL = { id: 'our-own', upstreamName: 'our-own', price: { outputUsdPerMillion: 0.4 }, profile: {} } as const;

export function createIdleBenchmarks(store: RunStore): Benchmarks {
  return createBenchmarks({
    store,
    runs: { start: (run, work) => store.start({ ...run, result: work.result() }, LEASE_MS) },
    modelsInUse: () => [
      {
        model: { ...MODEL, endpoint: { id: 'main', baseUrl: 'http://127.0.0.1:9/v1' } },
        ...{ region: 'us-east', tiers: ['fast'], maxTokens: 200 },
      },
    ],
    prices: createPriceTable([[MODEL.id, MODEL.price]]),
    recordCall() {
      throw new Error('nothing is asked');
    },
    isStopped: () => false,
  });
}
