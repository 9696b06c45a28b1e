/** The analysis document: written by the quality tier, checked by code, reviewed by an agent. */
import { z } from 'zod';
import { ANALYSIS_STATES, REVIEW_VERDICTS } from './analysis-states.ts';
import { phraseSchema } from './phrase.ts';
import { SENTIMENTS, URGENCIES } from './ticket.ts';

export const REJECT_REASONS = ['wrong-facts', 'wrong-tone', 'incomplete', 'not-our-policy', 'unsafe', 'other'] as const;

/** What the model is asked to write. Parts that can't be trusted are removed and named in `dropped`. */
export const analysisContentSchema = z.object({
  reading: z.object({
    summary: z.string().max(1200),
    visitorGoal: z.string().max(600),
    category: z.string().max(80),
    alternatives: z.array(z.string().max(80)).max(3).default([]),
    urgency: z.enum(URGENCIES),
    urgencyReason: z.string().max(400).default(''),
    sentiment: z.enum(SENTIMENTS),
    trend: z.enum(['improving', 'steady', 'worsening']).default('steady'),
    language: z.string().max(16),
  }),
  hypotheses: z
    .array(
      z.object({
        statement: z.string().max(600),
        confidence: z.number().min(0).max(1),
        status: z.enum(['likely', 'possible', 'ruled-out']).default('possible'),
        evidence: z.array(z.string()).default([]),
      }),
    )
    .max(6)
    .default([]),
  evidence: z
    .array(
      z.object({
        id: z.string().max(16),
        kind: z.enum(['message', 'article']),
        /** `seq` of the message as text, or the article's id. */
        sourceId: z.string().max(160),
        quote: z.string().max(600),
      }),
    )
    .max(20)
    .default([]),
  missingInfo: z
    .array(z.object({ question: z.string().max(400), why: z.string().max(400).default('') }))
    .max(6)
    .default([]),
  blocker: z.string().max(400).optional(),
  reply: z.object({
    language: z.string().max(16),
    sentences: z
      .array(z.object({ text: z.string().max(800), citations: z.array(z.string()).default([]) }))
      .min(1)
      .max(30),
  }),
  nextActions: z
    .array(
      z.object({
        type: z.string().max(80),
        parameters: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).default({}),
        risk: z.enum(['low', 'medium', 'high']).default('low'),
      }),
    )
    .max(6)
    .default([]),
  confidence: z.object({ value: z.number().min(0).max(1), reasons: z.array(z.string().max(300)).max(6).default([]) }),
});
export type AnalysisContent = z.infer<typeof analysisContentSchema>;

/** Evidence after its quote was searched for in the source. A quote that was not found is never shown as fact. */
export const checkedEvidenceSchema = z.object({
  id: z.string(),
  kind: z.enum(['message', 'article']),
  sourceId: z.string(),
  quote: z.string(),
  found: z.boolean(),
  /** Character offsets of the quote in its source's text, when found. */
  start: z.int().optional(),
  end: z.int().optional(),
});
export type CheckedEvidence = z.infer<typeof checkedEvidenceSchema>;

export const analysisRunSchema = z.object({
  id: z.string(),
  ticketId: z.string(),
  /** Counts up per ticket; older runs stay readable. */
  number: z.int().min(1),
  revision: z.int().min(1),
  state: z.enum(ANALYSIS_STATES),
  trigger: z.enum(['hand-off', 'agent', 'retry', 'rejection', 'new-facts']),
  /** Why it is partial or failed, as a sentence for agents. */
  problem: z.string().optional(),
  /** The same in parts; absent where an earlier version has stored it. */
  problemPhrase: phraseSchema.exactOptional(),
  content: z
    .object({
      reading: analysisContentSchema.shape.reading,
      hypotheses: z.array(
        z.object({
          statement: z.string(),
          confidence: z.number(),
          status: z.enum(['likely', 'possible', 'ruled-out']),
          evidence: z.array(z.string()),
        }),
      ),
      evidence: z.array(checkedEvidenceSchema),
      missingInfo: z.array(z.object({ question: z.string(), why: z.string() })),
      blocker: z.string().optional(),
      policy: z.array(z.object({ articleId: z.string(), title: z.string(), url: z.string(), passageId: z.string() })),
      reply: z.object({
        text: z.string(),
        language: z.string(),
        sentences: z.array(
          z.object({
            text: z.string(),
            citations: z.array(z.string()),
            supported: z.boolean(),
            why: z.string().optional(),
            /** The same in parts. */
            whyPhrase: phraseSchema.exactOptional(),
          }),
        ),
      }),
      nextActions: z.array(
        z.object({
          type: z.string(),
          parameters: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
          risk: z.enum(['low', 'medium', 'high']),
        }),
      ),
      confidence: z.object({
        value: z.number(),
        band: z.enum(['low', 'medium', 'high']),
        reasons: z.array(z.string()),
      }),
      flags: z.array(z.enum(['injection-suspected', 'personal-data', 'masked'])),
      dropped: z.array(z.string()),
      /** What the assistant has already told the visitor. */
      alreadySaid: z.string(),
    })
    .optional(),
  provenance: z
    .object({
      tier: z.string(),
      modelId: z.string(),
      region: z.string(),
      promptVersion: z.int(),
      knowledgeVersion: z.string(),
    })
    .optional(),
  usage: z
    .object({
      promptTokens: z.number(),
      completionTokens: z.number(),
      estimated: z.boolean(),
      /** Of all calls; absent when the price of any is unknown. */
      costUsd: z.number().optional(),
      /** The known part, when only a part is known. */
      atLeastUsd: z.number().optional(),
    })
    .optional(),
  timing: z.object({ queuedMs: z.number(), ttftMs: z.number().optional(), totalMs: z.number() }).optional(),
  createdAt: z.number(),
  review: z
    .object({
      verdict: z.enum(REVIEW_VERDICTS),
      reviewer: z.object({ id: z.string(), name: z.string() }).optional(),
      at: z.number().optional(),
      reason: z.string().optional(),
      note: z.string().optional(),
      /** Characters changed between the proposed and the sent text. */
      editDistance: z.int().optional(),
      finalText: z.string().optional(),
      messageSeq: z.int().optional(),
    })
    .default({ verdict: 'pending' }),
});
export type AnalysisRun = z.infer<typeof analysisRunSchema>;
