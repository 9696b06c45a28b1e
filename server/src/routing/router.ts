/** Chooses the models for one call, in the order of the moment. Pure: what it asks of the moment is given to it. */
import { REGIONS, type Region, TIERS, type Tier } from '@firstword/shared/catalog';
import { type Breaker, breakerKey } from './breaker.ts';
import { type Endpoints, type ServedFrom, servedFrom } from './endpoints.ts';
import type { LatencyKey, LatencyTracker } from './latency-tracker.ts';
import type { ModelRegistry } from './model-registry.ts';
import type { HedgePlan, Route, RoutedModel } from './route.ts';
import { chainFor, checkTiers, type Tiers, tierOfTask } from './tiers.ts';

export interface RouteQuestion {
  /** `classification`, `chat`, `analysis`; anything else is treated as `chat`. */
  readonly taskType: string;
  readonly region: Region;
  /** The site's `allowedRegions`. Always said, so that nobody forgets it; undefined allows every region. */
  readonly allowedRegions: readonly Region[] | undefined;
}

/** @throws RoutingError `no-allowed-region` */
export type Router = (question: RouteQuestion) => Route;

/** `hedge`: a second request shortly before the deadline would be missed. `race`: two requests always. */
export interface HedgeSettings {
  readonly mode: 'off' | 'hedge' | 'race';
  /** The wait for the first token that should not be passed. */
  readonly deadlineMs: number;
  /** Of all answers, 0…1: so many may be asked for twice (a race ignores it). */
  readonly budgetShare: number;
}

export interface RouterSettings {
  readonly tiers: Tiers;
  readonly models: ModelRegistry;
  readonly endpoints: Endpoints;
  readonly latency: LatencyTracker;
  readonly breaker: Pick<Breaker, 'opensInMs'>;
  readonly hedge: HedgeSettings;
}

type Chain = readonly [RoutedModel, ...RoutedModel[]];

/** @throws Error when the tiers break a rule (`checkTiers`), so that a bad configuration never starts. */
export function createRouter({ tiers, models, endpoints, latency, breaker, hedge }: RouterSettings): Router {
  checkTiers(tiers, models);

  function hedgeFor(ready: readonly RoutedModel[], region: Region): HedgePlan | undefined {
    const wait = (model: RoutedModel, share: number) => latency.quantileMs(latencyKey(model, region), share);
    const [first, ...others] = ready;
    const steadiest = others.toSorted((a, b) => wait(a, 0.9) - wait(b, 0.9))[0];
    if (hedge.mode === 'off' || first === undefined || steadiest === undefined) return undefined;
    if (hedge.mode === 'race') return { model: steadiest, afterMs: 0 };
    // A budget that does not reach for all late answers is kept for the latest ones.
    const affordableMs = Math.min(hedge.deadlineMs, wait(first, 1 - hedge.budgetShare));
    return { model: steadiest, afterMs: Math.max(0, hedge.deadlineMs - wait(steadiest, 0.9), affordableMs) };
  }

  return ({ taskType, region: visitor, allowedRegions }) => {
    const tier = tierOfTask(taskType);
    const served = servedFrom(endpoints, visitor, allowedRegions);
    const { region } = served;
    const chain = chainOf(tiers, models, tier, served);
    const faultOf = (model: RoutedModel) => {
      if (breaker.opensInMs(breakerKey(model.endpoint.id, model.id)) > 0) return 'rests after failures';
      return tier !== 'quality' && !latency.isFit(latencyKey(model, region)) ? 'is too slow just now' : undefined;
    };
    const ready = chain.filter((model) => faultOf(model) === undefined);
    // Those that are out stay behind as the last resort: when all are out, the configured order is as good as any.
    const [first, ...others] = [...ready, ...chain.filter((model) => faultOf(model) !== undefined)] as [...Chain];
    const key = latencyKey(first, region);
    const passedOver = chain.slice(0, chain.indexOf(first)).map((model) => `${model.id} ${faultOf(model)}`);
    const wait = `TTFT p50 ${Math.round(latency.quantileMs(key, 0.5))} ms by ${latency.samples(key) || 'the catalog'}`;
    const why = [
      `${tier} tier, ${region}: ${first.id} (${wait})`,
      ...passedOver,
      ...(ready.length === 0 ? ['every model of the chain is out'] : []),
      ...(region === visitor ? [] : [`the site does not allow ${visitor}`]),
    ].join('; ');
    const beside = tier === 'quality' ? undefined : hedgeFor(ready, region);
    const { maxTokens } = tiers[tier];
    return {
      tier,
      region,
      models: [first, ...others],
      maxTokens,
      why,
      ...(beside === undefined ? {} : { hedge: beside }),
    };
  };
}

/** The same model may come twice: near the visitor, and at the endpoint that stands in for that one. */
function chainOf(tiers: Tiers, models: ModelRegistry, tier: Tier, { region, endpoints }: ServedFrom): Chain {
  const known = chainFor(tiers[tier], region).flatMap((id) => models.get(id) ?? []);
  const [first, ...others] = endpoints.flatMap((endpoint) =>
    known.map(({ id, upstreamName, price }): RoutedModel => ({ id, upstreamName, price, endpoint })),
  );
  if (first === undefined) throw new Error(`no model for tier ${tier} in ${region}`);
  return [first, ...others];
}

export function latencyKey({ id, endpoint }: RoutedModel, region: Region): LatencyKey {
  return { modelId: id, region, endpointId: endpoint.id };
}

/** Every model that may stand in front of a person, with each region and endpoint it may serve: what probes look at. */
export function interactiveModels({
  tiers,
  models,
  endpoints,
}: Pick<RouterSettings, 'tiers' | 'models' | 'endpoints'>) {
  const found = new Map<string, { model: RoutedModel; region: Region; tier: Tier }>();
  for (const tier of TIERS.filter((name) => name !== 'quality'))
    for (const region of REGIONS)
      for (const model of chainOf(tiers, models, tier, servedFrom(endpoints, region, undefined)))
        found.set(`${model.id} ${region} ${model.endpoint.id}`, { model, region, tier });
  return [...found.values()];
}
