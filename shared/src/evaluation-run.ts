/** Evaluations of a site's answers as administrators start, follow and compare them over REST. */
import { z } from 'zod';
import { CASES_MAX } from './answer-cases.ts';
import { backgroundRunSchema, runCostSchema, spendingLimitSchema } from './background-run.ts';
import { judgedCaseSchema } from './judged-case.ts';
import { siteIdSchema } from './wire.ts';

/** `POST /api/v1/evaluation-runs` */
export const evaluationRequestSchema = z.strictObject({
  site: siteIdSchema,
  /** Absent: all cases of the site. */
  caseIds: z.array(z.string().min(1).max(100)).min(1).max(CASES_MAX).exactOptional(),
  maxUsd: spendingLimitSchema,
});
export type EvaluationRequest = z.infer<typeof evaluationRequestSchema>;

/** What a run keeps beside its state. */
export const evaluationResultSchema = z.object({
  maxUsd: z.number(),
  cases: z.int(),
  judged: z.int(),
  passed: z.int(),
  /** Question → first text at the server, in milliseconds; absent without an answer. */
  ttft: z.object({ p50: z.number(), p95: z.number() }).exactOptional(),
  ...runCostSchema.shape,
});
export type EvaluationResult = z.infer<typeof evaluationResultSchema>;

export const evaluationRunSchema = backgroundRunSchema.extend({ site: z.string(), ...evaluationResultSchema.shape });
export type EvaluationRun = z.infer<typeof evaluationRunSchema>;

/** A case of a run. Without the cases that were deleted since, and those of erased conversations. */
export const caseResultSchema = judgedCaseSchema.extend({
  /** The visitor's messages; the answer to the last one was judged. */
  conversation: z.array(z.string()),
});
export type CaseResult = z.infer<typeof caseResultSchema>;

/** `GET /api/v1/evaluation-runs/{id}` */
export const evaluationDetailSchema = evaluationRunSchema.extend({ results: z.array(caseResultSchema) });
export type EvaluationDetail = z.infer<typeof evaluationDetailSchema>;

/** What a message of a case may cost; undefined on a site whose models may not be asked. */
const evaluationPlanSchema = z.object({
  /** As budgets count it: an unknown price counts as the highest known one. */
  usdPerMessage: z.number(),
  priceIsKnown: z.boolean(),
});
export type EvaluationPlan = z.infer<typeof evaluationPlanSchema>;

/** `GET /api/v1/evaluation-runs`: the newest first. */
export const evaluationListSchema = z.object({
  runs: z.array(evaluationRunSchema),
  plan: evaluationPlanSchema.exactOptional(),
});
export type EvaluationList = z.infer<typeof evaluationListSchema>;
