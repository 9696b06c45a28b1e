/** A model call as the endpoint reads it: `POST …/chat/completions`, with fields that an endpoint may refuse. */
import type { PromptMessage } from './chat-call.ts';

/** Fields that some OpenAI-compatible servers refuse with a 400 that names them. An answer is possible without. */
const DISPENSABLE = ['stream_options', 'response_format', 'temperature'] as const;
export type DispensableField = (typeof DISPENSABLE)[number];

export interface ChatBody {
  readonly model: string;
  readonly messages: readonly PromptMessage[];
  readonly maxTokens: number;
  readonly temperature: number;
  readonly json: boolean;
  readonly without: ReadonlySet<DispensableField>;
}

export function writeChatBody({ model, messages, maxTokens, temperature, json, without }: ChatBody): string {
  return JSON.stringify({
    model,
    messages,
    max_tokens: maxTokens,
    stream: true,
    ...(without.has('stream_options') ? {} : { stream_options: { include_usage: true } }),
    ...(without.has('temperature') ? {} : { temperature }),
    ...(json && !without.has('response_format') ? { response_format: { type: 'json_object' } } : {}),
  });
}

/** The field that a 400 complains about, when we had sent it and can do without it. */
export function refusedField(errorBody: string, without: ReadonlySet<DispensableField>): DispensableField | undefined {
  return DISPENSABLE.find((field) => !without.has(field) && errorBody.includes(field));
}
