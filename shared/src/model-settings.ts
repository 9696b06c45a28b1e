/** The models and their endpoint as administrators read and connect them over REST. */
import { z } from 'zod';
import { TIERS } from './catalog.ts';
import { NUMBER_MAX } from './limits.ts';
import { modelCheckSchema, reportLineSchema } from './model-status.ts';
import { phraseSchema } from './phrase.ts';
import { versionViewSchema } from './version.ts';

const modelIdSchema = z.string().trim().min(1).max(200);
/** In order of preference: each one is asked when those before it fail. */
const chainSchema = z
  .array(modelIdSchema)
  .min(1)
  .max(10)
  .refine((ids) => new Set(ids).size === ids.length, 'names a model twice. Remove one of the two');
const usdSchema = z.number().min(0).max(10_000);

/** What is known of a model that the catalog does not have, or has with another price. */
const ownModelSchema = z.strictObject({
  /** The endpoint's name of the model. */
  id: modelIdSchema,
  /** As the check has measured it. */
  ttftMs: z.int().min(1).max(600_000).exactOptional(),
  inputUsdPerMillion: usdSchema.exactOptional(),
  outputUsdPerMillion: usdSchema.exactOptional(),
});

/** What an administrator connects. The key is not part of it: it goes one way only. */
export const modelSettingsSchema = z.strictObject({
  /** In any form that vendors write it. Absent where the environment sets the endpoint. */
  baseUrl: z.string().trim().min(1).max(2000).exactOptional(),
  /** The header that carries the key; absent for the usual one of this address. */
  apiKeyHeader: z.string().trim().min(1).max(80).exactOptional(),
  /** A tier that is not named keeps the default. */
  chains: z.strictObject({
    instant: chainSchema.exactOptional(),
    fast: chainSchema.exactOptional(),
    quality: chainSchema.exactOptional(),
  }),
  models: z.array(ownModelSchema).max(50),
  /** Models may be slower or more expensive than their tier allows. */
  allowOutsideLimits: z.boolean(),
});
export type ModelSettings = z.infer<typeof modelSettingsSchema>;
export type OwnModel = ModelSettings['models'][number];

/** `null` removes the key; an absent one keeps what is saved, for the same address only. */
const apiKeySchema = z.string().max(8192).nullable().exactOptional();
const expectedVersion = z.int().min(0).max(NUMBER_MAX);

export const modelChangeSchema = z.strictObject({
  settings: modelSettingsSchema,
  apiKey: apiKeySchema,
  expectedVersion,
});
export type ModelChange = z.infer<typeof modelChangeSchema>;
export const modelRollBackSchema = z.strictObject({ version: z.int().min(1).max(NUMBER_MAX), expectedVersion });

/** Without settings, the models that are in use are checked. */
export const modelCheckRequestSchema = z.strictObject({
  settings: modelSettingsSchema.exactOptional(),
  apiKey: apiKeySchema,
});
export type ModelCheckRequest = z.infer<typeof modelCheckRequestSchema>;

/** `check`: what the line puts into words. Absent from a line that an earlier version has stored. */
const modelCheckLineSchema = reportLineSchema.extend({ check: modelCheckSchema.exactOptional() });
export type ModelCheckLine = Readonly<z.infer<typeof modelCheckLineSchema>>;

/** One line of the response of a check: how many models there are, then what was found of each. */
export const modelCheckEventSchema = z.union([
  z.object({ total: z.int() }),
  z.object({ modelId: z.string(), ttftMs: z.number().exactOptional(), line: modelCheckLineSchema }),
]);
export type ModelCheckEvent = z.infer<typeof modelCheckEventSchema>;

/** What the last check of the models in use found, in any process. */
export const lastModelCheckSchema = z.object({
  /** Milliseconds since 1970. */
  at: z.number(),
  lines: z.array(modelCheckLineSchema),
});
export type LastModelCheck = z.infer<typeof lastModelCheckSchema>;

/** A model in use, at one endpoint. */
const modelInUseSchema = z.object({
  id: z.string(),
  endpointId: z.string(),
  tiers: z.array(z.enum(TIERS)),
  inputUsdPerMillion: z.number().exactOptional(),
  outputUsdPerMillion: z.number().exactOptional(),
  /** What its profile changes in a request; one phrase each. */
  profile: z.array(z.string()),
  /** The same in parts, for readers in another language. */
  profilePhrases: z.array(phraseSchema),
});
export type ModelInUseView = z.infer<typeof modelInUseSchema>;

/** The models of a tier in a region, in the order in which they are asked now. */
const liveChainSchema = z.object({
  tier: z.enum(TIERS),
  region: z.string(),
  models: z.array(
    z.object({
      id: z.string(),
      endpointId: z.string(),
      /** Median time to first token at the gateway; of the catalog while nothing was measured. */
      ttftMs: z.number(),
      /** Measurements behind it. */
      samples: z.int(),
    }),
  ),
});
export type LiveChain = z.infer<typeof liveChainSchema>;

/** `demo`: the demo engine answers; `none`: nothing does; `configuration`: the environment sets the endpoint. */
export const MODEL_SOURCES = ['demo', 'none', 'configuration', 'console'] as const;
export type ModelSource = (typeof MODEL_SOURCES)[number];

/** `GET /api/v1/model-settings` */
export const modelSettingsViewSchema = z.object({
  /** 0 while nothing was saved. */
  version: z.int(),
  source: z.enum(MODEL_SOURCES),
  /** As they are in force. */
  settings: modelSettingsSchema,
  /** `unreadable`: it was saved under another `APP_SECRET`. */
  key: z.enum(['none', 'set', 'unreadable']),
  /** Its last four characters, where it is long enough to show them. */
  keyEnding: z.string().exactOptional(),
  /** Where each setting comes from that the console can't change, by `endpoint` or the name of a tier. */
  fixed: z.record(z.string(), z.string()),
  /** The models of each tier that is not named. */
  defaults: z.record(z.enum(TIERS), z.array(z.string())),
  inUse: z.array(modelInUseSchema),
  chains: z.array(liveChainSchema),
  lastCheck: lastModelCheckSchema.exactOptional(),
  /** Newest first. */
  versions: z.array(versionViewSchema),
});
export type ModelSettingsView = z.infer<typeof modelSettingsViewSchema>;
