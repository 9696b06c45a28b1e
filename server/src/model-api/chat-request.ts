/** Reads the body of `POST /v1/chat/completions`. What would change an answer and is not supported is refused. */
import { z } from 'zod';
import type { PromptMessage } from '../gateway/chat-call.ts';
import { invalidRequest } from './openai-error.ts';

export interface CompletionRequest {
  readonly model: string;
  readonly messages: readonly PromptMessage[];
  readonly stream: boolean;
  /** Whether a stream ends with a chunk of usage and cost. */
  readonly includeUsage: boolean;
  /** Asks for a JSON object. */
  readonly json: boolean;
  readonly maxTokens: number | undefined;
}

const MESSAGES_MAX = 500;
const textPart = z.object({ type: z.literal('text'), text: z.string() });
const contentSchema = z.union(
  [z.string(), z.array(textPart).transform((parts) => parts.map(({ text }) => text).join('\n'))],
  {
    error: 'must be a text or a list of text parts',
  },
);
const messageSchema = z.object({
  role: z
    .enum(['system', 'developer', 'user', 'assistant'], { error: 'must be system, developer, user or assistant' })
    .transform((role) => (role === 'developer' ? 'system' : role)),
  content: contentSchema,
});
const tokensSchema = z.int({ error: 'must be a whole number, 1 or more' }).min(1, 'must be a whole number, 1 or more');
const bodySchema = z.object({
  model: z.string({ error: 'must be a text, such as "chat"' }).max(200).default(''),
  messages: z
    .array(messageSchema, { error: 'must be a list of messages' })
    .min(1, 'must have at least one message')
    .max(MESSAGES_MAX, `must have at most ${MESSAGES_MAX} messages`),
  stream: z.boolean({ error: 'must be true or false' }).nullish(),
  stream_options: z.object({ include_usage: z.boolean().nullish() }, { error: 'must be an object' }).nullish(),
  max_tokens: tokensSchema.nullish(),
  max_completion_tokens: tokensSchema.nullish(),
  n: z.literal(1, { error: 'must be 1' }).nullish(),
  response_format: z
    .object({ type: z.enum(['text', 'json_object']) }, { error: 'must have the type text or json_object' })
    .nullish(),
});

/** Ignoring one of these would return something else than the program asked for. */
const UNSUPPORTED = [
  'tools',
  'tool_choice',
  'functions',
  'function_call',
  'stop',
  'logprobs',
  'top_logprobs',
  'logit_bias',
  'audio',
  'prediction',
  'web_search_options',
];

const isGiven = (value: unknown) =>
  value !== undefined && value !== null && value !== false && !(Array.isArray(value) && value.length === 0);

/** @throws OpenAiError */
export function readCompletionRequest(body: unknown): CompletionRequest {
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw invalidRequest('The request body must be a JSON object with the content type application/json.');
  const given = new Map<string, unknown>(Object.entries(body));
  const unsupported = UNSUPPORTED.find((name) => isGiven(given.get(name)));
  if (unsupported !== undefined)
    throw invalidRequest(`${unsupported}: is not supported. Remove it.`, unsupported, 'unsupported_parameter');
  const parsed = bodySchema.safeParse(body);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const path = z.core.toDotPath(issue?.path ?? []);
    throw invalidRequest(`${path || 'The request body'}: ${issue?.message ?? 'is not valid'}.`, path || undefined);
  }
  const { model, messages, stream, stream_options, response_format, ...limits } = parsed.data;
  return {
    model,
    messages,
    stream: stream ?? false,
    includeUsage: stream_options?.include_usage ?? false,
    json: response_format?.type === 'json_object',
    maxTokens: limits.max_completion_tokens ?? limits.max_tokens ?? undefined,
  };
}
