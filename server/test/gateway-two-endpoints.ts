/** Two scripted endpoints and a gateway for the fault tests; new for each test. */
import { inspect } from 'node:util';
import { says } from '@firstword/testing/completion-events';
import {
  answers,
  ENDPOINT_KEY,
  type ResponseScript,
  type ResponseStep,
  type ScriptedEndpoint,
  startScriptedEndpoint,
} from '@firstword/testing/scripted-endpoint';
import { afterEach, beforeEach, expect } from 'vitest';
import type { CallRow, Finish, Gateway } from '../src/gateway/chat-call.ts';
import { createGateway, type GatewayAlarm } from '../src/gateway/gateway.ts';
import { GatewayError } from '../src/gateway/gateway-error.ts';
import type { GatewayLimits } from '../src/gateway/gateway-limits.ts';
import { type Breaker, createBreaker } from '../src/routing/breaker.ts';
import type { Endpoint, RoutedModel } from '../src/routing/route.ts';

/** High, so that no test times out on a busy machine. */
const LIMITS: Partial<GatewayLimits> = {
  headersMs: 3_000,
  firstTokenMs: 3_000,
  idleMs: 3_000,
  usageWaitMs: 3_000,
  budgetMs: 3_000,
  retryMs: 10,
};

/** Short deadlines for the rows that wait for one, so that the table takes seconds. Other rows use the defaults. */
export const IMPATIENT: Partial<GatewayLimits> = {
  headersMs: 400,
  firstTokenMs: 400,
  idleMs: 200,
  reasoningMs: 800,
  usageWaitMs: 80,
  budgetMs: 1_500,
};

const POLL = { timeout: 10_000, interval: 5 };

/** Bound for a call with short deadlines on a busy machine: well below the default deadlines. */
export const IMPATIENT_LIMIT_MS = 2_500;

interface Outcome {
  readonly text: string;
  readonly finish?: Finish;
  readonly failure?: GatewayError;
  readonly ms: number;
}

export let first: ScriptedEndpoint;
export let second: ScriptedEndpoint;
let breaker: Breaker;
let breakerMs: number;
export let rows: CallRow[];
export let alarms: GatewayAlarm[];
export let ignoredChunks: number;
let gateways: Gateway[];

/** Call it once in each test file. */
export function startEndpointsForEachTest(): void {
  beforeEach(async () => {
    first = await startScriptedEndpoint();
    second = await startScriptedEndpoint();
    second.play(answers('From the second.'));
    breakerMs = 0;
    breaker = createBreaker({ failures: 5, windowMs: 30_000, probeEveryMs: 10_000, now: () => breakerMs });
    rows = [];
    alarms = [];
    ignoredChunks = 0;
    gateways = [];
  });

  afterEach(async () => {
    expect.soft(inspect({ rows, alarms }, { depth: 12 }), 'the key shows nowhere').not.toContain(ENDPOINT_KEY);
    await expect.poll(() => first.openResponses() + second.openResponses(), POLL).toBe(0);
    await Promise.all(gateways.map((gateway) => gateway.close()));
    await first.stop();
    await second.stop();
  });
}

export function modelAt(endpoint: Endpoint): RoutedModel {
  const price = { inputUsdPerMillion: 1, outputUsdPerMillion: 2 };
  return { id: `model-at-${endpoint.id}`, upstreamName: 'm', endpoint, price, profile: {} };
}

export const firstModel = () => modelAt(first.endpoint('first'));
export const secondModel = () => modelAt(second.endpoint('second'));

interface Asking {
  readonly limits?: Partial<GatewayLimits>;
  /** Called with the text so far after each piece. */
  readonly onText?: (text: string) => void;
  readonly signal?: AbortSignal;
}

/** The breaker's clock, in milliseconds from the test's start. */
export function setBreakerClock(ms: number): void {
  breakerMs = ms;
}

export function useBreaker(other: Breaker): void {
  breaker = other;
}

export function forgetRows(): void {
  rows = [];
}

/** Runs one call through a new gateway until it ends or fails. */
export async function ask(models: readonly [RoutedModel, ...RoutedModel[]], asking: Asking = {}): Promise<Outcome> {
  const { limits, onText, signal = new AbortController().signal } = asking;
  const gateway = createGateway({
    onCall: (row) => rows.push(row),
    onAlarm: (alarm) => alarms.push(alarm),
    onIgnoredChunk: () => {
      ignoredChunks += 1;
    },
    breaker,
    limits: { ...LIMITS, ...limits },
  });
  gateways.push(gateway);
  const startedAt = performance.now();
  const elapsed = () => performance.now() - startedAt;
  const request = {
    route: { tier: 'fast', region: 'us-east', models, maxTokens: 200, why: 'configured' },
    purpose: 'answer',
    owner: { siteId: 'demo' },
    messages: [{ role: 'user', content: 'Where is my order?' }],
  } as const;
  let text = '';
  try {
    for await (const event of gateway.stream(request, signal)) {
      if (event.type === 'end') return { text, finish: event.finish, ms: elapsed() };
      if (event.type !== 'text') continue;
      text += event.text;
      onText?.(text);
    }
    throw new Error('a stream ended without an end');
  } catch (failure) {
    expect(inspect(failure, { depth: 12 }), 'the key shows nowhere').not.toContain(ENDPOINT_KEY);
    if (failure instanceof GatewayError) return { text, failure, ms: elapsed() };
    throw failure;
  }
}

export const askFirst = (asking?: Asking) => ask([firstModel()], asking);
export const askBoth = (asking?: Asking) => ask([firstModel(), secondModel()], asking);
export const recordedAs = () => rows.map(({ outcome, code, endpointId }) => `${endpointId}: ${code ?? outcome}`);

export const status = (code: number, headers: Record<string, string> = {}, body = '{"error":{"message":"no"}}') =>
  ({ status: code, headers: { 'content-type': 'application/json', ...headers }, steps: [body] }) as const;
export const stream = (...steps: readonly ResponseStep[]): ResponseScript => ({ steps });
export const typed = (type: string, body: string): ResponseScript => ({
  headers: { 'content-type': type },
  steps: [body],
});
export const times = <Item>(count: number, ...items: readonly Item[]) =>
  Array.from({ length: count }, () => items).flat();
export const repeat = (count: number, ...steps: readonly ResponseStep[]) => times(count, ...steps);

export const GIANT = says('x'.repeat(5 * 1024 * 1024));
