/** A model endpoint that does what a test tells it, good or bad, and remembers what it was asked. */
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Endpoint } from '@firstword/server/routing/route';

/** Bytes to send, a wait (also for an event), or the end: `reset` breaks the connection, `hang` keeps it open in silence. */
export type UpstreamStep =
  | string
  | Uint8Array
  | { readonly waitMs: number }
  | { readonly until: Promise<unknown> }
  | 'reset'
  | 'hang';

export interface UpstreamScript {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** `reset` or `hang` as the first step come before the headers, unless `headersFirst`. */
  readonly headersFirst?: boolean;
  readonly steps: readonly UpstreamStep[];
}

interface SeenRequest {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Readonly<Record<string, unknown>>;
  /** Monotonic milliseconds at arrival. */
  readonly at: number;
  /** Resolves with the moment at which the client closed before the response had ended. */
  readonly closed: Promise<number>;
}

export interface ScriptedUpstream {
  readonly baseUrl: string;
  readonly requests: readonly SeenRequest[];
  connections(): number;
  /** Responses that neither side has ended yet. */
  openResponses(): number;
  endpoint(id?: string): Endpoint;
  /** What the next requests get, in order; the last script serves all that follow. */
  play(...scripts: readonly UpstreamScript[]): void;
  /** What requests whose body satisfies `asked` always get, whatever is played to the others. */
  playTo(asked: (body: SeenRequest['body']) => boolean, script: UpstreamScript): void;
  close(): Promise<void>;
}

export const UPSTREAM_KEY = 'canary-key-5f0c';

export async function startScriptedUpstream(): Promise<ScriptedUpstream> {
  const requests: SeenRequest[] = [];
  const special: { asked: (body: SeenRequest['body']) => boolean; script: UpstreamScript }[] = [];
  let queue: UpstreamScript[] = [];
  let connections = 0;
  let openResponses = 0;

  const server = createServer({ keepAliveTimeout: 60_000 }, async (request, response) => {
    const pieces: Uint8Array[] = [];
    for await (const piece of request) pieces.push(piece);
    if (request.method === 'OPTIONS') return void response.writeHead(204).end();
    const body: Record<string, unknown> = JSON.parse(Buffer.concat(pieces).toString());
    const own = special.find(({ asked }) => asked(body))?.script;
    const script = own ?? (queue.length > 1 ? queue.shift() : queue[0]);
    openResponses += 1;
    response.on('close', () => {
      openResponses -= 1;
    });
    const closed = new Promise<number>((resolve) => {
      response.on('close', () => response.writableFinished || resolve(performance.now()));
    });
    requests.push({ path: request.url ?? '', headers: request.headers, body, at: performance.now(), closed });
    if (script !== undefined) await perform(script, response);
  });
  server.on('connection', (socket) => {
    connections += 1;
    socket.setNoDelay(true);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;

  return {
    baseUrl,
    requests,
    connections: () => connections,
    openResponses: () => openResponses,
    endpoint: (id = 'scripted') => ({ id, baseUrl, apiKey: UPSTREAM_KEY }),
    play(...scripts) {
      queue = [...scripts];
    },
    playTo: (asked, script) => void special.push({ asked, script }),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function perform(script: UpstreamScript, response: ServerResponse): Promise<void> {
  const { status = 200, headers = {}, headersFirst = false, steps } = script;
  const sendHead = () => {
    if (response.headersSent) return;
    response.writeHead(status, { 'content-type': 'text/event-stream', ...headers });
    response.flushHeaders();
  };
  if (headersFirst) sendHead();
  for (const step of steps) {
    if (response.destroyed) return;
    if (step === 'hang') return;
    if (step === 'reset') return void response.socket?.resetAndDestroy();
    if (typeof step === 'object' && 'waitMs' in step) await sleep(step.waitMs);
    else if (typeof step === 'object' && 'until' in step) await step.until;
    else {
      sendHead();
      response.write(step);
    }
  }
  sendHead();
  response.end();
}

/** One event with this JSON as its data. */
export const event = (json: unknown) => `data: ${JSON.stringify(json)}\n\n`;

const choice = (delta: unknown, reason: string | null = null) =>
  event({ id: 'c', object: 'chat.completion.chunk', choices: [{ index: 0, delta, finish_reason: reason }] });

export const role = choice({ role: 'assistant', content: '' });
export const says = (text: string) => choice({ content: text });
export const thinks = (text: string) => choice({ reasoning_content: text });
export const finishes = (reason = 'stop') => choice({}, reason);
export const uses = (prompt: number, completion: number) =>
  event({ choices: [], usage: { prompt_tokens: prompt, completion_tokens: completion } });
export const delta = choice;
export const DONE = 'data: [DONE]\n\n';

/** A whole, well-behaved answer. */
export const answers = (...texts: readonly string[]): UpstreamScript => ({
  steps: [role, ...texts.map(says), finishes(), uses(7, texts.length), DONE],
});
