/** The model chains of each tier and region, and the rule that keeps slow models out of interactive tiers. */
import {
  DEFAULT_REGIONS,
  INTERACTIVE_TTFT_LIMIT_MS,
  priceClass,
  type Region,
  referenceTtftMs,
  type TaskType,
  type Tier,
} from '@firstword/shared/catalog';
import type { ModelRegistry } from './model-registry.ts';

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

/**
 * Refuses empty chains, unknown models, and models in an interactive tier with a TTFT above 400 ms or a premium price,
 * which the reference article reserves for work where correctness is critical.
 * @throws Error with one line per fault: tier, model, value and rule
 */
export function checkTiers(tiers: Tiers, models: ModelRegistry): void {
  const faults = new Set<string>();
  for (const [tier, settings] of Object.entries(tiers))
    for (const region of chainRegions(tiers)) {
      const chain = chainFor(settings, region);
      if (chain.length === 0) faults.add(`tiers.${tier}: the chain for ${region} is empty. Add at least one model.`);
      for (const id of chain) {
        const known = models.get(id);
        if (known === undefined) {
          faults.add(
            `tiers.${tier}: unknown model "${id}". Known: ${[...models.keys()].join(', ')}. Add others under "models".`,
          );
          continue;
        }
        if (tier !== 'quality' && known.profile.thinks === 'always')
          faults.add(
            `tiers.${tier}: model "${id}" always thinks before it answers, so visitors would wait; ` +
              'only the quality tier allows it. Use another model, or set its "thinks" if this is wrong.',
          );
        const ttftMs = referenceTtftMs(known, region);
        if (tier !== 'quality' && ttftMs > INTERACTIVE_TTFT_LIMIT_MS)
          faults.add(
            `tiers.${tier}: model "${id}" has a TTFT of ${ttftMs} ms in ${region}; ` +
              `interactive tiers (instant, fast) allow at most ${INTERACTIVE_TTFT_LIMIT_MS} ms`,
          );
        const { outputUsdPerMillion: usd } = known.price;
        if (tier !== 'quality' && usd !== undefined && priceClass(usd) === 'premium')
          faults.add(
            `tiers.${tier}: model "${id}" costs $${usd} per million output tokens, a premium price; ` +
              'only the quality tier allows it',
          );
      }
    }
  if (faults.size > 0) throw new Error([...faults].join('\n'));
}
