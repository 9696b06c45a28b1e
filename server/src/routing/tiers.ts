/** Which models serve which tier in which region, and the rule that keeps slow ones away from waiting people. */
import {
  INTERACTIVE_TTFT_LIMIT_MS,
  priceClass,
  REGIONS,
  type Region,
  referenceTtftMs,
  type TaskType,
  type Tier,
} from '@firstword/shared/catalog';
import type { ModelRegistry } from './model-registry.ts';

/** Model ids in order of preference; a region without a chain of its own uses `default`. */
export type TierChain = { readonly default: readonly string[] } & Readonly<Partial<Record<Region, readonly string[]>>>;

export interface TierSettings {
  readonly maxTokens: number;
  readonly chain: TierChain;
}
export type Tiers = Readonly<Record<Tier, TierSettings>>;

/** Task types and token limits of the reference article; its second choices stand behind the first. */
export const DEFAULT_TIERS: Tiers = {
  instant: { maxTokens: 50, chain: { default: ['qwen3-8b', 'step-3.5-flash'] } },
  fast: {
    maxTokens: 200,
    chain: { default: ['deepseek-v4-flash', 'step-3.5-flash'], asia: ['deepseek-v4-flash', 'hunyuan-turbos'] },
  },
  quality: { maxTokens: 500, chain: { default: ['deepseek-v4-pro', 'glm-5'] } },
};

/**
 * `balanced`: the reference article's choice, one good model for chat everywhere. `fastest`: outside Asia the model with
 * the shortest wait comes first.
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

export function chainFor(settings: TierSettings, region: Region): readonly string[] {
  return settings.chain[region] ?? settings.chain.default;
}

/**
 * Refuses tiers that name an unknown model, are empty, or put a model in front of a person that has a TTFT above 400 ms
 * or a premium price, which the reference article keeps for work where correctness is critical.
 * @throws Error with one line for each fault: tier, model, figure and the rule.
 */
export function checkTiers(tiers: Tiers, models: ModelRegistry): void {
  const faults = new Set<string>();
  for (const [tier, settings] of Object.entries(tiers))
    for (const region of REGIONS) {
      const chain = chainFor(settings, region);
      if (chain.length === 0) faults.add(`tiers.${tier}: the chain for ${region} is empty; name at least one model`);
      for (const id of chain) {
        const known = models.get(id);
        if (known === undefined) {
          faults.add(`tiers.${tier}: unknown model "${id}"; known are ${[...models.keys()].join(', ')}`);
          continue;
        }
        const ttftMs = referenceTtftMs(known, region);
        if (tier !== 'quality' && ttftMs > INTERACTIVE_TTFT_LIMIT_MS)
          faults.add(
            `tiers.${tier}: model "${id}" has a TTFT of ${ttftMs} ms in ${region}; ` +
              `the rule is at most ${INTERACTIVE_TTFT_LIMIT_MS} ms in an interactive tier (instant, fast)`,
          );
        const { outputUsdPerMillion: usd } = known.price;
        if (tier !== 'quality' && usd !== undefined && priceClass(usd) === 'premium')
          faults.add(
            `tiers.${tier}: model "${id}" costs ${usd} dollars per million output tokens, a premium price; ` +
              'only the quality tier may use it',
          );
      }
    }
  if (faults.size > 0) throw new Error([...faults].join('\n'));
}
