/** What follows from the models that are connected now: the router, prices, and the TTFT that is expected. */
import { createLivePriceTable, createPriceTable, type PriceTable } from '../ledger/price-table.ts';
import type { LatencyTrackerSettings } from '../routing/latency-tracker.ts';
import { priorTtftMs } from '../routing/model-registry.ts';
import { createModelRouter, type ModelRouter } from '../routing/model-route.ts';
import type { Endpoint } from '../routing/route.ts';
import { createRouter, type Router, type RouterSettings } from '../routing/router.ts';
import { RoutingError } from '../routing/routing-error.ts';
import type { LiveModels } from '../settings/live-models.ts';
import type { ModelSetup } from './model-setup.ts';

export type ConnectedModels = LiveModels<ModelSetup>;

export type LiveRouterParts = Pick<RouterSettings, 'latency' | 'breaker' | 'hedge'> & {
  readonly live: Pick<ConnectedModels, 'current' | 'onChange'>;
  readonly served: (main: Endpoint) => RouterSettings['endpoints'];
};

export function createLiveRouter({ live, served, ...others }: LiveRouterParts): Router {
  const build = (): Router => {
    const { endpoint, tiers, models, allowOutsideLimits } = live.current();
    if (endpoint === undefined) return refuse;
    return createRouter({ tiers, models, endpoints: served(endpoint), allowOutsideLimits, ...others });
  };
  let router = build();
  live.onChange(() => {
    router = build();
  });
  return (question) => router(question);
}

/** Routes to a model that an agent has chosen. */
export function createLiveModelRouter({ live, served }: Pick<LiveRouterParts, 'live' | 'served'>): ModelRouter {
  return (question) => {
    const { endpoint, tiers, models } = live.current();
    return endpoint === undefined
      ? refuse()
      : createModelRouter({ tiers, models, endpoints: served(endpoint) })(question);
  };
}

const refuse = (): never => {
  throw new RoutingError(
    'no-endpoint',
    'No model endpoint is connected. Connect one on the console’s page Models, or set LLM_BASE_URL.',
  );
};

/** The TTFT that a model is taken to have before it is measured. */
export function createPriorTtft({ current }: Pick<ConnectedModels, 'current'>): LatencyTrackerSettings['priorMs'] {
  return ({ modelId, region }) => priorTtftMs(current().models, modelId, region);
}

export function createLivePrices({ current, onChange }: Pick<ConnectedModels, 'current' | 'onChange'>): PriceTable {
  const build = () => createPriceTable([...current().models].map(([id, { price }]) => [id, price]));
  let table = build();
  onChange(() => {
    table = build();
  });
  return createLivePriceTable(() => table);
}

/** What pages are shown: the demo engine says so, everything else is live. */
export const modeOf = ({ source }: Pick<ModelSetup, 'source'>): 'live' | 'demo' =>
  source === 'demo' ? 'demo' : 'live';
