/** The chat completion requests that the demo engine accepts: the part of the OpenAI format that this product uses. */
import { z } from 'zod';

const contentSchema = z
  .union([z.string(), z.array(z.object({ type: z.literal('text'), text: z.string() }))])
  .transform((content) => (typeof content === 'string' ? content : content.map(({ text }) => text).join('\n')));

const messageSchema = z.object({
  role: z
    .enum(['system', 'developer', 'user', 'assistant'])
    .transform((role) => (role === 'developer' ? 'system' : role)),
  content: contentSchema,
});
export type EngineMessage = z.infer<typeof messageSchema>;

export const completionRequestSchema = z.object({
  model: z.string().min(1),
  messages: z.array(messageSchema).min(1),
  stream: z.boolean().default(false),
  stream_options: z.object({ include_usage: z.boolean().optional() }).nullish(),
  max_tokens: z.int().min(1).nullish(),
  max_completion_tokens: z.int().min(1).nullish(),
  response_format: z.object({ type: z.string() }).nullish(),
});
export type CompletionRequest = z.infer<typeof completionRequestSchema>;
