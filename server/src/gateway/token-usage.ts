/** Estimates the tokens of a call and computes its cost. */
import type { ModelPrice } from '../routing/route.ts';
import type { PromptMessage, TokenUsage } from './chat-call.ts';

export const NO_USAGE: TokenUsage = { promptTokens: 0, completionTokens: 0, estimated: true };

/** Overhead of the chat format per message. */
const TOKENS_PER_MESSAGE = 4;

/**
 * Accurate to about 25%: one token is four Latin letters, two letters of most other alphabets, or one Chinese, Japanese or
 * Korean character.
 */
export function estimateTokens(text: string): number {
  let quarters = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code < 0x250) quarters += 1;
    else if (code < 0x2e80) quarters += 2;
    else quarters += 4;
  }
  return Math.ceil(quarters / 4);
}

export function estimatePromptTokens(messages: readonly PromptMessage[]): number {
  return messages.reduce((sum, { content }) => sum + TOKENS_PER_MESSAGE + estimateTokens(content), 0);
}

/** US dollars; undefined when a required price is unknown. */
export function costUsd(usage: TokenUsage, price: ModelPrice): number | undefined {
  const { promptTokens, completionTokens, cachedTokens = 0 } = usage;
  const cached = Math.min(cachedTokens, promptTokens);
  const input = partUsd(promptTokens - cached, price.inputUsdPerMillion);
  const fromCache = partUsd(cached, price.cachedInputUsdPerMillion ?? price.inputUsdPerMillion);
  const output = partUsd(completionTokens, price.outputUsdPerMillion);
  if (input === undefined || fromCache === undefined || output === undefined) return undefined;
  return input + fromCache + output;
}

function partUsd(tokens: number, usdPerMillion: number | undefined): number | undefined {
  if (tokens === 0) return 0;
  return usdPerMillion === undefined ? undefined : (tokens * usdPerMillion) / 1_000_000;
}
