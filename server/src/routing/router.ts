/** Chooses the models for one call, ordered by current latency and breaker state. Pure: both are parameters. */
import { type Region, TIERS, type Tier } from '@firstword/shared/catalog';
import { type Breaker, breakerKey } from './breaker.ts';
import { type Endpoints, type ServedFrom, servedFrom } from './endpoints.ts';
import type { LatencyKey, LatencyTracker } from './latency-tracker.ts';
import type { ModelRegistry } from './model-registry.ts';
import type { HedgePlan, Route, RoutedModel } from './route.ts';
import { chainFor, chainRegions, checkTiers, type Tiers, tierOfTask } from './tiers.ts';

export interface RouteQuestion {
  /** `classification`, `chat`, `analysis`; anything else is treated as `chat`. */
  readonly taskType: string;
  readonly region: Region;
  /** The site's `allowedRegions`. Required, so that no caller omits it; undefined allows every region. */
  readonly allowedRegions: readonly Region[] | undefined;
}

/** @throws RoutingError `no-allowed-region` */
export type Router = (question: RouteQuestion) => Route;

/** `hedge`: a second request just before the deadline would be missed. `race`: always two requests. */
export interface HedgeSettings {
  readonly mode: 'off' | 'hedge' | 'race';
  /** The TTFT to stay below. */
  readonly deadlineMs: number;
  /** Share of answers that may be hedged, 0…1; ignored by `race`. */
  readonly budgetShare: number;
}

export interface RouterSettings {
  readonly tiers: Tiers;
  readonly models: ModelRegistry;
  readonly endpoints: Endpoints;
  readonly latency: LatencyTracker;
  readonly breaker: Pick<Breaker, 'opensInMs'>;
  readonly hedge: HedgeSettings;
  /** Ids of models that may be slower or more expensive than their tier allows. */
  readonly allowOutsideLimits?: readonly string[];
}

type Chain = readonly [RoutedModel, ...RoutedModel[]];

/** @throws Error when the tiers break a rule (`checkTiers`) */
export function createRouter(settings: RouterSettings): Router {
  const { tiers, models, endpoints, latency, breaker, hedge, allowOutsideLimits = [] } = settings;
  checkTiers(tiers, models, allowOutsideLimits);

  function hedgeFor(ready: readonly RoutedModel[], region: Region): HedgePlan | undefined {
    const ttft = (model: RoutedModel, share: number) => latency.quantileMs(latencyKey(model, region), share);
    const [first, ...others] = ready;
    const steadiest = others.toSorted((a, b) => ttft(a, 0.9) - ttft(b, 0.9))[0];
    if (hedge.mode === 'off' || first === undefined || steadiest === undefined) return undefined;
    if (hedge.mode === 'race') return { model: steadiest, afterMs: 0 };
    // A budget too small for all late answers is spent on the latest ones.
    const affordableMs = Math.min(hedge.deadlineMs, ttft(first, 1 - hedge.budgetShare));
    return { model: steadiest, afterMs: Math.max(0, hedge.deadlineMs - ttft(steadiest, 0.9), affordableMs) };
  }

  return ({ taskType, region: visitor, allowedRegions }) => {
    const tier = tierOfTask(taskType);
    const served = servedFrom(endpoints, visitor, allowedRegions);
    const { region } = served;
    const chain = chainOf(tiers, models, tier, served);
    const faultOf = (model: RoutedModel) => {
      if (breaker.opensInMs(breakerKey(model.endpoint.id, model.id)) > 0) return 'breaker open';
      const isLimited = tier !== 'quality' && !allowOutsideLimits.includes(model.id);
      return isLimited && !latency.isFit(latencyKey(model, region)) ? 'too slow' : undefined;
    };
    const ready = chain.filter((model) => faultOf(model) === undefined);
    // Unavailable models come last, in the configured order.
    const [first = chain[0], ...others] = [...ready, ...chain.filter((model) => faultOf(model) !== undefined)];
    const key = latencyKey(first, region);
    const skipped = chain.slice(0, chain.indexOf(first)).map((model) => `${model.id} ${faultOf(model)}`);
    const ttft = `TTFT p50 ${Math.round(latency.quantileMs(key, 0.5))} ms from ${latency.samples(key) || 'the catalog'}`;
    const why = [
      `${tier} tier, ${region}: ${first.id} (${ttft})`,
      ...skipped,
      ...(ready.length === 0 ? ['no model of the chain is available'] : []),
      ...(region === visitor ? [] : [`${visitor} not allowed by the site`]),
    ].join('; ');
    const hedgePlan = tier === 'quality' ? undefined : hedgeFor(ready, region);
    const { maxTokens } = tiers[tier];
    return {
      tier,
      region,
      models: [first, ...others],
      maxTokens,
      why,
      ...(hedgePlan === undefined ? {} : { hedge: hedgePlan }),
    };
  };
}

/** A model may occur twice: at the regional endpoint and at the main one as its fallback. */
function chainOf(tiers: Tiers, models: ModelRegistry, tier: Tier, { region, endpoints }: ServedFrom): Chain {
  const known = chainFor(tiers[tier], region).flatMap((id) => models.get(id) ?? []);
  const [first, ...others] = endpoints.flatMap((endpoint) =>
    known.map(({ ttftMs: _, ...model }): RoutedModel => ({ ...model, endpoint })),
  );
  if (first === undefined) throw new Error(`no model for tier ${tier} in ${region}`);
  return [first, ...others];
}

export function latencyKey({ id, endpoint }: RoutedModel, region: Region): LatencyKey {
  return { modelId: id, region, endpointId: endpoint.id };
}

/** Every model of the interactive tiers, with each region and endpoint, for latency probes. */
export function interactiveModels({
  tiers,
  models,
  endpoints,
}: Pick<RouterSettings, 'tiers' | 'models' | 'endpoints'>) {
  const found = new Map<string, { model: RoutedModel; region: Region; tier: Tier }>();
  for (const tier of TIERS.filter((name) => name !== 'quality'))
    for (const region of regionsOf(tiers, endpoints))
      for (const model of chainOf(tiers, models, tier, servedFrom(endpoints, region, undefined)))
        found.set(`${model.id} ${region} ${model.endpoint.id}`, { model, region, tier });
  return [...found.values()];
}

/** Every region with a chain or an endpoint of its own, and those that exist without configuration. */
export function regionsOf(tiers: Tiers, { mainRegion, regional }: Endpoints): Set<Region> {
  return new Set([...chainRegions(tiers), mainRegion, ...Object.keys(regional)]);
}

/** Every model of every tier at every endpoint that may be asked for it, once, with its tiers. For checks. */
export function modelsInUse({ tiers, models, endpoints }: Pick<RouterSettings, 'tiers' | 'models' | 'endpoints'>) {
  const found = new Map<string, { model: RoutedModel; region: Region; tiers: Tier[]; maxTokens: number }>();
  for (const tier of TIERS)
    for (const region of regionsOf(tiers, endpoints))
      for (const model of chainOf(tiers, models, tier, servedFrom(endpoints, region, undefined))) {
        const key = `${model.endpoint.id} ${model.id}`;
        const known = found.get(key) ?? { model, region, tiers: [], maxTokens: tiers[tier].maxTokens };
        found.set(key, {
          ...known,
          tiers: [...new Set([...known.tiers, tier])],
          maxTokens: Math.min(known.maxTokens, tiers[tier].maxTokens),
        });
      }
  return [...found.values()];
}
