/** The schema of the keys `tiers` and `routing` of `firstword.config.json`. */
import type { Tier } from '@firstword/shared/catalog';
import { regionSchema } from '@firstword/shared/region';
import { HAND_OFF_REASONS } from '@firstword/shared/ticket';
import { z } from 'zod';
import { ROUTING_PRESETS } from '../routing/tiers.ts';

const perTier = <Schema extends z.ZodType>(schema: (tier: Tier) => Schema) =>
  ({
    instant: schema('instant').exactOptional(),
    fast: schema('fast').exactOptional(),
    quality: schema('quality').exactOptional(),
  }) satisfies Record<Tier, z.ZodType>;

const TIER_TASKS: Readonly<Record<Tier, string>> = {
  instant: 'Classification, and answers to simple questions in the modes `thrifty` and `sequential`.',
  fast: 'Chat answers.',
  quality: 'Analyses, which run in the background.',
};

const chainSchema = z.array(z.string().min(1)).min(1);
const tierSchema = z.strictObject({
  maxTokens: z.int().min(1).max(8192).exactOptional().describe('Longest answer, in tokens.'),
  chain: z
    .object({
      default: chainSchema.describe('Model ids in order of preference, for regions without a chain of their own.'),
    })
    .catchall(chainSchema.describe('Model ids for visitors in the region of this name, such as `asia`.'))
    .exactOptional()
    .describe('Models of the tier. Each one is tried when those before it fail.'),
});

/** About 500 analyses by the most expensive model of the catalog: what visitors write must not decide what a day costs. */
export const PREMIUM_USD_PER_DAY = 5;

const premiumSchema = z
  .strictObject({
    models: chainSchema.describe('Model ids in order of preference. The chain of the tier follows them.'),
    reasons: z
      .array(z.enum([...HAND_OFF_REASONS, 'compliance']))
      .default(['legal', 'compliance'])
      .describe(
        'Hand-off reasons whose tickets are analysed by these models. `compliance`: triage named a topic of law or privacy.',
      ),
    maxUsdPerDay: z
      .number()
      .min(0)
      .default(PREMIUM_USD_PER_DAY)
      .describe(
        'US dollars that these analyses of one site may cost in a UTC day. Then the chain of the tier is used.',
      ),
  })
  .exactOptional()
  .describe(
    'Models for analyses where correctness is critical; never used while a visitor waits. Without it: `kimi-k2.5` for `legal` and `compliance`.',
  );

const tierSchemas = perTier((tier) => tierSchema.describe(TIER_TASKS[tier]));
export const tiersSchema = z
  .strictObject({
    ...tierSchemas,
    quality: tierSchema.extend({ premium: premiumSchema }).describe(TIER_TASKS.quality).exactOptional(),
  })
  .exactOptional()
  .describe('Which models serve which kind of call. Overrides `routing.preset`.');

const regionRuleSchema = z.strictObject({
  countries: z
    .array(z.string().regex(/^[A-Z]{2}$/, 'is not a country. Use an ISO 3166-1 code of two capitals, such as BR'))
    .default([])
    .describe('Countries, as named by a trusted proxy (`TRUST_PROXY`), such as `["BR", "AR"]`.'),
  timeZones: z
    .array(
      z
        .string()
        .regex(
          /^[A-Z][\w+-]*\/([\w+-]+(\/[\w+-]+)*)?$/,
          'is not a time zone. Use an IANA name such as America/Sao_Paulo, or an area such as America/Argentina/',
        ),
    )
    .default([])
    .describe(
      'Time zones of browsers whose country is unknown: IANA names, or areas that end with `/`, such as `America/Argentina/`.',
    ),
});

export const routingSchema = z
  .strictObject({
    mode: z
      .enum(['speculative', 'thrifty', 'sequential'])
      .default('speculative')
      .describe(
        '`speculative` asks for the classification and the answer at the same time; `thrifty` does the same, but the instant tier answers simple questions: one short sentence, one article that is clearly the best, no complaint; `sequential` classifies first and answers simple questions with the instant tier.',
      ),
    preset: z
      .enum(ROUTING_PRESETS)
      .default('balanced')
      .describe(
        '`balanced` uses one chat model everywhere; `fastest` prefers the model with the shortest time to first token outside Asia.',
      ),
    holdCapMs: z
      .int()
      .min(0)
      .max(5000)
      .default(220)
      .describe('How long the first delta may wait for the classification, in milliseconds.'),
    allowOutsideLimits: z
      .array(z.string().min(1))
      .default([])
      .describe(
        'Ids of models that may be in an interactive tier although they are slower or more expensive than it allows. Limits: `instant` below 200 ms and $0.15 per million output tokens, `fast` at most 400 ms and $0.80. The start and the page Response time name them.',
      ),
    defaultRegion: regionSchema
      .default('us-east')
      .describe('Region of the main endpoint, and of visitors whose region is unknown.'),
    regions: z
      .record(regionSchema, regionRuleSchema)
      .default({})
      .describe(
        'Regions with names of your own, and the visitors who belong to them. `us-east`, `asia` and `eu` exist without it; a rule for one of these adds visitors to it.',
      ),
    hedge: z
      .strictObject({
        mode: z
          .enum(['off', 'hedge', 'race'])
          .default('hedge')
          .describe(
            '`hedge` sends a second request when the first is about to miss the deadline; `race` always sends two; `off` never.',
          ),
        deadlineMs: z
          .int()
          .min(1)
          .max(10_000)
          .default(400)
          .describe('Time to first token to stay within, in milliseconds.'),
        budgetShare: z
          .number()
          .min(0)
          .max(1)
          .default(0.45)
          .describe('Largest share of answers that may get a second request. `race` ignores it.'),
      })
      .prefault({})
      .describe('Second requests for the same answer.'),
    answerCache: z
      .strictObject({
        ttlSeconds: z
          .int()
          .min(0)
          .max(86_400)
          .default(600)
          .describe('How long an answer is reused for the same question, in seconds. 0 turns the cache off.'),
        entries: z.int().min(1).max(100_000).default(1000).describe('Answers kept by each process.'),
      })
      .prefault({})
      .describe('Reuse of answers to the first question of a conversation.'),
  })
  .prefault({})
  .describe('How models are called.');
