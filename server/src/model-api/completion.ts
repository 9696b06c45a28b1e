/** Writes an answer in OpenAI's format: as one object, or as the chunks of a stream. Pure. */
import type { Finish, TokenUsage } from '../gateway/chat-call.ts';

export interface CompletionHead {
  readonly id: string;
  /** Seconds since the epoch. */
  readonly created: number;
  /** Id of the model that answered. */
  readonly model: string;
}

/** US dollars; absent when no price is known. */
export interface CompletionCost {
  readonly costKnown: 'full' | 'output-only' | 'none';
  readonly costUsd?: number;
}

const FINISH: Readonly<Record<Finish, string>> = {
  complete: 'stop',
  shortened: 'length',
  filtered: 'content_filter',
};

export function writeUsage({ promptTokens, completionTokens }: TokenUsage, { costKnown, costUsd }: CompletionCost) {
  return {
    prompt_tokens: promptTokens,
    completion_tokens: completionTokens,
    total_tokens: promptTokens + completionTokens,
    cost_known: costKnown,
    ...(costUsd === undefined ? {} : { cost_usd: costUsd }),
  };
}

export function writeCompletion(
  head: CompletionHead,
  answer: { text: string; finish: Finish; usage: TokenUsage; cost: CompletionCost },
) {
  const message = { role: 'assistant', content: answer.text, refusal: null };
  return {
    ...head,
    object: 'chat.completion',
    choices: [{ index: 0, message, logprobs: null, finish_reason: FINISH[answer.finish] }],
    usage: writeUsage(answer.usage, answer.cost),
  };
}

interface ChunkPart {
  readonly delta?: { readonly role?: 'assistant'; readonly content?: string };
  readonly finish?: Finish;
  /** Makes it the last chunk, which has no choices. */
  readonly usage?: ReturnType<typeof writeUsage>;
}

/** One event of the stream. */
export function writeChunk(head: CompletionHead, { delta = {}, finish, usage }: ChunkPart): string {
  const choice = { index: 0, delta, finish_reason: finish === undefined ? null : FINISH[finish] };
  const chunk = {
    ...head,
    object: 'chat.completion.chunk',
    choices: usage === undefined ? [choice] : [],
    ...(usage === undefined ? {} : { usage }),
  };
  return `data: ${JSON.stringify(chunk)}\n\n`;
}

export const LAST_EVENT = 'data: [DONE]\n\n';
