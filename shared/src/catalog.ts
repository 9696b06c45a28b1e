/** The 15 models of the reference benchmark (20 May 2026): identity, speed and price as published. */

export const TIERS = ['instant', 'fast', 'quality'] as const;
export type Tier = (typeof TIERS)[number];

export const TASK_TYPES = ['classification', 'chat', 'analysis'] as const;
export type TaskType = (typeof TASK_TYPES)[number];

/** Where a visitor is served from, by a name that the site owner chooses (`regionSchema`). */
export type Region = string;
/** Where the reference benchmark ran: Ohio and Singapore. */
export const REFERENCE_REGIONS = ['us-east', 'asia'] as const;
/** The regions that exist without configuration. */
export const DEFAULT_REGIONS = [...REFERENCE_REGIONS, 'eu'] as const;

export type PriceClass = 'ultra-budget' | 'budget' | 'mid-range' | 'premium';

export interface CatalogModel {
  /** Our id, used in configuration and in the ledger. */
  readonly id: string;
  /** The display name. */
  readonly name: string;
  readonly provider: string;
  /** Time to first token in milliseconds. A region without a measurement of its own uses `us-east`. */
  readonly ttftMs: Readonly<Record<Region, number> & { 'us-east': number }>;
  /** Generation speed after the first token. */
  readonly tokensPerSecond: number;
  readonly outputUsdPerMillion: number;
}

/** Models above this TTFT are refused in interactive tiers (rule of the reference benchmark). */
export const INTERACTIVE_TTFT_LIMIT_MS = 400;

function model(
  id: string,
  name: string,
  provider: string,
  usEastMs: number,
  tokensPerSecond: number,
  outputUsdPerMillion: number,
  asiaMs?: number,
): CatalogModel {
  const ttftMs = asiaMs === undefined ? { 'us-east': usEastMs } : { 'us-east': usEastMs, asia: asiaMs };
  return { id, name, provider, ttftMs, tokensPerSecond, outputUsdPerMillion };
}

/** In the order of the published ranking, which is the author's and not strictly by TTFT. */
export const REFERENCE_MODELS: readonly CatalogModel[] = [
  model('step-3.5-flash', 'Step-3.5-Flash', 'StepFun', 120, 80, 0.15),
  model('deepseek-v4-flash', 'DeepSeek V4 Flash', 'DeepSeek', 180, 60, 0.25, 150),
  model('hunyuan-turbos', 'Hunyuan-TurboS', 'Tencent', 200, 55, 0.28),
  model('qwen3-8b', 'Qwen3-8B', 'Qwen', 150, 70, 0.01),
  model('qwen3-32b', 'Qwen3-32B', 'Qwen', 250, 45, 0.28, 210),
  model('doubao-seed-lite', 'Doubao-Seed-Lite', 'ByteDance', 220, 50, 0.4),
  model('hunyuan-turbo', 'Hunyuan-Turbo', 'Tencent', 280, 42, 0.57),
  model('glm-4-32b', 'GLM-4-32B', 'Zhipu', 300, 38, 0.56),
  model('qwen3.5-27b', 'Qwen3.5-27B', 'Qwen', 350, 35, 0.19),
  model('deepseek-v4-pro', 'DeepSeek V4 Pro', 'DeepSeek', 400, 30, 0.78),
  model('minimax-m2.5', 'MiniMax M2.5', 'MiniMax', 450, 28, 1.15),
  model('glm-5', 'GLM-5', 'Zhipu', 500, 25, 1.92, 420),
  model('kimi-k2.5', 'Kimi K2.5', 'Moonshot', 600, 20, 3.0, 480),
  model('deepseek-r1', 'DeepSeek-R1', 'DeepSeek', 800, 15, 2.5),
  model('qwen3.5-397b', 'Qwen3.5-397B', 'Qwen', 1200, 10, 2.34),
];

/** Reference TTFT in milliseconds of a model as seen from a region. */
export function referenceTtftMs(entry: Pick<CatalogModel, 'ttftMs'>, region: Region): number {
  return entry.ttftMs[region] ?? entry.ttftMs['us-east'];
}

/** Premium prices are for work where correctness is critical, never in front of a waiting visitor. */
export const PREMIUM_ABOVE_USD = 0.8;

/**
 * The published price classes by US dollars per million output tokens: ultra-budget up to and including 0.15,
 * budget to 0.30, mid-range to 0.80, premium above.
 */
export function priceClass(outputUsdPerMillion: number): PriceClass {
  if (outputUsdPerMillion <= 0.15) return 'ultra-budget';
  if (outputUsdPerMillion <= 0.3) return 'budget';
  if (outputUsdPerMillion <= PREMIUM_ABOVE_USD) return 'mid-range';
  return 'premium';
}
