/** The schema of `firstword.config.json`. Types, defaults, error messages, JSON Schema and documentation come from it. */
import { REGIONS, type Region, type Tier } from '@firstword/shared/catalog';
import { siteSchema } from '@firstword/shared/site';
import { siteIdSchema } from '@firstword/shared/wire';
import { z } from 'zod';
import { baseUrlSchema } from './address-schemas.ts';
import { ROUTING_PRESETS } from './routing/tiers.ts';

/** As an object with every region, so that a new region cannot be forgotten here. */
const perRegion = <Schema extends z.ZodType>(schema: (region: Region) => Schema) =>
  ({
    'us-east': schema('us-east').exactOptional(),
    asia: schema('asia').exactOptional(),
  }) satisfies Record<Region, z.ZodType>;

const perTier = <Schema extends z.ZodType>(schema: (tier: Tier) => Schema) =>
  ({
    instant: schema('instant').exactOptional(),
    fast: schema('fast').exactOptional(),
    quality: schema('quality').exactOptional(),
  }) satisfies Record<Tier, z.ZodType>;

const TIER_TASKS: Readonly<Record<Tier, string>> = {
  instant: 'Classification, and simple answers in the sequential mode.',
  fast: 'Chat answers.',
  quality: 'Analyses, which run in the background.',
};

const chainSchema = z.array(z.string().min(1)).min(1);
const tierSchema = z.strictObject({
  maxTokens: z.int().min(1).max(8192).exactOptional().describe('Longest answer, in tokens.'),
  chain: z
    .strictObject({
      default: chainSchema.describe('Model ids in order of preference, for regions without a chain of their own.'),
      ...perRegion((region) => chainSchema.describe(`Model ids for visitors in \`${region}\`.`)),
    })
    .exactOptional()
    .describe('Models of the tier. Each one is tried when those before it fail.'),
});

const endpointSchema = z.strictObject({
  baseUrl: baseUrlSchema.describe('Base URL of an OpenAI-compatible API, with its version, such as `https://…/v1`.'),
  apiKey: z.string().min(1).exactOptional().describe('Key of the endpoint, best given as `"$NAME"`.'),
});

const limitSchema = z.strictObject({
  usd: z.number().min(0).exactOptional().describe('US dollars. Models without a price do not count.'),
  tokens: z.int().min(0).exactOptional().describe('Tokens of questions and answers together.'),
});
const budgetLimits = {
  conversation: limitSchema.exactOptional().describe('Limit of one conversation.'),
  visitorDay: limitSchema.exactOptional().describe('Limit of one visitor in a UTC day.'),
  siteDay: limitSchema.exactOptional().describe('Limit of one site in a UTC day.'),
  analysisUsdPerDay: z
    .number()
    .min(0)
    .exactOptional()
    .describe('US dollars that the analyses of one site may cost in a UTC day.'),
};

export const configFileSchema = z.strictObject({
  $schema: z
    .string()
    .exactOptional()
    .describe('Path or URL of `firstword.config.schema.json`, so that editors complete and check this file.'),
  sites: z
    .array(siteSchema)
    .min(1)
    .exactOptional()
    .describe("Sites that show the widget. Without it there is one site, `demo`, on the server's own origin."),
  models: z
    .array(
      z.strictObject({
        id: z.string().min(1).max(100).describe('Id used in `tiers`, in reports and in the ledger.'),
        upstreamName: z.string().min(1).exactOptional().describe('Name of the model at the endpoint, if it differs.'),
        ttftMs: z
          .number()
          .positive()
          .exactOptional()
          .describe(
            'Typical time to first token, in milliseconds. Required for models outside the catalog; `npm run bench:models` measures it.',
          ),
        inputUsdPerMillion: z.number().min(0).exactOptional().describe('US dollars per million input tokens.'),
        outputUsdPerMillion: z.number().min(0).exactOptional().describe('US dollars per million output tokens.'),
      }),
    )
    .default([])
    .describe('Models to add to the built-in catalog, or whose catalog values to change.'),
  tiers: z
    .strictObject(perTier((tier) => tierSchema.describe(TIER_TASKS[tier])))
    .exactOptional()
    .describe('Which models serve which kind of call. Overrides `routing.preset`.'),
  routing: z
    .strictObject({
      mode: z
        .enum(['speculative', 'sequential'])
        .default('speculative')
        .describe(
          '`speculative` asks for the classification and the answer at the same time; `sequential` classifies first and answers simple questions with the instant tier.',
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
      defaultRegion: z
        .enum(REGIONS)
        .default('us-east')
        .describe('Region of the main endpoint, and of visitors whose region is unknown.'),
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
    .describe('How models are called.'),
  endpoints: z
    .strictObject(perRegion((region) => endpointSchema.describe(`Endpoint in \`${region}\`.`)))
    .default({})
    .describe('Endpoints of single regions. The endpoint of the environment serves all others.'),
  knowledge: z
    .strictObject({
      directory: z
        .string()
        .min(1)
        .describe('Folder of Markdown files with `id` and `title` in their front matter. Shared by all sites.'),
    })
    .exactOptional()
    .describe('Help articles that answers are based on. `npm run knowledge` imports articles for one site.'),
  budgets: z
    .strictObject({
      ...budgetLimits,
      degradeAt: z
        .number()
        .min(0)
        .max(1)
        .default(0.8)
        .describe('Used share of a budget from which a cheaper tier answers.'),
      typingBudgetShare: z
        .number()
        .min(0)
        .max(1)
        .default(0.3)
        .describe(
          "Largest share of a site's `siteDay` limit that may go to drafts that are not sent (`answerWhileTyping`). Without that limit it does not apply.",
        ),
      stopped: z.boolean().default(false).describe('Stops all model calls on all sites.'),
      sites: z
        .record(
          siteIdSchema,
          z.strictObject({
            ...budgetLimits,
            stopped: z.boolean().exactOptional().describe('Stops all model calls of the site.'),
          }),
        )
        .default({})
        .describe('Limits of single sites, by site id. Each one replaces the general limit of the same name.'),
    })
    .prefault({})
    .describe('Spending limits. What is not set is not limited.'),
  objective: z
    .strictObject({
      withinMs: z
        .int()
        .min(50)
        .max(10_000)
        .default(400)
        .describe('Time to first token to stay within, in milliseconds.'),
      share: z.number().min(0.5).max(0.999).default(0.95).describe('Share of answers that must stay within it.'),
    })
    .prefault({})
    .describe('Service level objective for the time to first token, as reported by the console and metrics.'),
  limits: z
    .strictObject({
      messagesPerMinute: z.int().min(1).default(30).describe('Messages that one visitor may send in a minute.'),
      runningTurns: z.int().min(1).default(500).describe('Answers that one web process generates at the same time.'),
      loopLagMs: z
        .int()
        .min(20)
        .max(60_000)
        .default(25)
        .describe('Event loop delay, in milliseconds, above which a web process lowers its own concurrency limit.'),
      redisMs: z
        .int()
        .min(20)
        .max(60_000)
        .default(500)
        .describe('Response time of Redis, in milliseconds, above which a web process lowers its concurrency limit.'),
      runningAnalyses: z
        .int()
        .min(1)
        .max(100)
        .default(4)
        .describe('Analyses that one worker process runs at the same time.'),
    })
    .prefault({})
    .describe('Limits of one process.'),
});
export type ConfigFile = z.infer<typeof configFileSchema>;
