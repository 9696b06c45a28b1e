/** One request to one model, from its sending to its last token, and never without an end. */
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
import { FieldRefusedError, openChat, releaseStream, transportFailure } from './open-chat.ts';
import { createOutageMonitor } from './outage-monitor.ts';
import { NO_USAGE } from './token-usage.ts';

export interface AttemptParts {
  readonly pools: EndpointPools;
  readonly limits: GatewayLimits;
  readonly temperature: number;
  readonly onCall: (row: CallRow) => void;
  /** How the request came out, before its end is yielded or its failure thrown; an abort is no outcome. */
  readonly onOutcome: (model: RoutedModel, failure?: GatewayError) => void;
  /** A chunk that said nothing we know; worth counting, not worth failing. */
  readonly onIgnoredChunk: (model: RoutedModel) => void;
  /** Hears of each wait in front of a person, whole or broken off. */
  readonly latency: Pick<LatencyTracker, 'tokenAfter' | 'silentFor'> | undefined;
  /** Whether texts that came together are handed on as one. Asked for every piece of a body. */
  readonly joinsTexts: () => boolean;
  readonly now: () => number;
}

interface AttemptCall {
  readonly request: ChatRequest;
  readonly model: RoutedModel;
  readonly role: CallRole;
  readonly firstTokenMs: number;
}

/**
 * The request leaves with the first `next()`, in the same tick. Throws `GatewayError`, or the signal's reason after an
 * abort; leaving the iteration early closes upstream as well.
 */
export type Attempt = (call: AttemptCall, signal: AbortSignal) => AsyncGenerator<ChatEvent, void, undefined>;

export function createAttempt(parts: AttemptParts): Attempt {
  const { pools, limits, temperature, onCall, onOutcome, onIgnoredChunk, latency, joinsTexts, now } = parts;
  return async function* attempt({ request, model, role, firstTokenMs }, signal) {
    signal.throwIfAborted();
    const { messages, route, json = false } = request;
    const connection = pools.of(model.endpoint);
    const without = new Set(connection.refusedFields);
    const record = createCallRecord({ request, model, role, onCall, now });
    const answer = createAnswerState(limits);
    const ending = new AbortController();
    const sentAt = now();
    let streaming = false;
    let visible = false;

    const usage = () => answer.usage(messages);
    // Nobody waits for the quality tier, and its long prompts would make its models look slow.
    const waits = route.tier === 'quality' ? undefined : latency;
    const key = latencyKey(model, route.region);
    const silence = createOutageMonitor({ limits, firstTokenMs, now, onSilence: (failure) => ending.abort(failure) });
    const onAbort = () => {
      if (!visible) waits?.silentFor(key, now() - sentAt);
      // Now, even if nobody asks for the next event any more.
      record.close('aborted', usage, { reason: typeof signal.reason === 'string' ? signal.reason : 'left' });
      ending.abort(signal.reason);
    };
    signal.addEventListener('abort', onAbort, { once: true });

    try {
      const { upstreamName, endpoint } = model;
      const { maxTokens } = route;
      const body = await openChat({
        endpoint,
        connection,
        body: writeChatBody({ model: upstreamName, messages, maxTokens, temperature, json, without }),
        without,
        signal: ending.signal,
      });
      streaming = true;
      silence.opened();
      const reader = createChunkReader(limits);
      const pieces = createBodyPieces(body);

      try {
        reading: for (let isOpen = true; isOpen; ) {
          const bytes = await pieces.next();
          isOpen = bytes !== undefined;
          const read = bytes === undefined ? reader.end() : reader.read(bytes);
          const events = joinsTexts() ? joinTexts(read) : read;
          let spoke = false;
          for (const event of events) {
            const progress = answer.take(event);
            if (progress === 'whole') break reading;
            if (progress === 'finished') silence.finished();
            if (progress === 'alive') silence.thought();
            if (event.type === 'ignored') onIgnoredChunk(model);
            if (event.type !== 'text' || progress !== 'show') continue;
            spoke = true;
            silence.spoke();
            if (!visible) {
              visible = true;
              const ttftMs = now() - sentAt;
              record.firstToken(ttftMs);
              waits?.tokenAfter(key, ttftMs);
              yield { type: 'model', modelId: model.id, ttftMs };
            }
            yield event;
            ending.signal.throwIfAborted();
          }
          if (spoke) silence.taken();
        }
      } catch (error) {
        // Once the model has said that it is finished, a broken connection can cost its usage and nothing else.
        if (signal.aborted || answer.finish() === undefined || failureOf(error) === undefined) throw error;
      } finally {
        pieces.leave();
      }

      const finish = answer.finish();
      if (finish === undefined) throw answer.missing();
      streaming = false;
      releaseStream(body);
      record.close('done', usage);
      onOutcome(model);
      yield { type: 'end', finish, usage: usage() };
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      const failure = failureOf(error);
      if (failure === undefined) throw error;
      if (failure instanceof FieldRefusedError) connection.refusedFields.add(failure.field);
      const wasBilled = streaming || failure.code === 'headers-timeout';
      const wasSilent = failure.code === 'headers-timeout' || failure.code === 'first-token-timeout';
      if (wasSilent) waits?.silentFor(key, now() - sentAt);
      record.close('failed', wasBilled ? usage : () => NO_USAGE, { code: failure.code });
      const told = failure.of(model.id, visible);
      onOutcome(model, told);
      throw told;
    } finally {
      silence.stop();
      signal.removeEventListener('abort', onAbort);
      if (streaming) ending.abort();
      record.close('aborted', usage, { reason: 'left' }); // the consumer left, or a bug: a row all the same
    }
  };
}

/** `undefined` for what is no failure of the call but a bug of ours. */
function failureOf(error: unknown): GatewayError | undefined {
  if (error instanceof GatewayError) return error;
  return isRecord(error) && typeof error['code'] === 'string' ? transportFailure(error, 'cut-off') : undefined;
}
