/** Routes a call to one named model, for replays. Neither its tier, its live TTFT nor its breaker matters: it was chosen. */
import { type Region, TIERS } from '@firstword/shared/catalog';
import { servedFrom } from './endpoints.ts';
import type { Route, RoutedModel } from './route.ts';
import type { RouterSettings } from './router.ts';
import { chainFor } from './tiers.ts';

export interface ModelQuestion {
  readonly modelId: string;
  readonly region: Region;
  /** The site's `allowedRegions`; undefined allows every region. */
  readonly allowedRegions: readonly Region[] | undefined;
}

/** Undefined for an unknown model. @throws RoutingError `no-allowed-region` */
export type ModelRouter = (question: ModelQuestion) => Route | undefined;

/** Answers are as long as those of a chat, so that models can be compared. */
export function createModelRouter({
  tiers,
  models,
  endpoints,
}: Pick<RouterSettings, 'tiers' | 'models' | 'endpoints'>): ModelRouter {
  return ({ modelId, region: visitor, allowedRegions }) => {
    const known = models.get(modelId);
    const served = servedFrom(endpoints, visitor, allowedRegions);
    if (known === undefined) return undefined;
    const { ttftMs: _, ...model } = known;
    const [first, ...others] = served.endpoints.map((endpoint): RoutedModel => ({ ...model, endpoint }));
    if (first === undefined) return undefined;
    const { region } = served;
    return {
      tier: TIERS.find((tier) => chainFor(tiers[tier], region).includes(modelId)) ?? 'fast',
      region,
      models: [first, ...others],
      maxTokens: tiers.fast.maxTokens,
      why: `${modelId} was chosen by an agent`,
    };
  };
}
