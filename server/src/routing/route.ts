/** What routing hands to the gateway: an ordered list of models, each with the endpoint that serves it. */
import type { Region, Tier } from '@firstword/shared/catalog';

/** One OpenAI-compatible server. */
export interface Endpoint {
  /** Stable name for logs, metrics and breakers; never the key. */
  readonly id: string;
  /** Ends with the version part (`…/v1`), no slash after it. */
  readonly baseUrl: string;
  readonly apiKey?: string;
}

/** US dollars per million tokens; an unknown price stays undefined and never becomes zero. */
export interface ModelPrice {
  readonly inputUsdPerMillion?: number;
  readonly outputUsdPerMillion?: number;
}

export interface RoutedModel {
  /** Our id. */
  readonly id: string;
  /** What the endpoint calls it. */
  readonly upstreamName: string;
  readonly endpoint: Endpoint;
  readonly price: ModelPrice;
}

/** A second request for the same answer, in case the first model is late. */
export interface HedgePlan {
  readonly model: RoutedModel;
  /** Request sent → second request sent; 0 sends both at once. */
  readonly afterMs: number;
}

export interface Route {
  readonly tier: Tier;
  readonly region: Region;
  /** First choice first; never empty. */
  readonly models: readonly [RoutedModel, ...RoutedModel[]];
  readonly maxTokens: number;
  /** Why the first model is the first, in words for the turn's record. */
  readonly why: string;
  /** Absent where a second request would not help: nobody waits, or no other model is fit. */
  readonly hedge?: HedgePlan;
}
