/** Benchmarks of models as administrators start, follow and compare them over REST. */
import { z } from 'zod';
import { backgroundRunSchema, runCostSchema, spendingLimitSchema } from './background-run.ts';
import { BENCHMARK_AT_ONCE, BENCHMARK_QUESTIONS } from './benchmark-limits.ts';
import { TIERS } from './catalog.ts';

const modelAtEndpoint = { modelId: z.string().min(1).max(200), endpointId: z.string().min(1).max(200) };

/** `POST /api/v1/benchmarks` */
export const benchmarkRequestSchema = z.strictObject({
  models: z.array(z.strictObject(modelAtEndpoint)).min(1).max(50),
  /** Measured for each model. */
  questions: z.int().min(BENCHMARK_QUESTIONS.least).max(BENCHMARK_QUESTIONS.most),
  atOnce: z.int().min(BENCHMARK_AT_ONCE.least).max(BENCHMARK_AT_ONCE.most),
  maxUsd: spendingLimitSchema,
});
export type BenchmarkRequest = z.infer<typeof benchmarkRequestSchema>;

/** What was measured of one model. */
export const benchmarkLineSchema = z.object({
  ...modelAtEndpoint,
  region: z.string(),
  /** Questions that have ended, answered or not. */
  asked: z.int(),
  answered: z.int(),
  /** It failed so often in a row that it is asked no more. */
  givenUp: z.boolean(),
  /** Failure code → count. */
  errors: z.record(z.string(), z.int()),
  /** Request sent → first visible token, in milliseconds; absent without an answer. */
  ttft: z.object({ p50: z.number(), p95: z.number() }).exactOptional(),
  /** Median after the first token; absent when every answer arrived all at once. */
  tokensPerSecond: z.number().exactOptional(),
  /** Mean of the answers. */
  outputTokens: z.number().exactOptional(),
  /** The endpoint reported no token counts, so speed and length are estimates. */
  estimated: z.boolean(),
  ...runCostSchema.shape,
  /** Of the published benchmark, where it has this model. */
  reference: z.object({ ttftMs: z.number(), tokensPerSecond: z.number() }).exactOptional(),
});
export type BenchmarkLine = z.infer<typeof benchmarkLineSchema>;

/** What a run keeps beside its state. */
export const benchmarkResultSchema = z.object({
  questions: z.int(),
  atOnce: z.int(),
  maxUsd: z.number(),
  /** In the order in which they were chosen. */
  lines: z.array(benchmarkLineSchema),
  /** Of all of its calls, the warm-up included. */
  ...runCostSchema.shape,
});
export type BenchmarkResult = z.infer<typeof benchmarkResultSchema>;

export const benchmarkSchema = backgroundRunSchema.extend(benchmarkResultSchema.shape);
export type Benchmark = z.infer<typeof benchmarkSchema>;

/** A model in use. */
const candidateSchema = z.object({
  ...modelAtEndpoint,
  tiers: z.array(z.enum(TIERS)),
  /** The most that one question costs, as budgets count it: an unknown price counts as the highest known one. */
  usdPerQuestion: z.number(),
  priceIsKnown: z.boolean(),
});
export type BenchmarkCandidate = z.infer<typeof candidateSchema>;

/** `GET /api/v1/benchmarks`: the newest first. */
export const benchmarkListSchema = z.object({ runs: z.array(benchmarkSchema), candidates: z.array(candidateSchema) });
export type BenchmarkList = z.infer<typeof benchmarkListSchema>;
