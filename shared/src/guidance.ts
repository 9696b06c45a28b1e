/** A site's guidance for answers: tone, length, rules, and snippets that outrank its articles. */
import { z } from 'zod';
import { NUMBER_MAX } from './limits.ts';
import { versionViewSchema } from './version.ts';
import { siteIdSchema } from './wire.ts';

/** Enough for the exceptions of a shop; what is longer belongs in articles. */
const SNIPPETS_MAX = 50;
const RULES_MAX = 20;
const RULE_MAX_CHARS = 300;
const SNIPPET_MAX_CHARS = 1000;
export const ANSWER_WORDS = { least: 20, usual: 120, most: 400 } as const;

const rule = z.string().trim().min(1, 'must not be empty').max(RULE_MAX_CHARS);

export const guidanceSchema = z.strictObject({
  /** How answers sound, such as "warm, and formal in German". */
  tone: z.string().trim().max(RULE_MAX_CHARS).default(''),
  /** Words of an answer, at most. */
  maxWords: z.int().min(ANSWER_WORDS.least).max(ANSWER_WORDS.most).default(ANSWER_WORDS.usual),
  always: z.array(rule).max(RULES_MAX).default([]),
  never: z.array(rule).max(RULES_MAX).default([]),
  /** Short texts that outrank articles, such as an exception that holds this week. */
  snippets: z
    .array(
      z.strictObject({
        title: z.string().trim().min(1, 'must not be empty').max(120),
        text: z.string().trim().min(1, 'must not be empty').max(SNIPPET_MAX_CHARS),
      }),
    )
    .max(SNIPPETS_MAX)
    .default([]),
});
export type Guidance = z.infer<typeof guidanceSchema>;

export const NO_GUIDANCE: Guidance = { tone: '', maxWords: ANSWER_WORDS.usual, always: [], never: [], snippets: [] };

/** `GET /api/v1/knowledge/guidance` */
export const guidanceViewSchema = z.object({
  /** 0 while nothing was saved. */
  version: z.int(),
  guidance: guidanceSchema,
  /** Newest first. */
  versions: z.array(versionViewSchema),
});
export type GuidanceView = z.infer<typeof guidanceViewSchema>;

export const guidanceChangeSchema = z.strictObject({
  site: siteIdSchema,
  guidance: guidanceSchema,
  /** The version that was edited: another change in between is a conflict. */
  expectedVersion: z.int().min(0).max(NUMBER_MAX),
});
export const guidanceRollBackSchema = z.strictObject({ site: siteIdSchema, version: z.int().min(1).max(NUMBER_MAX) });

export const answerPreviewRequestSchema = z.strictObject({
  site: siteIdSchema,
  guidance: guidanceSchema,
  question: z.string().trim().min(1).max(1000),
});
/** What a visitor would get. */
export const answerPreviewSchema = z.object({
  answer: z.string(),
  coverage: z.enum(['covered', 'partly', 'not-covered']),
  /** A ticket would be opened. */
  handsOff: z.boolean(),
  sources: z.array(z.object({ n: z.int(), title: z.string(), url: z.string() })),
  /** Sentences that no source supports. */
  unsupported: z.array(z.string()),
});
export type AnswerPreview = z.infer<typeof answerPreviewSchema>;
