/** Collects an answer's text, usage and finish reason, and decides when it is complete. Pure. */
import type { Finish, PromptMessage, TokenUsage } from './chat-call.ts';
import { type ChunkEvent, isFinal } from './chat-chunk.ts';
import { GatewayError } from './gateway-error.ts';
import { estimatePromptTokens, estimateTokens } from './token-usage.ts';

/**
 * `text`: to be shown. `reasoning`: the model is thinking. `ignored`: nothing to do. `finished`: only the usage may
 * follow. `complete`: nothing may follow.
 */
type Progress = 'text' | 'reasoning' | 'ignored' | 'finished' | 'complete';

export interface AnswerState {
  /** Throws `GatewayError` when the answer can no longer become complete. */
  take(event: ChunkEvent): Progress;
  /** Undefined until the finish reason has arrived. */
  finish(): Finish | undefined;
  /** Why the answer is incomplete when the stream ends. */
  missing(): GatewayError;
  /** As reported by the endpoint, otherwise estimated from prompt and text. */
  usage(messages: readonly PromptMessage[]): TokenUsage;
}

export function createAnswerState({ maxAnswerBytes }: { maxAnswerBytes: number }): AnswerState {
  let text = '';
  let bytes = 0;
  let hasEvents = false;
  let reasoningTokens = 0;
  let finish: Finish | undefined;
  let reported: TokenUsage | undefined;

  function missing() {
    return hasEvents
      ? new GatewayError('cut-off', 'the stream ended without a finish reason')
      : new GatewayError('empty-response', 'the stream ended before its first event');
  }

  return {
    take(event) {
      hasEvents = true;
      if (event.type === 'usage') {
        reported = { promptTokens: event.promptTokens, completionTokens: event.completionTokens, estimated: false };
        return finish === undefined ? 'ignored' : 'complete';
      }
      if (finish !== undefined) return isFinal(event) ? 'complete' : 'ignored';
      switch (event.type) {
        case 'text':
          bytes += Buffer.byteLength(event.text);
          if (bytes > maxAnswerBytes) throw new GatewayError('too-large', `the answer exceeds ${maxAnswerBytes} bytes`);
          text += event.text;
          return 'text';
        case 'reasoning':
          reasoningTokens += estimateTokens(event.text);
          return 'reasoning';
        case 'ignored':
          return 'ignored';
        case 'finish':
          if (event.reason === 'tool-call') throw toolCall();
          if (event.reason === 'failed')
            throw new GatewayError('upstream-error', 'the model ended with an unknown or failed finish reason');
          if (text === '' && event.reason !== 'filtered')
            throw new GatewayError('empty-response', 'the finished answer has no text');
          finish = event.reason;
          return 'finished';
        case 'tool-call':
          throw toolCall();
        case 'done':
          throw missing();
        case 'error':
          throw new GatewayError('upstream-error', `the stream reported an error (${event.label})`);
        case 'malformed':
          throw new GatewayError('malformed', 'a chunk is not in the chat completion format');
        case 'too-large':
          throw new GatewayError('too-large', 'an event of the stream exceeds its size limit');
      }
    },
    finish: () => finish,
    missing,
    usage: (messages) =>
      reported ?? {
        promptTokens: estimatePromptTokens(messages),
        completionTokens: estimateTokens(text) + reasoningTokens,
        estimated: true,
      },
  };
}

function toolCall() {
  return new GatewayError('tool-call', 'the model called a tool, but none was offered');
}
