/** A model endpoint with responses scripted step by step, including faults. */
import type { ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { DONE, finishes, role, says, uses } from './completion-events.ts';
import { type ModelEndpoint, type ModelRequestBody, startModelEndpoint } from './model-endpoint.ts';

/** Bytes to send, a delay or promise to wait for, or the end: `reset` breaks the connection, `hang` leaves it open. */
export type ResponseStep =
  | string
  | Uint8Array
  | { readonly waitMs: number }
  | { readonly until: Promise<unknown> }
  | 'reset'
  | 'hang';

export interface ResponseScript {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** A first step `reset` or `hang` comes before the headers, unless `headersFirst`. */
  readonly headersFirst?: boolean;
  readonly steps: readonly ResponseStep[];
}

export interface ScriptedEndpoint extends ModelEndpoint {
  /** As in a route. */
  endpoint(id?: string): { readonly id: string; readonly baseUrl: string; readonly apiKey: string };
  /** Sets the responses to the next requests, in order. The last one repeats. */
  play(...scripts: readonly ResponseScript[]): void;
  /** Sets the response to every request whose body satisfies `matches`. */
  playTo(matches: (body: ModelRequestBody) => boolean, script: ResponseScript): void;
}

export const ENDPOINT_KEY = 'canary-key-5f0c';

export async function startScriptedEndpoint(): Promise<ScriptedEndpoint> {
  const special: { matches: (body: ModelRequestBody) => boolean; script: ResponseScript }[] = [];
  let queue: ResponseScript[] = [];
  const endpoint = await startModelEndpoint(async ({ body }, response) => {
    const own = special.find(({ matches }) => matches(body))?.script;
    const script = own ?? (queue.length > 1 ? queue.shift() : queue[0]);
    if (script !== undefined) await perform(script, response);
  });
  return {
    ...endpoint,
    endpoint: (id = 'scripted') => ({ id, baseUrl: endpoint.baseUrl, apiKey: ENDPOINT_KEY }),
    play(...scripts) {
      queue = [...scripts];
    },
    playTo: (matches, script) => void special.push({ matches, script }),
  };
}

async function perform(script: ResponseScript, response: ServerResponse): Promise<void> {
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
    if (typeof step === 'object' && 'waitMs' in step) await pause(step.waitMs);
    else if (typeof step === 'object' && 'until' in step) await step.until;
    else {
      sendHead();
      response.write(step);
    }
  }
  sendHead();
  response.end();
}

/** A complete answer without faults. */
export const answers = (...texts: readonly string[]): ResponseScript => ({
  steps: [role, ...texts.map(says), finishes(), uses(7, texts.length), DONE],
});
