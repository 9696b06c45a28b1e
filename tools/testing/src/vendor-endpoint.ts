/** Model endpoints that behave as today's servers and vendors do: their paths, keys, refusals and thinking. */
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { portOf } from '@firstword/server/lib/port-of';

export interface VendorRequest {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  /** Undefined without one. */
  readonly body: VendorBody | undefined;
}

export interface VendorBody {
  readonly model: string;
  readonly messages: readonly { readonly role: string; readonly content: string }[];
  readonly max_tokens?: number;
  readonly max_completion_tokens?: number;
  readonly [field: string]: unknown;
}

export type VendorReply =
  | {
      readonly status: number;
      readonly body?: unknown;
      readonly type?: string;
      readonly headers?: Record<string, string>;
    }
  | {
      /** Sent as `reasoning_content` before the text; counts towards the token limit. */
      readonly thinking?: readonly string[];
      /** Between the thinking and the text. */
      readonly pauseMs?: number;
      readonly text: readonly string[];
      /** Reports no usage. */
      readonly noUsage?: true;
    }
  | 'hang';

export interface VendorEndpoint {
  readonly origin: string;
  readonly port: number;
  /** Chat calls, in order. */
  readonly calls: VendorRequest[];
  stop(): Promise<void>;
}

export type Vendor = (request: VendorRequest) => VendorReply;

export async function startVendorEndpoint(vendor: Vendor): Promise<VendorEndpoint> {
  const calls: VendorRequest[] = [];
  const server = createServer(async (request, response) => {
    const raw = await text(request);
    const { method = '', url: path = '', headers } = request;
    if (method === 'OPTIONS') return void response.writeHead(204).end();
    const asked: VendorRequest = { method, path, headers, body: raw === '' ? undefined : JSON.parse(raw) };
    if (asked.body !== undefined) calls.push(asked);
    await send(vendor(asked), asked.body, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const port = portOf(server);
  return {
    origin: `http://127.0.0.1:${port}`,
    port,
    calls,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function send(reply: VendorReply, body: VendorBody | undefined, response: ServerResponse): Promise<void> {
  if (reply === 'hang') return;
  if ('status' in reply) {
    const { status, body: content = '', type = 'application/json', headers = {} } = reply;
    response.writeHead(status, { 'content-type': type, ...headers });
    return void response.end(typeof content === 'string' ? content : JSON.stringify(content));
  }
  const limit = body?.max_completion_tokens ?? body?.max_tokens ?? Number.POSITIVE_INFINITY;
  const { thinking = [], text: words, noUsage, pauseMs = 0 } = reply;
  const chunk = (more: object) =>
    response.write(`data: ${JSON.stringify({ id: 'x', object: 'chat.completion.chunk', ...more })}\n\n`);
  const delta = (content: object, finish: string | null = null) =>
    chunk({ choices: [{ index: 0, delta: content, finish_reason: finish }] });
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  delta({ role: 'assistant', content: '' });
  const thought = thinking.slice(0, limit);
  const shown = words.slice(0, limit - thought.length);
  for (const reasoning of thought) delta({ reasoning_content: reasoning, content: null });
  if (pauseMs > 0) await pause(pauseMs);
  for (const content of shown) delta({ content });
  delta({}, shown.length < words.length ? 'length' : 'stop');
  const completion = thought.length + shown.length;
  if (noUsage !== true)
    chunk({ choices: [], usage: { prompt_tokens: 20, completion_tokens: completion, total_tokens: 20 + completion } });
  response.end('data: [DONE]\n\n');
}

const refusal = (status: number, message: string, more: object = {}): VendorReply => ({
  status,
  body: { error: { message, ...more } },
});
const listOf = (models: readonly string[]): VendorReply => ({
  status: 200,
  body: { object: 'list', data: models.map((id) => ({ id, object: 'model' })) },
});
const NOT_FOUND: VendorReply = { status: 404, body: '404 page not found', type: 'text/plain' };

export interface VendorTexts {
  /** The answer to a question; triage gets its label. */
  readonly answer?: readonly string[];
}

/** Triage's label for its request, the answer for another. */
function wordsFor({ messages }: VendorBody, answer: readonly string[]): readonly string[] {
  return messages.some(({ content }) => content.includes('Labels:')) ? ['answer neutral en returns 0.9'] : answer;
}
const ANSWER = ['You may ', 'return it ', 'within ', '30 days ', '[1].'];

export const ollama =
  (models: readonly string[], { answer = ANSWER }: VendorTexts = {}): Vendor =>
  ({ path, body }) => {
    if (path === '/v1/models') return listOf(models);
    if (path !== '/v1/chat/completions' || body === undefined) return NOT_FOUND;
    return models.includes(body.model)
      ? { text: wordsFor(body, answer) }
      : refusal(404, `model "${body.model}" not found, try pulling it first`, { type: 'api_error' });
  };

/** A chat template that insists on alternating roles, as behind vLLM and SGLang. */
export const strictRoles =
  (models: readonly string[], { answer = ANSWER }: VendorTexts = {}): Vendor =>
  ({ path, body }) => {
    if (path === '/v1/models') return listOf(models);
    if (path !== '/v1/chat/completions' || body === undefined) return { status: 404, body: { detail: 'Not Found' } };
    if (!models.includes(body.model))
      return {
        status: 404,
        body: { object: 'error', message: `The model \`${body.model}\` does not exist.`, code: 404 },
      };
    const roles = body.messages.map(({ role }) => role).filter((role) => role !== 'system');
    const alternate = roles.every((role, index) => role === (index % 2 === 0 ? 'user' : 'assistant'));
    const oneSystem = body.messages.findLastIndex(({ role }) => role === 'system') <= 0;
    return alternate && oneSystem
      ? { text: wordsFor(body, answer) }
      : {
          status: 400,
          body: { object: 'error', message: 'Conversation roles must alternate user/assistant/user/assistant/...' },
        };
  };

const THOUGHT = Array.from({ length: 400 }, (_, index) => `thought ${index} `);

/** Thinks unless the request switches it off. */
export const deepSeek =
  (key: string, models: readonly string[], { answer = ANSWER }: VendorTexts = {}): Vendor =>
  ({ path, headers, body }) => {
    if (headers.authorization !== `Bearer ${key}`)
      return refusal(401, `Authentication Fails, Your api key: ****${key.slice(-4)} is invalid`, {
        type: 'authentication_error',
      });
    if (path.endsWith('/models')) return listOf(models);
    if (!/^(?:\/v1)?\/chat\/completions$/.test(path) || body === undefined) return NOT_FOUND;
    if (!models.includes(body.model)) return refusal(400, 'Model Not Exist', { type: 'invalid_request_error' });
    const thinking = JSON.stringify(body['thinking'] ?? {}).includes('disabled') ? [] : THOUGHT;
    return { thinking, text: wordsFor(body, answer) };
  };

/** Both address forms of Azure. The key is sent in `api-key`. */
export const azure =
  (key: string, deployments: readonly string[], { answer = ANSWER }: VendorTexts = {}): Vendor =>
  ({ path, headers, body }) => {
    if (headers['api-key'] !== key || headers.authorization !== undefined)
      return {
        status: 401,
        body: { error: { code: '401', message: 'Access denied due to invalid subscription key.' } },
      };
    const classic = /^\/openai\/deployments\/([^/]+)\/chat\/completions\?api-version=[\d-]+$/.exec(path)?.[1];
    if (path === '/openai/v1/models') return listOf(['gpt-catalog-model']);
    const deployment = classic ?? (path === '/openai/v1/chat/completions' ? body?.model : undefined);
    if (deployment === undefined || body === undefined)
      return { status: 404, body: { error: { code: '404', message: 'Resource not found' } } };
    return deployments.includes(deployment)
      ? { text: wordsFor(body, answer) }
      : refusal(404, 'The API deployment for this resource does not exist.', { code: 'DeploymentNotFound' });
  };

/** How long `reasoning` thinks, so that tests can tell the first thinking token from the first text. */
export const THINKING_MS = 120;

/** A reasoning model that accepts only `max_completion_tokens`, and always thinks a little. */
export const reasoning =
  (key: string, models: readonly string[], { answer = ANSWER }: VendorTexts = {}): Vendor =>
  ({ path, headers, body }) => {
    if (headers.authorization !== `Bearer ${key}`)
      return refusal(401, 'Incorrect API key provided.', { code: 'invalid_api_key' });
    if (path === '/v1/models') return listOf(models);
    if (path !== '/v1/chat/completions' || body === undefined) return refusal(404, 'Invalid URL (POST)');
    if (!models.includes(body.model))
      return refusal(404, `The model \`${body.model}\` does not exist or you do not have access to it.`, {
        code: 'model_not_found',
      });
    if (body.max_tokens !== undefined)
      return refusal(
        400,
        "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
        {
          code: 'unsupported_parameter',
          param: 'max_tokens',
        },
      );
    if (body['temperature'] !== undefined && body['temperature'] !== 1)
      return refusal(
        400,
        "Unsupported value: 'temperature' does not support this value. Only the default (1) value is supported.",
        {
          code: 'unsupported_value',
          param: 'temperature',
        },
      );
    return { thinking: THOUGHT.slice(0, 30), pauseMs: THINKING_MS, text: wordsFor(body, answer) };
  };

/** A cloud or a gateway in front of many vendors. @param base path of its API */
export const cloud =
  (key: string, models: readonly string[], base = '/v1', { answer = ANSWER }: VendorTexts = {}): Vendor =>
  ({ path, headers, body }) => {
    if (headers.authorization !== `Bearer ${key}`) return refusal(401, 'No auth credentials found', { code: 401 });
    if (path === `${base}/models`) return listOf(models);
    if (path !== `${base}/chat/completions` || body === undefined)
      return { status: 404, body: '<!doctype html><title>Not found</title>', type: 'text/html' };
    return models.includes(body.model)
      ? { text: wordsFor(body, answer) }
      : refusal(400, `${body.model} is not a valid model ID`, { code: 400 });
  };
