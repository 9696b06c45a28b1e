/** Chooses the models for one call. Pure: the same question gives the same route. */
import { type Region, referenceTtftMs } from '@firstword/shared/catalog';
import type { ModelBook } from './model-book.ts';
import type { Endpoint, Route, RoutedModel } from './route.ts';
import { chainFor, checkTiers, type Tiers, tierOfTask } from './tiers.ts';

export interface RouteQuestion {
  /** `classification`, `chat`, `analysis`; anything else is treated as `chat`. */
  readonly taskType: string;
  readonly region: Region;
}

export type Router = (question: RouteQuestion) => Route;

/** @throws Error when the tiers break a rule (`checkTiers`), so that a bad configuration never starts. */
export function createRouter(settings: { tiers: Tiers; models: ModelBook; endpoint: Endpoint }): Router {
  const { tiers, models, endpoint } = settings;
  checkTiers(tiers, models);
  return ({ taskType, region }) => {
    const tier = tierOfTask(taskType);
    const chain = chainFor(tiers[tier], region).flatMap((id) => models.get(id) ?? []);
    const [first, ...others] = chain.map(
      ({ id, upstreamName, price }): RoutedModel => ({ id, upstreamName, price, endpoint }),
    );
    const [known] = chain;
    if (first === undefined || known === undefined) throw new Error(`no model for tier ${tier} in ${region}`);
    const why = `${tier} tier, ${region}: ${first.id} is first in the chain (TTFT ${referenceTtftMs(known, region)} ms)`;
    return { tier, region, models: [first, ...others], maxTokens: tiers[tier].maxTokens, why };
  };
}
