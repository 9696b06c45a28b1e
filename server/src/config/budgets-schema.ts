/** The schema of the key `budgets` of `firstword.config.json`, and of a site's own. */
import { siteIdSchema } from '@firstword/shared/wire';
import { z } from 'zod';

const limitSchema = z.strictObject({
  usd: z
    .number()
    .min(0)
    .exactOptional()
    .describe(
      'US dollars. An unknown input price counts as the output price; a model without a price like the most expensive one.',
    ),
  tokens: z.int().min(0).exactOptional().describe('Tokens of questions and answers together.'),
});
const budgetLimits = {
  conversation: limitSchema.exactOptional().describe('Limit of one conversation.'),
  addressDay: limitSchema
    .exactOptional()
    .describe(
      'Limit of one address on a site in a UTC day. Without it: ten times `visitorDay` and `addressShare` of `siteDay`, whichever is reached first.',
    ),
  visitorDay: limitSchema.exactOptional().describe('Limit of one visitor in a UTC day.'),
  siteDay: limitSchema.exactOptional().describe('Limit of one site in a UTC day.'),
  analysisUsdPerDay: z
    .number()
    .min(0)
    .exactOptional()
    .describe('US dollars that the analyses of one site may cost in a UTC day.'),
};

export const siteBudgetsSchema = z.strictObject({
  ...budgetLimits,
  stopped: z.boolean().exactOptional().describe('Stops all model calls of the site.'),
});
export type SiteBudgets = z.infer<typeof siteBudgetsSchema>;

export const budgetsSchema = z
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
    addressShare: z
      .number()
      .min(0)
      .max(1)
      .default(0.25)
      .describe(
        "Largest share of a site's `siteDay` limit that one address may use, unless `addressDay` is set. Set it to 1 where all visitors share one address, such as in an intranet.",
      ),
    stopped: z.boolean().default(false).describe('Stops all model calls on all sites.'),
    sites: z
      .record(siteIdSchema, siteBudgetsSchema)
      .default({})
      .describe(
        'Limits of single sites, by site id; `model-api` is the OpenAI-compatible API. Each one replaces the general limit of the same name.',
      ),
  })
  .prefault({})
  .describe('Spending limits. What is not set is not limited.');
