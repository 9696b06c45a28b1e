/** The schema of `firstword.config.json`. Types, defaults, error messages, JSON Schema and documentation come from it. */
import { maskFields } from '@firstword/shared/masking';
import { regionSchema } from '@firstword/shared/region';
import { siteSchema } from '@firstword/shared/site';
import { z } from 'zod';
import { modelProfileSchema } from '../routing/model-profile.ts';
import { baseUrlSchema } from './address-schemas.ts';
import { budgetsSchema, siteBudgetsSchema } from './budgets-schema.ts';
import { captchaFileSchema } from './captcha-schema.ts';
import { apiKeyHeaderSchema, apiKeySchema } from './endpoint-values.ts';
import { limitsSchema } from './limits-schema.ts';
import { routingSchema, tiersSchema } from './routing-schema.ts';
import { signInSchema } from './sign-in-schema.ts';

const endpointSchema = z.strictObject({
  baseUrl: baseUrlSchema.describe('Base URL of an OpenAI-compatible API, as in `LLM_BASE_URL`.'),
  apiKey: apiKeySchema.exactOptional().describe('Key of the endpoint, best given as `"$NAME"`.'),
  apiKeyHeader: apiKeyHeaderSchema.exactOptional().describe('Header for the key, as in `LLM_API_KEY_HEADER`.'),
});

/** A site in the console: as in the file, with its budgets. */
export const siteSettingsSchema = siteSchema.extend({
  budgets: siteBudgetsSchema.optional().describe('Spending limits of the site. They replace the general ones.'),
});

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
        ...modelProfileSchema.shape,
      }),
    )
    .default([])
    .describe('Models to add to the built-in catalog, or whose catalog values to change.'),
  tiers: tiersSchema,
  routing: routingSchema,
  endpoints: z
    .record(regionSchema, endpointSchema)
    .default({})
    .describe(
      'Endpoints of single regions, by the name of the region, such as `eu`. The endpoint of the environment serves all others.',
    ),
  knowledge: z
    .strictObject({
      directory: z
        .string()
        .min(1)
        .exactOptional()
        .describe(
          'Folder of articles, nested: Markdown, MDX, HTML, PDF, text, CSV or JSON ([articles.md](articles.md)). Shared by all sites.',
        ),
      privateHosts: z
        .array(
          z
            .string()
            .regex(/^[^\s/@]+$/, 'must be a host, with its port unless that is 443 or 80, such as wiki.internal:8080'),
        )
        .max(100)
        .default([])
        .describe(
          'Hosts from which pages may be imported although their addresses are private or they speak plain http, with their port: `["wiki.internal:8080"]`. All other imports need https and a public address.',
        ),
    })
    .exactOptional()
    .describe('Help articles that answers are based on. `npm run knowledge` imports articles for one site.'),
  signIn: signInSchema.prefault({}).describe('How agents sign in.'),
  captcha: captchaFileSchema
    .prefault({})
    .describe(
      'The service that `CAPTCHA_PROVIDER` names, which visitors meet beyond the first limit of their address ([operations.md](operations.md#captcha)).',
    ),
  webhooks: z
    .strictObject({
      privateHosts: z
        .array(
          z
            .string()
            .regex(/^[^\s/@]+$/, 'must be a host, with its port unless that is 443 or 80, such as hooks.internal:8080'),
        )
        .max(100)
        .default([])
        .describe(
          'Hosts that webhooks may reach although their addresses are private or they speak plain http, with their port: `["hooks.internal:8080"]`. All others need https and a public address.',
        ),
    })
    .prefault({})
    .describe('Signed events that other programs are sent ([webhooks.md](webhooks.md)).'),
  push: z
    .strictObject({
      privateHosts: z
        .array(
          z
            .string()
            .regex(/^[^\s/@]+$/, 'must be a host, with its port unless that is 443 or 80, such as push.internal:8080'),
        )
        .max(100)
        .default([])
        .describe(
          'Hosts of push services that may be reached although their addresses are private or they speak plain http, with their port: `["push.internal:8080"]`. All others need https and a public address.',
        ),
    })
    .prefault({})
    .describe("Notifications that are pushed to agents' browsers ([agents.md](agents.md#push-notifications))."),
  budgets: budgetsSchema,
  modelApi: z
    .strictObject(maskFields)
    .prefault({})
    .describe('The OpenAI-compatible API for your other programs ([model-api.md](model-api.md)).'),
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
  storage: z
    .strictObject({
      hotHours: z
        .number()
        .min(0.001)
        .max(8760)
        .default(24)
        .describe(
          'Hours after its last message for which a conversation without an open ticket stays in Redis. Afterwards it is read from PostgreSQL when its visitor returns.',
        ),
      auditDays: z
        .int()
        .min(0)
        .max(3650)
        .default(400)
        .describe('Days for which the audit log is kept. 0 keeps it for ever.'),
      callDays: z
        .int()
        .min(2)
        .max(3650)
        .default(30)
        .describe('Days for which single model calls are kept, with the ids of their conversation. Totals stay.'),
      usageDays: z
        .int()
        .min(31)
        .max(3650)
        .default(400)
        .describe('Days for which totals of model calls by day and visits are kept.'),
    })
    .prefault({})
    .describe(
      'Where conversations are kept, and for how long other records are. `sites[].retention` overrides it for one site.',
    ),
  limits: limitsSchema,
});
export type ConfigFile = z.infer<typeof configFileSchema>;
