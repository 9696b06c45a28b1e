/** Sends one answer of the gateway as the HTTP response, streamed or as a whole. */
import { once } from 'node:events';
import type { Response } from 'express';
import type { ChatEvent } from '../gateway/chat-call.ts';
import { GatewayError } from '../gateway/gateway-error.ts';
import type { Route } from '../routing/route.ts';
import {
  type CompletionCost,
  type CompletionHead,
  LAST_EVENT,
  writeChunk,
  writeCompletion,
  writeUsage,
} from './completion.ts';
import { fromGateway, OpenAiError } from './openai-error.ts';

export interface AnswerRequest {
  readonly id: string;
  readonly route: Route;
  readonly events: AsyncIterable<ChatEvent>;
  readonly includeUsage: boolean;
  readonly costOf: (modelId: string, usage: { promptTokens: number; completionTokens: number }) => CompletionCost;
}

const COST_HEADER = 'x-firstword-cost-usd';

export async function sendWhole(response: Response, { id, route, events, costOf }: AnswerRequest): Promise<void> {
  let head = headOf(id, route.models[0].id);
  let text = '';
  for await (const event of events) {
    if (event.type === 'model') head = headOf(id, event.modelId);
    if (event.type === 'retract') text = '';
    if (event.type === 'text') text += event.text;
    if (event.type !== 'end') continue;
    const { finish, usage } = event;
    const cost = costOf(head.model, usage);
    nameModel(response, head, route);
    if (cost.costUsd !== undefined) response.set(COST_HEADER, String(cost.costUsd));
    response.json(writeCompletion(head, { text, finish, usage, cost }));
  }
}

/** The cost is known at the end: it is in the usage chunk, and in a trailer for clients that read trailers. */
export async function sendStream(response: Response, request: AnswerRequest): Promise<void> {
  const { id, route, events, includeUsage, costOf } = request;
  let head = headOf(id, route.models[0].id);
  let isRetracted = false;
  const begin = () => {
    nameModel(response, head, route);
    response.set({
      'content-type': 'text/event-stream; charset=utf-8',
      'x-accel-buffering': 'no',
      trailer: COST_HEADER,
    });
    response.flushHeaders();
    return send(response, writeChunk(head, { delta: { role: 'assistant', content: '' } }));
  };
  try {
    for await (const event of events) {
      if (event.type === 'model') {
        head = headOf(id, event.modelId);
        await begin();
      }
      isRetracted ||= event.type === 'retract';
      if (event.type === 'text' && !isRetracted)
        await send(response, writeChunk(head, { delta: { content: event.text } }));
      if (event.type !== 'end') continue;
      // OpenAI's format can't take text back. From a whole answer the gateway learns, so the next request is answered.
      if (isRetracted) throw new GatewayError('malformed', 'the text so far was thinking');
      if (!response.headersSent) await begin();
      await send(response, writeChunk(head, { finish: event.finish }));
      const cost = costOf(head.model, event.usage);
      if (includeUsage) await send(response, writeChunk(head, { usage: writeUsage(event.usage, cost) }));
      if (cost.costUsd !== undefined) response.addTrailers({ [COST_HEADER]: String(cost.costUsd) });
      response.end(LAST_EVENT);
    }
  } catch (error) {
    if (!response.headersSent || response.destroyed) throw error;
    // Too late for a status: clients of this API expect an error inside the stream, and no `[DONE]`.
    const failure = fromGateway(error) ?? new OpenAiError(500, 'server_error', 'The answer ended early.');
    response.end(`data: ${JSON.stringify(failure.toBody())}\n\n`);
    if (fromGateway(error) === undefined) throw error;
  }
}

function headOf(id: string, model: string): CompletionHead {
  return { id, created: Math.floor(Date.now() / 1000), model };
}

function nameModel(response: Response, { id, model }: CompletionHead, { tier, region }: Route): void {
  response.set({
    'x-request-id': id,
    'x-firstword-model': model,
    'x-firstword-tier': tier,
    'x-firstword-region': region,
  });
}

/** Waits while the client reads more slowly than the model writes. */
async function send(response: Response, text: string): Promise<void> {
  if (response.write(text) || response.destroyed) return;
  const left = new AbortController();
  const stop = () => left.abort();
  response.once('close', stop);
  await once(response, 'drain', { signal: left.signal }).catch(() => {});
  response.off('close', stop);
}
