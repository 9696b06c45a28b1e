/** One request to one model, from its sending to its last token, and never without an end. */
import type { RoutedModel } from '../routing/route.ts';
import { createAnswerState } from './answer-state.ts';
import { createCallRecord } from './call-record.ts';
import { writeChatBody } from './chat-body.ts';
import type { CallRow, ChatEvent, ChatRequest } from './chat-call.ts';
import { type ChunkEvent, isRecord } from './chat-chunk.ts';
import { type ChunkReader, createChunkReader } from './chunk-reader.ts';
import { createDeadline } from './deadline.ts';
import type { EndpointPools } from './endpoint-pools.ts';
import { type FailureCode, GatewayError } from './gateway-error.ts';
import type { GatewayLimits } from './gateway-limits.ts';
import { type ChatStream, FieldRefusedError, openChat, releaseStream, transportFailure } from './open-chat.ts';
import { NO_USAGE } from './token-usage.ts';

export interface AttemptParts {
  readonly pools: EndpointPools;
  readonly limits: GatewayLimits;
  readonly temperature: number;
  readonly onCall: (row: CallRow) => void;
  /** A chunk that said nothing we know; worth counting, not worth failing. */
  readonly onIgnoredChunk: (model: RoutedModel) => void;
  readonly now: () => number;
}

export interface AttemptCall {
  readonly request: ChatRequest;
  readonly model: RoutedModel;
  readonly firstTokenMs: number;
}

/**
 * The request leaves with the first `next()`, in the same tick. Throws `GatewayError`, or the signal's reason after an
 * abort; leaving the iteration early closes upstream as well.
 */
export type Attempt = (call: AttemptCall, signal: AbortSignal) => AsyncGenerator<ChatEvent, void, undefined>;

export function createAttempt({ pools, limits, temperature, onCall, onIgnoredChunk, now }: AttemptParts): Attempt {
  return async function* attempt({ request, model, firstTokenMs }, signal) {
    signal.throwIfAborted();
    const { messages, route, json = false } = request;
    const connection = pools.of(model.endpoint);
    const without = new Set(connection.refusedFields);
    const record = createCallRecord({ request, model, onCall, now });
    const answer = createAnswerState(limits);
    const ending = new AbortController();
    const sentAt = now();
    let awaited: FailureCode = 'headers-timeout';
    let streaming = false;
    let visible = false;

    const deadline = createDeadline({ now, onPassed: () => ending.abort(new GatewayError(awaited, 'silence')) });
    const onAbort = () => {
      record.close('aborted', answer.usage(messages)); // now, even if nobody asks for the next event any more
      ending.abort(signal.reason);
    };
    signal.addEventListener('abort', onAbort, { once: true });

    try {
      deadline.moveTo(sentAt + Math.min(limits.headersMs, firstTokenMs));
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
      awaited = 'first-token-timeout';
      deadline.moveTo(sentAt + firstTokenMs);

      let contentAt = sentAt;
      let patienceMs = firstTokenMs;
      let shown = false;
      try {
        reading: for await (const events of readEvents(body, createChunkReader(limits))) {
          for (const event of events) {
            const progress = answer.take(event);
            if (progress === 'whole') break reading;
            if (event.type === 'ignored') onIgnoredChunk(model);
            if (progress === 'finished') deadline.moveTo(now() + limits.usageWaitMs);
            if (progress === 'alive') {
              const thinkingUntil = Math.min(now() + limits.idleMs, contentAt + limits.reasoningMs);
              deadline.moveTo(Math.max(contentAt + patienceMs, thinkingUntil));
            }
            if (event.type !== 'text' || progress !== 'show') continue;
            shown = true;
            deadline.moveTo(Number.POSITIVE_INFINITY); // a slow consumer is not a silent endpoint
            if (!visible) {
              visible = true;
              awaited = 'stalled';
              patienceMs = limits.idleMs;
              const ttftMs = now() - sentAt;
              record.firstToken(ttftMs);
              yield { type: 'model', modelId: model.id, ttftMs };
            }
            yield event;
            ending.signal.throwIfAborted();
          }
          if (!shown) continue;
          shown = false;
          contentAt = now();
          if (answer.finish() === undefined) deadline.moveTo(contentAt + patienceMs);
        }
      } catch (error) {
        // Once the model has said that it is finished only its usage can be lost.
        if (signal.aborted || answer.finish() === undefined) throw error;
      }

      const finish = answer.finish();
      if (finish === undefined) throw answer.missing();
      const usage = answer.usage(messages);
      streaming = false;
      releaseStream(body);
      record.close('done', usage);
      yield { type: 'end', finish, usage };
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      const failure = failureOf(error);
      if (failure === undefined) throw error;
      if (failure instanceof FieldRefusedError) connection.refusedFields.add(failure.field);
      const wasBilled = streaming || failure.code === 'headers-timeout';
      record.close('failed', wasBilled ? answer.usage(messages) : NO_USAGE, failure.code);
      throw failure.of(model.id, visible);
    } finally {
      deadline.clear();
      signal.removeEventListener('abort', onAbort);
      if (streaming) ending.abort();
      record.close('aborted', answer.usage(messages)); // the consumer left, or a bug: a row all the same
    }
  };
}

/** One batch of events for each piece of the body, so that a piece with many tokens costs one wait. */
async function* readEvents(body: ChatStream, reader: ChunkReader): AsyncGenerator<readonly ChunkEvent[]> {
  for await (const bytes of body.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>)
    yield reader.read(bytes);
  yield reader.end();
}

/** `undefined` for what is no failure of the call but a bug of ours. */
function failureOf(error: unknown): GatewayError | undefined {
  if (error instanceof GatewayError) return error;
  return isRecord(error) && typeof error['code'] === 'string' ? transportFailure(error, 'cut-off') : undefined;
}
