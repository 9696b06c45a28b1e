/** The model chains of each tier and region, and the check that keeps slow and expensive models out of interactive tiers. */
import { DEFAULT_REGIONS, type Region, type TaskType, TIERS, type Tier } from '@firstword/shared/catalog';
import type { Phrase } from '@firstword/shared/phrase';
import type { OutsideLimit } from '@firstword/shared/reports';
import { nearMiss } from '../lib/near-miss.ts';
import { phrase, phraseText } from '../lib/phrase.ts';
import type { ModelRegistry } from './model-registry.ts';
import { describeOutsideLimit, outsideLimits } from './tier-limits.ts';

/** Model ids in order of preference; a region without a chain of its own uses `default`. */
export type TierChain = { readonly default: readonly string[] } & Readonly<Record<Region, readonly string[]>>;

export interface TierSettings {
  readonly maxTokens: number;
  readonly chain: TierChain;
}
export type Tiers = Readonly<Record<Tier, TierSettings>>;

/** Task types and token limits of the reference article, with its second choices as fallbacks. */
export const DEFAULT_TIERS: Tiers = {
  instant: { maxTokens: 50, chain: { default: ['qwen3-8b', 'step-3.5-flash'] } },
  fast: {
    maxTokens: 200,
    chain: { default: ['deepseek-v4-flash', 'step-3.5-flash'], asia: ['deepseek-v4-flash', 'hunyuan-turbos'] },
  },
  quality: { maxTokens: 500, chain: { default: ['deepseek-v4-pro', 'glm-5'] } },
};

/**
 * `balanced`: the reference article's choice, one good chat model everywhere. `fastest`: outside Asia the model with the
 * lowest TTFT comes first.
 */
export const ROUTING_PRESETS = ['balanced', 'fastest'] as const;
export type RoutingPreset = (typeof ROUTING_PRESETS)[number];

export function presetTiers(preset: RoutingPreset): Tiers {
  if (preset === 'balanced') return DEFAULT_TIERS;
  const { fast } = DEFAULT_TIERS;
  return {
    ...DEFAULT_TIERS,
    fast: { ...fast, chain: { ...fast.chain, default: ['step-3.5-flash', 'deepseek-v4-flash'] } },
  };
}

const TASK_TIERS: ReadonlyMap<string, Tier> = new Map<TaskType, Tier>([
  ['classification', 'instant'],
  ['chat', 'fast'],
  ['analysis', 'quality'],
]);

/** An unknown task type falls back to chat, as in the reference article. */
export function tierOfTask(taskType: string): Tier {
  return TASK_TIERS.get(taskType) ?? 'fast';
}

/** The regions whose chains or figures may differ from one another. */
export function chainRegions(tiers: Tiers): Set<Region> {
  const named = Object.values(tiers).flatMap(({ chain }) => Object.keys(chain));
  return new Set([...DEFAULT_REGIONS, ...named.filter((name) => name !== 'default')]);
}

export function chainFor(settings: TierSettings, region: Region): readonly string[] {
  return settings.chain[region] ?? settings.chain.default;
}

/** A model's place in the tiers, and the regions in which it is used from there. */
interface Placed {
  readonly tier: Tier;
  readonly id: string;
  /** As in the configuration file. */
  readonly place: string;
  readonly regions: readonly Region[];
}

function* placedModels(tiers: Tiers): Generator<Placed> {
  const regions = [...chainRegions(tiers)];
  for (const tier of TIERS) {
    const { chain } = tiers[tier];
    for (const [name, ids] of Object.entries(chain))
      for (const [index, id] of ids.entries()) {
        const usedIn = name === 'default' ? regions.filter((region) => chain[region] === undefined) : [name];
        yield { tier, id, place: `tiers.${tier}.chain.${name}[${index}]`, regions: usedIn };
      }
  }
}

/** The models that `routing.allowOutsideLimits` admits, each with the limit that it exceeds. */
export function admittedOutsideLimits(
  tiers: Tiers,
  models: ModelRegistry,
  allowed: readonly string[],
): readonly OutsideLimit[] {
  const found = [...placedModels(tiers)].flatMap(({ tier, id, regions }) => {
    const known = models.get(id);
    return known === undefined || !allowed.includes(id) ? [] : outsideLimits(tier, known, regions);
  });
  const keyOf = ({ tier, modelId, what }: OutsideLimit) => `${tier} ${modelId} ${what}`;
  return [...new Map(found.map((limit) => [keyOf(limit), limit])).values()];
}

export interface TierFault {
  readonly tier: Tier;
  /** As in the configuration file. */
  readonly place: string;
  readonly phrase: Phrase;
}

/**
 * Empty chains, unknown and repeated models, and models outside the limits of an interactive tier.
 * @param allowed ids of models that may be outside the limits
 * @param howToAllow completes "Use a faster model, or …"
 */
export function findTierFaults(
  tiers: Tiers,
  models: ModelRegistry,
  allowed: readonly string[],
  howToAllow: (id: string) => Phrase,
): TierFault[] {
  const faults: TierFault[] = [];
  for (const tier of TIERS)
    for (const [name, ids] of Object.entries(tiers[tier].chain)) {
      const chain = `tiers.${tier}.chain.${name}`;
      if (ids.length === 0)
        faults.push({ tier, place: chain, phrase: phrase`the chain is empty. Add at least one model.` });
      for (const [index, id] of ids.entries()) {
        const first = `${chain}[${ids.indexOf(id)}]`;
        if (ids.indexOf(id) < index)
          faults.push({
            ...{ tier, place: `${chain}[${index}]` },
            phrase: phrase`"${id}" is already in ${first}. Remove one of the two.`,
          });
      }
    }
  for (const { tier, id, place, regions } of placedModels(tiers)) {
    const known = models.get(id);
    if (known === undefined) {
      const ids = [...models.keys()];
      const near = nearMiss(id, ids);
      faults.push({
        ...{ tier, place },
        phrase:
          near === undefined
            ? phrase`there is no model "${id}". Add it to "models", or use ${ids.join(', ')}.`
            : phrase`there is no model "${id}". Did you mean "${near}"? Add it to "models", or use ${ids.join(', ')}.`,
      });
      continue;
    }
    if (tier !== 'quality' && known.profile.thinks === 'always')
      faults.push({
        ...{ tier, place },
        phrase: phrase`model "${id}" always thinks before it answers, so visitors would wait; only the quality tier allows it. Use another model, or set its "thinks" if this is wrong.`,
      });
    if (!allowed.includes(id))
      for (const limit of outsideLimits(tier, known, regions)) {
        const [outside, allow] = [describeOutsideLimit(limit), howToAllow(id)];
        faults.push({
          ...{ tier, place },
          phrase:
            limit.what === 'ttft'
              ? phrase`${outside}. Use a faster model, or ${allow}.`
              : phrase`${outside}. Use a cheaper model, or ${allow}.`,
        });
      }
  }
  return faults;
}

/** @throws Error with one line per fault: place, model, value, what is allowed, and the fix */
export function checkTiers(tiers: Tiers, models: ModelRegistry, allowed: readonly string[] = []): void {
  const howToAllow = (id: string) => phrase`add "${id}" to routing.allowOutsideLimits`;
  const faults = findTierFaults(tiers, models, allowed, howToAllow);
  const lines = new Set(faults.map(({ place, phrase: why }) => `${place}: ${phraseText(why)}`));
  if (lines.size > 0) throw new Error([...lines].join('\n'));
}
