/** What an answer consists of so far, and when it is whole. Pure. */
import type { Finish, PromptMessage, TokenUsage } from './chat-call.ts';
import type { ChunkEvent } from './chat-chunk.ts';
import { GatewayError } from './gateway-error.ts';
import { estimatePromptTokens, estimateTokens } from './token-usage.ts';

/**
 * `show` a text, `alive`: the model thinks, `quiet`: nothing for anybody, `finished`: only the usage may follow,
 * `whole`: nothing may follow.
 */
export type Progress = 'show' | 'alive' | 'quiet' | 'finished' | 'whole';

export interface AnswerState {
  /** Throws `GatewayError` when the answer cannot become whole any more. */
  take(event: ChunkEvent): Progress;
  /** Known once the model has said that it is finished. */
  finish(): Finish | undefined;
  /** The stream is over: why the answer is not whole. */
  missing(): GatewayError;
  /** As the endpoint reported it, else estimated from prompt and text. */
  usage(messages: readonly PromptMessage[]): TokenUsage;
}

export function createAnswerState({ maxAnswerBytes }: { maxAnswerBytes: number }): AnswerState {
  let text = '';
  let bytes = 0;
  let heard = false;
  let reasoningTokens = 0;
  let finish: Finish | undefined;
  let reported: TokenUsage | undefined;

  function missing() {
    return heard
      ? new GatewayError('cut-off', 'the stream ended without a finish reason')
      : new GatewayError('empty-response', 'the stream ended before it said anything');
  }

  return {
    take(event) {
      heard = true;
      if (event.type === 'usage') {
        reported = { promptTokens: event.promptTokens, completionTokens: event.completionTokens, estimated: false };
        return finish === undefined ? 'quiet' : 'whole';
      }
      if (finish !== undefined) return isFinal(event) ? 'whole' : 'quiet';
      switch (event.type) {
        case 'text':
          bytes += Buffer.byteLength(event.text);
          if (bytes > maxAnswerBytes) throw new GatewayError('too-large', `the answer passes ${maxAnswerBytes} bytes`);
          text += event.text;
          return 'show';
        case 'reasoning':
          reasoningTokens += estimateTokens(event.text);
          return 'alive';
        case 'ignored':
          return 'quiet';
        case 'finish':
          if (event.reason === 'tool-call') throw toolCall();
          if (event.reason === 'failed') throw new GatewayError('upstream-error', 'the model ended for no good reason');
          if (text === '' && event.reason !== 'filtered')
            throw new GatewayError('empty-response', 'the answer is finished and has no text');
          finish = event.reason;
          return 'finished';
        case 'tool-call':
          throw toolCall();
        case 'done':
          throw missing();
        case 'error':
          throw new GatewayError('upstream-error', `the stream reported an error (${event.label})`);
        case 'malformed':
          throw new GatewayError('malformed', 'a chunk is not in the format of a chat completion');
        case 'too-large':
          throw new GatewayError('too-large', 'one event of the stream passes its cap');
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
  return new GatewayError('tool-call', 'the model called a tool although none was offered');
}

function isFinal({ type }: ChunkEvent): boolean {
  return type === 'done' || type === 'error' || type === 'malformed' || type === 'too-large';
}
