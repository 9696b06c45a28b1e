/** Writes the body of `POST …/chat/completions`, without the fields that an endpoint has refused. */
import type { PromptMessage } from './chat-call.ts';

/**
 * Optional fields that some OpenAI-compatible servers refuse with a 400 that names them. Newer servers expect
 * `max_completion_tokens` instead of `max_tokens`.
 */
const OPTIONAL_FIELDS = ['stream_options', 'response_format', 'temperature', 'max_tokens'] as const;
const SUCCESSOR = 'max_completion_tokens';
export type OptionalField = (typeof OPTIONAL_FIELDS)[number];

export interface ChatBody {
  readonly model: string;
  readonly messages: readonly PromptMessage[];
  readonly maxTokens: number;
  readonly temperature: number;
  readonly json: boolean;
  readonly without: ReadonlySet<OptionalField>;
}

export function writeChatBody({ model, messages, maxTokens, temperature, json, without }: ChatBody): string {
  return JSON.stringify({
    model,
    messages,
    [without.has('max_tokens') ? SUCCESSOR : 'max_tokens']: maxTokens,
    stream: true,
    ...(without.has('stream_options') ? {} : { stream_options: { include_usage: true } }),
    ...(without.has('temperature') ? {} : { temperature }),
    ...(json && !without.has('response_format') ? { response_format: { type: 'json_object' } } : {}),
  });
}

/** The optional field that a 400 response names, if it was sent. */
export function refusedField(errorBody: string, without: ReadonlySet<OptionalField>): OptionalField | undefined {
  return OPTIONAL_FIELDS.find(
    (field) => !without.has(field) && errorBody.includes(field === 'max_tokens' ? SUCCESSOR : field),
  );
}
