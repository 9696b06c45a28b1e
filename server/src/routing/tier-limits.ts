/** The limits that keep slow and expensive models away from waiting visitors, as in the reference article. Pure. */
import {
  INTERACTIVE_TTFT_LIMIT_MS,
  PREMIUM_ABOVE_USD,
  type Region,
  referenceTtftMs,
  type Tier,
} from '@firstword/shared/catalog';
import type { Phrase } from '@firstword/shared/phrase';
import type { OutsideLimit } from '@firstword/shared/reports';
import { phrase } from '../lib/phrase.ts';
import type { KnownModel } from './model-registry.ts';

interface Limit {
  readonly value: number;
  /** Whether the limit itself is allowed. */
  readonly inclusive: boolean;
}

/** No visitor waits for the quality tier. */
const LIMITS: Readonly<Partial<Record<Tier, { readonly ttftMs: Limit; readonly outputUsd: Limit }>>> = {
  instant: { ttftMs: { value: 200, inclusive: false }, outputUsd: { value: 0.15, inclusive: false } },
  fast: {
    ttftMs: { value: INTERACTIVE_TTFT_LIMIT_MS, inclusive: true },
    outputUsd: { value: PREMIUM_ABOVE_USD, inclusive: true },
  },
};
/** The article names this model for the instant tier, at exactly its price limit. */
const NAMED_AT_THE_LIMIT = { id: 'step-3.5-flash', outputUsd: 0.15 };

const isOutside = (value: number, { value: limit, inclusive }: Limit) => (inclusive ? value > limit : value >= limit);

/** What of a model is outside the tier's limits in these regions: its worst TTFT, its price, both or neither. */
export function outsideLimits(tier: Tier, model: KnownModel, regions: Iterable<Region>): OutsideLimit[] {
  const limits = LIMITS[tier];
  if (limits === undefined) return [];
  const { id: modelId, price } = model;
  const ttftMs = Math.max(...[...regions].map((region) => referenceTtftMs(model, region)));
  const usd = price.outputUsdPerMillion;
  const isNamed = modelId === NAMED_AT_THE_LIMIT.id && usd === NAMED_AT_THE_LIMIT.outputUsd;
  const of = (what: OutsideLimit['what'], value: number, limit: Limit): OutsideLimit[] =>
    isOutside(value, limit) ? [{ tier, modelId, what, value, limit: limit.value }] : [];
  return [
    ...of('ttft', ttftMs, limits.ttftMs),
    ...(usd === undefined || isNamed ? [] : of('price', usd, limits.outputUsd)),
  ];
}

const TIER_NAMES: Readonly<Record<Tier, Phrase>> = {
  instant: phrase`instant`,
  fast: phrase`fast`,
  quality: phrase`quality`,
};

/** `model "x" has a TTFT of 300 ms; the instant tier allows less than 200 ms` */
export function describeOutsideLimit({ tier, modelId, what, value, limit }: OutsideLimit): Phrase {
  const name = TIER_NAMES[tier];
  const isInclusive = LIMITS[tier]?.[what === 'ttft' ? 'ttftMs' : 'outputUsd'].inclusive;
  if (what === 'ttft')
    return isInclusive
      ? phrase`model "${modelId}" has a TTFT of ${value} ms; the ${name} tier allows at most ${limit} ms`
      : phrase`model "${modelId}" has a TTFT of ${value} ms; the ${name} tier allows less than ${limit} ms`;
  return isInclusive
    ? phrase`model "${modelId}" costs $${value} per million output tokens; the ${name} tier allows at most $${limit}`
    : phrase`model "${modelId}" costs $${value} per million output tokens; the ${name} tier allows less than $${limit}`;
}
