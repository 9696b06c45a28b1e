/** Times one streamed completion: its first and last token, and the number of tokens. */
import { BENCHMARK_PROMPT } from '@firstword/shared/benchmark-prompt';
import { createAnswerState } from '../gateway/answer-state.ts';
import type { CallRecord } from '../gateway/call-record.ts';
import { writeChatBody } from '../gateway/chat-body.ts';
import type { PromptMessage, TokenUsage } from '../gateway/chat-call.ts';
import { createChunkReader } from '../gateway/chunk-reader.ts';
import type { EndpointPool } from '../gateway/endpoint-pools.ts';
import { GATEWAY_LIMITS } from '../gateway/gateway-limits.ts';
import type { ModelCorrections } from '../gateway/model-corrections.ts';
import { bytesOf, openChat, RequestRefusedError, releaseStream } from '../gateway/open-chat.ts';
import { createThinkingFilter } from '../gateway/thinking-filter.ts';
import { NO_USAGE } from '../gateway/token-usage.ts';
import type { RoutedModel } from '../routing/route.ts';
import { failureCodeOf } from './failure-code.ts';

export interface TimedCall {
  /** Request sent → first visible token, in milliseconds. */
  readonly ttftMs: number;
  /** Tokens per second after the first token; undefined if all arrived at once. */
  readonly tokensPerSecond: number | undefined;
  readonly outputTokens: number;
  /** The endpoint did not report the number of tokens. */
  readonly estimated: boolean;
}

interface CallTarget {
  readonly model: RoutedModel;
  readonly connection: EndpointPool;
  readonly corrections: ModelCorrections;
  readonly maxTokens: number;
  /** Opens the ledger row of one request. */
  readonly record?: () => CallRecord;
}

export const BENCHMARK_MESSAGES: readonly PromptMessage[] = [{ role: 'user', content: BENCHMARK_PROMPT }];
/** The reference benchmark doesn't specify one. A low temperature keeps answers similar in length. */
const TEMPERATURE = 0.2;

/** Throws `GatewayError`, or the signal's reason after an abort. */
export async function timeCall(target: CallTarget, signal: AbortSignal): Promise<TimedCall> {
  for (;;) {
    try {
      return await timeOnce(target, signal);
    } catch (error) {
      if (!(error instanceof RequestRefusedError)) throw error;
      target.corrections.learn(target.model, error.correction); // the next call omits it
    }
  }
}

async function timeOnce(target: CallTarget, signal: AbortSignal): Promise<TimedCall> {
  const record = target.record?.();
  let usage = () => NO_USAGE; // until the endpoint has accepted the request
  try {
    const timed = await readAnswer(target, signal, (read) => {
      usage = read;
    });
    record?.firstToken(timed.ttftMs);
    record?.close('done', usage);
    return timed;
  } catch (error) {
    const code = failureCodeOf(error);
    if (code === undefined) record?.close('aborted', usage, { reason: 'stopped' });
    else record?.close('failed', usage, { code });
    throw error;
  }
}

async function readAnswer(
  { model, connection, corrections, maxTokens }: CallTarget,
  signal: AbortSignal,
  onAccepted: (usage: () => TokenUsage) => void,
): Promise<TimedCall> {
  const { endpoint, profile, upstreamName } = model;
  const correction = corrections.of(model);
  const call = { model: upstreamName, messages: BENCHMARK_MESSAGES, maxTokens, temperature: TEMPERATURE, json: false };
  const written = writeChatBody({ ...call, profile, correction });
  const reader = createChunkReader(GATEWAY_LIMITS);
  const answer = createAnswerState({ ...GATEWAY_LIMITS, tokenLimit: written.tokenLimit });
  const filter = createThinkingFilter({ opensInThinking: profile.thinks === 'always' ? 'perhaps' : 'no' });
  let firstAt: number | undefined;
  let lastAt = 0;

  const sentAt = performance.now();
  const body = await openChat({ endpoint, connection, written, headers: profile.headers ?? {}, signal });
  onAccepted(() => answer.usage(BENCHMARK_MESSAGES));
  const take = (events: ReturnType<typeof reader.read>) => {
    const at = performance.now();
    for (const event of events) {
      const progress = answer.take(event);
      if (progress === 'complete') return true;
      if (progress !== 'text') continue;
      firstAt ??= at;
      lastAt = at;
    }
    return false;
  };
  try {
    for await (const bytes of bytesOf(body)) if (take(filter.apply(reader.read(bytes)))) break;
    take([...filter.apply(reader.end()), ...filter.end()]);
    if (answer.finish() === undefined || firstAt === undefined) throw answer.fault();
  } finally {
    releaseStream(body);
  }
  const { completionTokens: outputTokens, estimated } = answer.usage(BENCHMARK_MESSAGES);
  const seconds = (lastAt - firstAt) / 1000;
  const tokensPerSecond = seconds > 0 && outputTokens > 1 ? (outputTokens - 1) / seconds : undefined;
  return { ttftMs: firstAt - sentAt, tokensPerSecond, outputTokens, estimated };
}
