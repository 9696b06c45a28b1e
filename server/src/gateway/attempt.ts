/** Sends one request to one model and streams the answer until it ends, fails, times out or is aborted. */
import type { LatencyTracker } from '../routing/latency-tracker.ts';
import type { RoutedModel } from '../routing/route.ts';
import { latencyKey } from '../routing/router.ts';
import { createAnswerState } from './answer-state.ts';
import { createBodyPieces } from './body-pieces.ts';
import { createCallRecord } from './call-record.ts';
import { writeChatBody } from './chat-body.ts';
import type { CallRole, CallRow, ChatEvent, ChatRequest } from './chat-call.ts';
import { isRecord } from './chat-chunk.ts';
import { createChunkReader } from './chunk-reader.ts';
import type { EndpointPools } from './endpoint-pools.ts';
import { GatewayError } from './gateway-error.ts';
import type { GatewayLimits } from './gateway-limits.ts';
import { joinTexts } from './join-texts.ts';
import { shortenMessages } from './message-roles.ts';
import type { ModelCorrections } from './model-corrections.ts';
import { openChat, RequestRefusedError, releaseStream, transportFailure } from './open-chat.ts';
import { createStreamTimeouts } from './stream-timeouts.ts';
import { createThinkingFilter } from './thinking-filter.ts';
import { NO_USAGE } from './token-usage.ts';

export interface AttemptParts {
  readonly pools: EndpointPools;
  readonly limits: GatewayLimits;
  readonly corrections: ModelCorrections;
  readonly temperature: number;
  readonly onCall: (row: CallRow) => void;
  /** Called before the end is yielded or the failure is thrown; not for aborted requests. */
  readonly onOutcome: (model: RoutedModel, failure?: GatewayError) => void;
  /** Called for chunks without known content: counted, but not a failure. */
  readonly onIgnoredChunk: (model: RoutedModel) => void;
  /** Receives each TTFT that a visitor waited for, also censored ones. */
  readonly latency: Pick<LatencyTracker, 'tokenAfter' | 'noTokenFor'> | undefined;
  /** Whether texts that arrive together are yielded as one. Called for each piece of the body. */
  readonly joinsTexts: () => boolean;
  readonly now: () => number;
}

interface AttemptCall {
  readonly request: ChatRequest;
  readonly model: RoutedModel;
  readonly role: CallRole;
  readonly firstTokenMs: number;
  readonly shorten?: 1 | 2;
}

/** Tokens for a model that was found to think more than its profile says; added each time up to the limit. */
const ROOM_FOR_THINKING = 1024;
const ROOM_FOR_THINKING_MAX = 4096;

/**
 * The first `next()` sends the request in the same tick. Throws `GatewayError`, or the signal's reason after an abort.
 * Leaving the iteration early closes the request as well.
 */
export type Attempt = (call: AttemptCall, signal: AbortSignal) => AsyncGenerator<ChatEvent, void, undefined>;

export function createAttempt(parts: AttemptParts): Attempt {
  const { pools, limits, corrections, temperature, onCall, onOutcome, onIgnoredChunk, latency, joinsTexts, now } =
    parts;
  return async function* attempt({ request, model, role, firstTokenMs, shorten }, signal) {
    signal.throwIfAborted();
    const { messages, route, json = false } = request;
    const connection = pools.of(model.endpoint);
    const record = createCallRecord({ request, model, role, onCall, now });
    const correction = corrections.of(model);
    const written = writeChatBody({
      model: model.upstreamName,
      messages: shorten === undefined ? messages : shortenMessages(messages, shorten),
      maxTokens: route.maxTokens,
      temperature,
      json,
      profile: model.profile,
      correction,
    });
    const answer = createAnswerState({ ...limits, tokenLimit: written.tokenLimit });
    const filter = createThinkingFilter({
      opensInThinking: correction.opensInThinking ? 'surely' : model.profile.thinks === 'always' ? 'perhaps' : 'no',
    });
    const ending = new AbortController();
    const sentAt = now();
    let streaming = false;
    let visible = false;

    const usage = () => answer.usage(messages);
    // No visitor waits for the quality tier, and its long prompts would make its models look slow.
    const tracker = route.tier === 'quality' ? undefined : latency;
    const key = latencyKey(model, route.region);
    const timeouts = createStreamTimeouts({ limits, firstTokenMs, now, onTimeout: (failure) => ending.abort(failure) });
    const onAbort = () => {
      if (!visible) tracker?.noTokenFor(key, now() - sentAt);
      // At once, because the consumer may never call next() again.
      record.close('aborted', usage, { reason: typeof signal.reason === 'string' ? signal.reason : 'left' });
      ending.abort(signal.reason);
    };
    signal.addEventListener('abort', onAbort, { once: true });

    try {
      const { endpoint, profile } = model;
      const body = await openChat({
        endpoint,
        connection,
        written,
        headers: profile.headers ?? {},
        signal: ending.signal,
      });
      streaming = true;
      timeouts.headersReceived();
      const reader = createChunkReader(limits);
      const pieces = createBodyPieces(body);

      try {
        reading: for (let isOpen = true; isOpen; ) {
          const bytes = await pieces.next();
          isOpen = bytes !== undefined;
          const read =
            bytes === undefined ? [...filter.apply(reader.end()), ...filter.end()] : filter.apply(reader.read(bytes));
          const events = joinsTexts() ? joinTexts(read) : read;
          let yielded = false;
          for (const event of events) {
            const progress = answer.take(event);
            if (progress === 'complete') break reading;
            if (progress === 'finished') timeouts.finished();
            if (progress === 'reasoning') timeouts.reasoning();
            if (event.type === 'ignored') onIgnoredChunk(model);
            if (event.type === 'retract' && visible) yield event;
            if (event.type !== 'text' || progress !== 'text') continue;
            yielded = true;
            timeouts.textReceived();
            if (!visible) {
              visible = true;
              const ttftMs = now() - sentAt;
              record.firstToken(ttftMs);
              tracker?.tokenAfter(key, ttftMs);
              yield { type: 'model', modelId: model.id, ttftMs };
            }
            yield event;
            ending.signal.throwIfAborted();
          }
          if (yielded) timeouts.textConsumed();
        }
      } catch (error) {
        // After the finish reason, a broken connection only loses the reported usage.
        if (signal.aborted || answer.finish() === undefined || failureOf(error) === undefined) throw error;
      } finally {
        pieces.detach();
      }

      const finish = answer.finish();
      const fault = answer.fault();
      if (finish === undefined || fault !== undefined) throw fault;
      if (filter.hadUnopenedThinking() && !correction.opensInThinking)
        corrections.learn(model, { opensInThinking: true });
      streaming = false;
      releaseStream(body);
      record.close('done', usage);
      onOutcome(model);
      yield { type: 'end', finish, usage: usage() };
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      const failure = failureOf(error);
      if (failure === undefined) throw error;
      if (failure.code === 'prompt-filtered') {
        // The endpoint has answered: it refuses this prompt.
        record.close('done', () => NO_USAGE);
        onOutcome(model);
        yield { type: 'end', finish: 'filtered', usage: NO_USAGE };
        return;
      }
      if (failure instanceof RequestRefusedError) corrections.learn(model, failure.correction);
      // A latency probe asks for one token, so it proves nothing.
      if (failure.code === 'only-thinking' && route.maxTokens > 1)
        corrections.learn(model, {
          thinkingTokens: Math.min(ROOM_FOR_THINKING_MAX, written.tokenLimit - route.maxTokens + ROOM_FOR_THINKING),
        });
      const wasBilled = streaming || failure.code === 'headers-timeout';
      const noToken = failure.code === 'headers-timeout' || failure.code === 'first-token-timeout';
      if (noToken) tracker?.noTokenFor(key, now() - sentAt);
      record.close('failed', wasBilled ? usage : () => NO_USAGE, { code: failure.code });
      const located = failure.of(model.id, visible);
      onOutcome(model, located);
      throw located;
    } finally {
      timeouts.stop();
      signal.removeEventListener('abort', onAbort);
      if (streaming) ending.abort();
      record.close('aborted', usage, { reason: 'left' }); // the consumer left, or a bug: write the row in any case
    }
  };
}

/** `undefined` for an unexpected error, that is, a bug. */
function failureOf(error: unknown): GatewayError | undefined {
  if (error instanceof GatewayError) return error;
  return isRecord(error) && typeof error['code'] === 'string' ? transportFailure(error, 'cut-off') : undefined;
}
