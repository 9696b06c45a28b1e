/** A route: the models to try in order, each with its endpoint. */
import type { Region, Tier } from '@firstword/shared/catalog';
import type { ModelProfile } from './model-profile.ts';

/** One OpenAI-compatible server. */
export interface Endpoint {
  /** Stable name for logs, metrics and breakers; never the key. */
  readonly id: string;
  /** In any form that `gateway/chat-address.ts` reads. */
  readonly baseUrl: string;
  readonly apiKey?: string;
  /** In lower case; absent for the endpoint's usual one. */
  readonly apiKeyHeader?: string;
}

/** US dollars per million tokens; undefined, never 0, when unknown. */
export interface ModelPrice {
  readonly inputUsdPerMillion?: number;
  readonly outputUsdPerMillion?: number;
  /** Of input that the endpoint read from its prompt cache; priced like other input when unknown. */
  readonly cachedInputUsdPerMillion?: number;
}

export interface RoutedModel {
  /** Our id. */
  readonly id: string;
  /** The endpoint's name of the model. */
  readonly upstreamName: string;
  readonly endpoint: Endpoint;
  readonly price: ModelPrice;
  readonly profile: ModelProfile;
}

/** A second request for the same answer when the first is late. */
export interface HedgePlan {
  readonly model: RoutedModel;
  /** First request → hedge; 0 sends both at once. */
  readonly afterMs: number;
}

export interface Route {
  readonly tier: Tier;
  readonly region: Region;
  /** First choice first; never empty. */
  readonly models: readonly [RoutedModel, ...RoutedModel[]];
  readonly maxTokens: number;
  /** The reason for the order, for the turn's record. */
  readonly why: string;
  /** Absent when no visitor waits or no other model is fit. */
  readonly hedge?: HedgePlan;
}
