/** Collects an answer's text, usage and finish reason, and decides when it is complete. Pure. */
import type { Finish, PromptMessage, TokenUsage } from './chat-call.ts';
import { type ChunkEvent, isFinal } from './chat-chunk.ts';
import { GatewayError } from './gateway-error.ts';
import { estimatePromptTokens, estimateTokens } from './token-usage.ts';

/**
 * `text`: to be shown. `reasoning`: the model is thinking. `ignored`: nothing to do. `finished`: usage may follow, and text
 * from endpoints that repeat the finish reason in each chunk. `complete`: nothing may follow.
 */
type Progress = 'text' | 'reasoning' | 'ignored' | 'finished' | 'complete';

export interface AnswerState {
  /** Throws `GatewayError` when the answer can no longer become complete. */
  take(event: ChunkEvent): Progress;
  /** Undefined until the finish reason has arrived. */
  finish(): Finish | undefined;
  /** Why the answer is no whole one when the stream ends; undefined for a whole one. */
  fault(): GatewayError | undefined;
  /** As reported by the endpoint, otherwise estimated from prompt and text. */
  usage(messages: readonly PromptMessage[]): TokenUsage;
}

export interface AnswerLimits {
  readonly maxAnswerBytes: number;
  /** The token limit of the request. Thinking far beyond it is not limited by the endpoint. */
  readonly tokenLimit: number;
}

/** Estimates are accurate to about 25 %. */
const ESTIMATE_MARGIN = 1.5;
/** Labels have a limit that a few words of thinking would pass. */
const ESTIMATE_SLACK = 200;

export function createAnswerState({ maxAnswerBytes, tokenLimit }: AnswerLimits): AnswerState {
  let text = '';
  let bytes = 0;
  let hasEvents = false;
  let reasoningTokens = 0;
  let finish: Finish | undefined;
  let reported: TokenUsage | undefined;

  function fault(): GatewayError | undefined {
    if (!hasEvents) return new GatewayError('empty-response', 'the stream ended before its first event');
    if (finish === undefined) return new GatewayError('cut-off', 'the stream ended without a finish reason');
    if (text !== '' || finish === 'filtered') return undefined;
    return reasoningTokens > 0 || finish === 'shortened'
      ? new GatewayError('only-thinking', 'the model used all its tokens without an answer, probably for thinking')
      : new GatewayError('empty-response', 'the finished answer has no text');
  }

  function takeFinish(reason: Extract<ChunkEvent, { type: 'finish' }>['reason']): Progress {
    if (reason === 'failed' && finish === undefined)
      throw new GatewayError('upstream-error', 'the model ended with an unknown or failed finish reason');
    // Some endpoints end every answer like this.
    if (reason === 'tool-call' && text === '') throw toolCall();
    if (finish !== 'filtered') finish = reason === 'tool-call' || reason === 'failed' ? 'complete' : reason;
    return 'finished';
  }

  return {
    take(event) {
      hasEvents = true;
      if (finish !== undefined && isFinal(event)) return 'complete';
      switch (event.type) {
        case 'usage': {
          const { promptTokens, completionTokens, cachedTokens, alone } = event;
          reported = {
            promptTokens,
            completionTokens,
            estimated: false,
            ...(cachedTokens === undefined ? {} : { cachedTokens }),
          };
          return finish !== undefined && alone ? 'complete' : 'ignored';
        }
        case 'text':
          if (finish === 'filtered') return 'ignored';
          bytes += Buffer.byteLength(event.text);
          if (bytes > maxAnswerBytes) throw new GatewayError('too-large', `the answer exceeds ${maxAnswerBytes} bytes`);
          text += event.text;
          return 'text';
        case 'retract':
          text = '';
          return 'ignored';
        case 'reasoning':
          reasoningTokens += estimateTokens(event.text);
          if (reasoningTokens > tokenLimit * ESTIMATE_MARGIN + ESTIMATE_SLACK)
            throw new GatewayError('thinking-too-long', `the model thinks beyond its limit of ${tokenLimit} tokens`);
          return 'reasoning';
        case 'ignored':
          return 'ignored';
        case 'finish':
          return takeFinish(event.reason);
        case 'tool-call':
          if (text === '') throw toolCall();
          return 'ignored';
        case 'done':
          finish = 'complete'; // without a finish reason, the end mark proves that the answer is whole
          return 'complete';
        case 'error':
          throw new GatewayError('upstream-error', `the stream reported an error (${event.label})`);
        case 'malformed':
          throw new GatewayError('malformed', 'a chunk is not in the chat completion format');
        case 'too-large':
          throw new GatewayError('too-large', 'an event of the stream exceeds its size limit');
      }
    },
    finish: () => finish,
    fault,
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
