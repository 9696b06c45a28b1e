/** A fake OpenAI-compatible endpoint on a free port. It records requests; a given function responds. */
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { listenLocally } from './listen-locally.ts';

export interface ModelRequestBody {
  readonly model: string;
  readonly stream: boolean;
  readonly max_tokens: number;
  readonly messages: readonly { readonly role: string; readonly content: string }[];
  readonly [field: string]: unknown;
}

export interface ModelRequest {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: ModelRequestBody;
  /** Whether the request is for a triage verdict instead of an answer. */
  readonly isTriage: boolean;
  /** The text of the last message. */
  readonly question: string;
  /** When it arrived, in monotonic milliseconds. */
  readonly at: number;
  /** Resolves when the client closes the connection before the response has ended. */
  readonly closed: Promise<void>;
}

/** Responds to one request. A rejection resets the connection. */
export type ModelBehaviour = (request: ModelRequest, response: ServerResponse) => unknown;

export interface ModelEndpoint {
  /** Ends in /v1. */
  readonly baseUrl: string;
  readonly port: number;
  /** In order of arrival. A test may empty it. */
  readonly requests: ModelRequest[];
  connections(): number;
  /** Number of unfinished responses. */
  openResponses(): number;
  /** Number of requests whose client disconnected before the end. */
  abandoned(): number;
  stop(): Promise<void>;
}

/** @param keepRequests false for benchmarks, so that memory doesn't grow */
export async function startModelEndpoint(behave: ModelBehaviour, { keepRequests = true } = {}): Promise<ModelEndpoint> {
  const requests: ModelRequest[] = [];
  let connections = 0;
  let openResponses = 0;
  let abandoned = 0;

  const server = createServer({ keepAliveTimeout: 90_000, noDelay: true }, async (request, response) => {
    const at = performance.now();
    try {
      const raw = await text(request);
      if (raw === '') return void response.writeHead(204).end(); // a request that only warms up a connection
      const body: ModelRequestBody = JSON.parse(raw);
      openResponses += 1;
      const closed = new Promise<void>((resolve) => {
        response.on('close', () => {
          openResponses -= 1;
          if (response.writableFinished) return;
          abandoned += 1;
          resolve();
        });
      });
      const seen: ModelRequest = {
        path: request.url ?? '',
        headers: request.headers,
        body,
        isTriage: body.messages[0]?.content.includes('Labels:') ?? false,
        question: body.messages.at(-1)?.content ?? '',
        at,
        closed,
      };
      if (keepRequests) requests.push(seen);
      await behave(seen, response);
    } catch {
      response.destroy();
    }
  });
  server.on('connection', () => {
    connections += 1;
  });
  const port = await listenLocally(server);
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    port,
    requests,
    connections: () => connections,
    openResponses: () => openResponses,
    abandoned: () => abandoned,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Starts a response as an event stream. */
export function beginStream(response: ServerResponse, headers: Readonly<Record<string, string>> = {}): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', ...headers });
}
