/** Writes the body of `POST …/chat/completions` as a model's profile and its corrections demand. */
import type { ModelProfile } from '../routing/model-profile.ts';
import type { PromptMessage } from './chat-call.ts';
import { arrangeMessages } from './message-roles.ts';
import type { ModelCorrection } from './model-corrections.ts';

export interface ChatBody {
  readonly model: string;
  readonly messages: readonly PromptMessage[];
  /** Longest answer, without thinking. */
  readonly maxTokens: number;
  readonly temperature: number;
  readonly json: boolean;
  readonly profile: ModelProfile;
  readonly correction: ModelCorrection;
}

export interface WrittenBody {
  readonly body: string;
  /** Fields that can be left out where an endpoint refuses them. */
  readonly optionalFields: readonly string[];
  /** The token limit as sent, thinking included. */
  readonly tokenLimit: number;
}

const TOKEN_FIELDS = ['max_tokens', 'max_completion_tokens'] as const;

export function writeChatBody(call: ChatBody): WrittenBody {
  const { model, messages, maxTokens, temperature, json, profile, correction } = call;
  const { refusedFields, system, thinkingTokens = 0 } = correction;
  const tokenLimit = maxTokens + Math.max(profile.thinkingTokens ?? 0, thinkingTokens);
  const preferred = profile.maxTokensField ?? TOKEN_FIELDS[0];
  const tokenField = [preferred, ...TOKEN_FIELDS].find((field) => !refusedFields.includes(field));
  const wanted: Record<string, unknown> = {
    ...(tokenField === undefined ? {} : { [tokenField]: tokenLimit }),
    ...(profile.usage === false ? {} : { stream_options: { include_usage: true } }),
    ...(profile.temperature === false ? {} : { temperature }),
    ...(json ? { response_format: { type: 'json_object' } } : {}),
    ...profile.request,
  };
  const optional = Object.entries(wanted).filter(([name, value]) => value !== null && !refusedFields.includes(name));
  return {
    body: JSON.stringify({
      model,
      messages: arrangeMessages(messages, { ...profile, ...(system && { system }) }),
      stream: true,
      ...Object.fromEntries(optional),
    }),
    optionalFields: optional.map(([name]) => name),
    tokenLimit,
  };
}
