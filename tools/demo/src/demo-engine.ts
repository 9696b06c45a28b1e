/** An OpenAI-compatible server without a model: it quotes the articles in the prompt at a catalog model's pace. */
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type CatalogModel, REFERENCE_MODELS, type Region, referenceTtftMs } from '@firstword/shared/catalog';
import { z } from 'zod';
import { type CompletionRequest, completionRequestSchema } from './completion-request.ts';
import { completionBody, createChunkWriter, errorBody, type WireError, wireUsage } from './completion-wire.ts';
import { createEngineAnswer } from './engine-answer.ts';
import { readBody } from './request-body.ts';
import { createPaceClock, type PaceClock, paceTokens } from './token-pace.ts';
import { countTokens, tokenPieces } from './token-pieces.ts';

export interface DemoEngineOptions {
  /** `instant` skips every delay: for tests and scripted runs. */
  readonly pace: 'real' | 'instant';
  /** The region whose reference TTFTs the models have. */
  readonly region: Region;
  readonly models?: readonly CatalogModel[];
  /** Returns the TTFT of one request in milliseconds; replaces the reference TTFT at any pace. */
  readonly ttftMs?: (model: CatalogModel) => number;
  readonly clock?: PaceClock;
}

export interface DemoEngine {
  /** Port 0 means any free port. Rejects when the port is in use. */
  listen(port: number, host: string): Promise<{ port: number }>;
  /** Aborts running answers. */
  close(): Promise<void>;
}

const BODY_MAX_BYTES = 1024 * 1024;
/** Longer than clients keep idle connections, so that the server never closes one just as a request arrives. */
const KEEP_ALIVE_MS = 90_000;
/** Tokens the model may write when the request names no limit. */
const DEFAULT_MAX_TOKENS = 4096;

export function createDemoEngine(options: DemoEngineOptions): DemoEngine {
  const { pace, region, ttftMs, models = REFERENCE_MODELS, clock = createPaceClock() } = options;
  const byId = new Map(models.map((model) => [model.id, model]));
  const compose = createEngineAnswer();
  const counts = { requests: 0, aborted: 0, running: 0 };
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS, noDelay: true }, (request, response) => {
    const arrivedAt = clock.now();
    handle(request, response, arrivedAt).catch((error: unknown) => {
      if (response.headersSent || response.destroyed) response.destroy();
      else refuse(response, { status: 500, message: String(error), type: 'server_error', code: null });
    });
  });

  async function handle(request: IncomingMessage, response: ServerResponse, arrivedAt: number): Promise<void> {
    const path = (request.url ?? '').split('?', 1)[0];
    if (request.method === 'GET' && path === '/stats') return send(response, 200, JSON.stringify(counts));
    if (request.method === 'GET' && path === '/v1/models') return send(response, 200, modelList(models));
    if (request.method === 'POST' && path === '/v1/chat/completions') return complete(request, response, arrivedAt);
    refuse(
      response,
      invalid(
        404,
        `There is no ${request.method} ${path}. Use POST /v1/chat/completions or GET /v1/models.`,
        'not_found',
      ),
    );
  }

  async function complete(request: IncomingMessage, response: ServerResponse, arrivedAt: number): Promise<void> {
    const clientGone = new AbortController();
    response.on('close', () => {
      if (response.writableFinished) return;
      if (!clientGone.signal.aborted) counts.aborted += 1;
      clientGone.abort();
    });
    const body = await readBody(request, BODY_MAX_BYTES).catch(() => undefined);
    if (body === undefined) return;
    if (body === 'too-large') {
      // The client is still sending the body; only closing the connection stops it.
      response.setHeader('connection', 'close');
      return refuse(
        response,
        invalid(413, `The body is too large. Send at most ${BODY_MAX_BYTES} bytes.`, 'request_too_large'),
      );
    }
    const completion = parseRequest(body);
    if ('status' in completion) return refuse(response, completion);
    const model = byId.get(completion.model);
    if (!model)
      return refuse(
        response,
        invalid(
          404,
          `The model "${completion.model}" does not exist. GET /v1/models lists the models.`,
          'model_not_found',
        ),
      );

    counts.requests += 1;
    counts.running += 1;
    try {
      await answer(completion, model, response, arrivedAt, clientGone.signal);
    } catch (error) {
      if (!clientGone.signal.aborted) throw error;
    } finally {
      counts.running -= 1;
    }
  }

  async function answer(
    completion: CompletionRequest,
    model: CatalogModel,
    response: ServerResponse,
    arrivedAt: number,
    signal: AbortSignal,
  ): Promise<void> {
    const pieces = tokenPieces(compose(completion));
    const limit = completion.max_completion_tokens ?? completion.max_tokens ?? DEFAULT_MAX_TOKENS;
    const tokens = pieces.slice(0, limit);
    const finish = pieces.length > limit ? 'length' : 'stop';
    const promptTokens = completion.messages.reduce((sum, { content }) => sum + countTokens(content), 0);
    const usage = wireUsage(promptTokens, tokens.length);
    const head = { id: `chatcmpl-${randomUUID()}`, created: Math.floor(Date.now() / 1000), model: model.id };
    const schedule = {
      startedAt: arrivedAt,
      ttftMs: ttftMs?.(model) ?? (pace === 'real' ? referenceTtftMs(model, region) : 0),
      tokensPerSecond: pace === 'real' ? model.tokensPerSecond : Number.POSITIVE_INFINITY,
    };

    if (!completion.stream) {
      for await (const _due of paceTokens(tokens, schedule, clock, signal));
      return send(response, 200, completionBody(head, tokens.join(''), finish, usage));
    }
    const write = createChunkWriter(head, completion.stream_options?.include_usage === true);
    response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache' });
    response.write(write.role());
    for await (const due of paceTokens(tokens, schedule, clock, signal)) {
      if (!response.write(due.map(write.content).join(''))) await once(response, 'drain', { signal });
    }
    const counted = completion.stream_options?.include_usage === true ? write.usage(usage) : '';
    response.end(write.finish(finish) + counted + write.done());
  }

  return {
    listen: (port, host) =>
      new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, host, () => {
          server.off('error', reject);
          const address = server.address();
          resolve({ port: typeof address === 'object' && address ? address.port : port });
        });
      }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function parseRequest(body: string): CompletionRequest | WireError {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    return invalid(400, 'The body is not valid JSON.', 'invalid_json');
  }
  const parsed = completionRequestSchema.safeParse(json);
  return parsed.success ? parsed.data : invalid(400, z.prettifyError(parsed.error), 'invalid_request');
}

function modelList(models: readonly CatalogModel[]): string {
  const data = models.map(({ id, provider }) => ({ id, object: 'model', created: 0, owned_by: provider }));
  return JSON.stringify({ object: 'list', data });
}

function invalid(status: number, message: string, code: string): WireError {
  return { status, message, type: 'invalid_request_error', code };
}

function refuse(response: ServerResponse, error: WireError): void {
  send(response, error.status, errorBody(error));
}

function send(response: ServerResponse, status: number, json: string): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(json);
}
