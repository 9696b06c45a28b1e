/** A question whose answer `npm run eval -- answers` checks, saved from an agent's review of a proposed reply. */
import { z } from 'zod';
import { siteIdSchema } from './wire.ts';

/** What the evaluation reads. Also one line of the export. */
export const evaluationCaseSchema = z.object({
  id: z.string(),
  /** The visitor's messages in order; the answer to the last one is judged. */
  conversation: z.array(z.string()).min(1),
  /** What a right answer says and does not say: texts, or `/expression/`. */
  facts: z.array(z.string()),
  absent: z.array(z.string()),
  /** The visitor's conversation may have been handed off for good reasons. */
  kind: z.literal('any'),
  /** Why the reply was rejected or edited. */
  note: z.string(),
});
export type EvaluationCase = z.infer<typeof evaluationCaseSchema>;

export const savedCaseSchema = evaluationCaseSchema.extend({
  siteId: z.string(),
  conversationId: z.string(),
  savedAt: z.number(),
  by: z.string(),
});
export type SavedCase = z.infer<typeof savedCaseSchema>;

/** `POST /api/v1/evaluation-cases` */
export const caseChoiceSchema = z.strictObject({ ticketId: z.string().max(64), runId: z.string().max(100) });
/** `GET /api/v1/evaluation-cases`; `jsonl` is what `npm run eval` reads. */
export const caseListQuerySchema = z.strictObject({
  site: siteIdSchema,
  format: z.enum(['json', 'jsonl']).default('json'),
});
export const caseListSchema = z.object({ cases: z.array(savedCaseSchema) });
