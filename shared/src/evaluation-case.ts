/** A question whose answer evaluations check: written by hand, or saved from an agent's review of a proposed reply. */
import { z } from 'zod';
import { ANSWER_KINDS, CASE_MESSAGE_MAX_CHARS, CASE_MESSAGES_MAX, FACTS_MAX } from './answer-cases.ts';
import { FACT_EXPRESSION } from './judged-case.ts';
import { siteIdSchema } from './wire.ts';

const caseKindSchema = z.enum([...ANSWER_KINDS, 'any']);
export type CaseKind = z.infer<typeof caseKindSchema>;

/** What the evaluation reads. Also one line of the export. */
export const evaluationCaseSchema = z.object({
  id: z.string(),
  /** The visitor's messages in order; the answer to the last one is judged. */
  conversation: z.array(z.string()).min(1),
  /** What a right answer says and does not say: texts, or `/expression/`. */
  facts: z.array(z.string()),
  absent: z.array(z.string()),
  /** Ids of articles that a right answer cites. */
  cites: z.array(z.string()).exactOptional(),
  /** `any` for reviews: the visitor's conversation may have been handed off for good reasons. */
  kind: caseKindSchema,
  /** Why the reply was rejected or edited, or what the author noted. */
  note: z.string(),
});
export type EvaluationCase = z.infer<typeof evaluationCaseSchema>;

export const savedCaseSchema = evaluationCaseSchema.extend({
  siteId: z.string(),
  /** Absent for a case that was written by hand. */
  conversationId: z.string().exactOptional(),
  savedAt: z.number(),
  by: z.string(),
});
export type SavedCase = z.infer<typeof savedCaseSchema>;

/** `POST /api/v1/evaluation-cases` */
export const caseChoiceSchema = z.strictObject({ ticketId: z.string().max(64), runId: z.string().max(100) });

const FACT_MAX_CHARS = 300;

/** Expressions are for files, which the operator's command reads: one of a page could keep the server busy. */
const factSchema = z
  .string()
  .trim()
  .min(1, 'must not be empty')
  .max(FACT_MAX_CHARS)
  .refine((text) => !FACT_EXPRESSION.test(text), 'must be a text, not a regular expression');

/** `POST /api/v1/evaluation-cases/new` */
export const newCaseSchema = z
  .strictObject({
    site: siteIdSchema,
    conversation: z
      .array(z.string().trim().min(1, 'must not be empty').max(CASE_MESSAGE_MAX_CHARS))
      .min(1)
      .max(CASE_MESSAGES_MAX),
    facts: z.array(factSchema).max(FACTS_MAX).default([]),
    absent: z.array(factSchema).max(FACTS_MAX).default([]),
    cites: z.array(z.string().min(1).max(300)).max(FACTS_MAX).default([]),
    kind: caseKindSchema.default('answered'),
    note: z.string().trim().max(500).default(''),
    /** Where the question was asked; when that conversation is erased, so is the case. */
    conversationId: z.string().min(1).max(100).exactOptional(),
    /** The visitor's message there. It has one case: a new one replaces it. */
    seq: z.int().min(1).exactOptional(),
  })
  .refine(({ seq, conversationId }) => seq === undefined || conversationId !== undefined, {
    path: ['seq'],
    message: 'is a message of a conversation. Add its conversationId',
  });
export type NewCase = z.input<typeof newCaseSchema>;

/** `GET /api/v1/evaluation-cases`; `jsonl` is what `npm run eval` reads. */
export const caseListQuerySchema = z.strictObject({
  site: siteIdSchema,
  /** Only those of this conversation. */
  conversation: z.string().min(1).max(100).optional(),
  format: z.enum(['json', 'jsonl']).default('json'),
});
export const caseListSchema = z.object({ cases: z.array(savedCaseSchema) });
