/** What one model needs on the wire beyond the OpenAI format, and how a model's own settings change its family's. */
import { z } from 'zod';

/** The gateway writes these itself; a profile that set them would break streaming or the budgets. */
const OWN_FIELDS = ['model', 'messages', 'stream', 'stream_options', 'n', 'max_tokens', 'max_completion_tokens'];
/** Set per endpoint, or fixed by the format. */
const OWN_HEADERS = ['authorization', 'content-type', 'content-length', 'accept', 'accept-encoding', 'host'];

const requestSchema = z.record(z.string(), z.json()).superRefine((fields, context) => {
  for (const name of Object.keys(fields).filter((field) => OWN_FIELDS.includes(field)))
    context.addIssue({
      code: 'custom',
      path: [name],
      message: `"${name}" is set by the server. Remove it${name.startsWith('max_') ? ', and use maxTokensField or tiers.*.maxTokens' : ''}.`,
    });
});

const headersSchema = z.record(z.string(), z.string()).superRefine((headers, context) => {
  for (const [name, value] of Object.entries(headers)) {
    if (OWN_HEADERS.includes(name.toLowerCase()))
      context.addIssue({ code: 'custom', path: [name], message: `"${name}" is set by the server. Remove it.` });
    else if (!/^[!#$%&'*+.^_`|~0-9a-z-]+$/i.test(name))
      context.addIssue({ code: 'custom', path: [name], message: `"${name}" is not a header name.` });
    else if (/[^\t\x20-\x7e]/.test(value))
      context.addIssue({ code: 'custom', path: [name], message: 'has a character that no header may hold.' });
  }
});

export const modelProfileSchema = z.strictObject({
  request: requestSchema
    .exactOptional()
    .describe(
      'Fields merged into the body of each request, such as `{"thinking": {"type": "disabled"}}`. A field set to `null` is not sent.',
    ),
  headers: headersSchema.exactOptional().describe('Headers sent with each request to this model.'),
  maxTokensField: z
    .enum(['max_tokens', 'max_completion_tokens'])
    .exactOptional()
    .describe('Field that limits the length of an answer. Newer OpenAI models need `max_completion_tokens`.'),
  temperature: z
    .boolean()
    .exactOptional()
    .describe('Whether `temperature` is sent. Some models refuse every value but their default.'),
  usage: z
    .boolean()
    .exactOptional()
    .describe('Whether the endpoint is asked to report token usage (`stream_options`). Without it usage is estimated.'),
  roles: z
    .enum(['any', 'alternate'])
    .exactOptional()
    .describe(
      '`alternate` joins neighbouring messages of one role, which strict chat templates require; `any` sends them as they are.',
    ),
  system: z
    .enum(['role', 'user'])
    .exactOptional()
    .describe('`user` puts the instructions at the start of the first user message, for models without a system role.'),
  tools: z.boolean().exactOptional().describe('Whether the model can call tools. Reserved: no call offers tools yet.'),
  thinks: z
    .enum(['never', 'switchable', 'always'])
    .exactOptional()
    .describe(
      'Whether the model thinks before it answers. `switchable` says that `request` switches it off; a model that always thinks serves the quality tier only.',
    ),
  thinkingTokens: z
    .int()
    .min(0)
    .max(32_768)
    .exactOptional()
    .describe('Tokens added to the limit of each answer, for thinking that cannot be switched off.'),
  promptCacheMinTokens: z
    .int()
    .min(1)
    .max(1_000_000)
    .exactOptional()
    .describe(
      'The endpoint caches the beginning of prompts from this many tokens on. When a visitor returns to a conversation that is long enough, one warm-up request fills the cache before their next question.',
    ),
  cachedInputUsdPerMillion: z
    .number()
    .min(0)
    .exactOptional()
    .describe('US dollars per million input tokens that the endpoint read from its prompt cache.'),
});

/** As written in the configuration or the catalog: what is not set is decided by the defaults. */
export type ModelProfile = Readonly<z.infer<typeof modelProfileSchema>>;

/** Fields of both are merged one level deep, so that an owner can change one field of a family's `request`. */
export function mergeProfiles(family: ModelProfile, own: ModelProfile): ModelProfile {
  return {
    ...family,
    ...own,
    ...(family.request || own.request ? { request: { ...family.request, ...own.request } } : {}),
    ...(family.headers || own.headers ? { headers: { ...family.headers, ...own.headers } } : {}),
  };
}
