/**
 * Streams one answer from the models of a route: retries and falls back until the first text, hedges a late first
 * request, and never restarts an answer after its first text.
 */
import { lazily, prepend } from '../lib/lazy-iterator.ts';
import { BREAKER_SETTINGS, type Breaker, breakerKey, createBreaker } from '../routing/breaker.ts';
import type { LatencyTracker } from '../routing/latency-tracker.ts';
import type { Endpoint, RoutedModel } from '../routing/route.ts';
import { createAttempt } from './attempt.ts';
import type { CallRole, CallRow, ChatEvent, ChatRequest, Gateway } from './chat-call.ts';
import { createEndpointPools } from './endpoint-pools.ts';
import { failureFix } from './failure-fix.ts';
import { FAILURE_RULES } from './failure-rules.ts';
import { createFallbackPlan, type FallbackPlan, type Step } from './fallback-plan.ts';
import { type FailureCode, GatewayError } from './gateway-error.ts';
import { GATEWAY_LIMITS, type GatewayLimits } from './gateway-limits.ts';
import { createHedgeBudget } from './hedge-budget.ts';
import { type HedgedAttempts, runHedgedAttempts } from './hedged-attempts.ts';
import { createModelCorrections, type ModelCorrections } from './model-corrections.ts';
import type { ProxySettings } from './proxied-dispatcher.ts';
import { createRequestCount } from './request-count.ts';
import { type ReadThrottling, UNTHROTTLED } from './throttled-connector.ts';

/** A failure the operator must fix: a refused key, a bad certificate, a wrong or redirecting URL. */
export interface GatewayAlarm {
  readonly code: FailureCode;
  readonly endpointId: string;
  readonly modelId: string;
  /** The endpoint's name of the model. */
  readonly upstreamName: string;
  /** What was asked: the whole address of the chat call. */
  readonly address: string;
  readonly message: string;
  /** What the operator can do, in one or two sentences. */
  readonly fix: string;
}

export interface GatewayParts {
  /** Called while streaming; must not throw. */
  readonly onCall: (row: CallRow) => void;
  readonly onAlarm?: (alarm: GatewayAlarm) => void;
  /** Called for a chunk without choices or with an unknown event name, to count it. */
  readonly onIgnoredChunk?: (model: RoutedModel) => void;
  readonly breaker?: Breaker;
  readonly latency?: Pick<LatencyTracker, 'tokenAfter' | 'noTokenFor'>;
  /** Share of the answers with a hedge plan that may be hedged, 0…1. */
  readonly hedgeShare?: number;
  readonly limits?: Partial<GatewayLimits>;
  /** What models were found to need; may be shared by gateways and kept over restarts. */
  readonly corrections?: ModelCorrections;
  /** Low, because answers should repeat the articles instead of varying them. */
  readonly temperature?: number;
  /** Maximum per endpoint, which also limits its concurrent streams. */
  readonly connections?: number;
  readonly connectMs?: number;
  readonly keepAliveMs?: number;
  /** Endpoints that are connected at start and kept connected. */
  readonly warm?: () => readonly Endpoint[];
  readonly warmEveryMs?: number;
  /** Delays reads while the process is busy; texts that arrive meanwhile are yielded as one. */
  readonly throttling?: ReadThrottling;
  /** Undefined for none. */
  readonly proxy?: ProxySettings | undefined;
  readonly now?: () => number;
  readonly random?: () => number;
}

/** Hedges in a row after a quiet period, so that a sudden slowdown is covered before the share limits them. */
const HEDGE_BURST = 20;

export function createGateway({
  onCall,
  onAlarm = () => {},
  onIgnoredChunk = () => {},
  breaker = createBreaker(BREAKER_SETTINGS),
  latency,
  hedgeShare = 0.45,
  limits: someLimits = {},
  corrections = createModelCorrections(),
  temperature = 0.2,
  connections = 512,
  connectMs = 3_000,
  keepAliveMs = 75_000,
  warm,
  warmEveryMs = 30_000,
  throttling = UNTHROTTLED,
  proxy,
  now = () => performance.now(),
  random = Math.random,
}: GatewayParts): Gateway {
  const limits = { ...GATEWAY_LIMITS, ...someLimits };
  const pools = createEndpointPools({ connections, connectMs, keepAliveMs, warm, warmEveryMs, throttling, proxy });
  const attempt = createAttempt({
    pools,
    limits,
    corrections,
    temperature,
    onCall,
    onOutcome,
    onIgnoredChunk,
    latency,
    joinsTexts: throttling.busy,
    now,
  });
  const budget = createHedgeBudget({ share: hedgeShare, burst: HEDGE_BURST });

  function raise({ id: modelId, upstreamName, endpoint }: RoutedModel, { code, message }: GatewayError): void {
    const { address } = pools.of(endpoint);
    const fix = failureFix(code, { endpointId: endpoint.id, modelId, upstreamName, address });
    onAlarm({ code, endpointId: endpoint.id, modelId, upstreamName, address, message, fix });
  }

  function onOutcome(model: RoutedModel, failure?: GatewayError): void {
    const key = breakerKey(model.endpoint.id, model.id);
    budget.recordOutcome(failure === undefined);
    if (failure === undefined) {
      breaker.succeeded(key);
      return;
    }
    const { code } = failure;
    const { breaker: effect, alarm } = FAILURE_RULES[code];
    if (alarm) raise(model, failure);
    if (effect === 'none') return;
    const openForMs =
      effect === 'open' ? limits.unauthorizedOpenMs : effect === 'retry-after' ? failure.retryAfterMs : undefined;
    breaker.failed(key, { openForMs });
  }

  function attemptsOf(request: ChatRequest, step: Step, role: CallRole, plan: FallbackPlan): HedgedAttempts {
    const { hedge } = request.route;
    const isAnswer = request.purpose === 'answer' || request.purpose === 'router';
    const mayHedge = hedge !== undefined && role === 'first' && isAnswer;
    if (mayHedge) budget.earn();
    return {
      open: (signal) => attempt({ request, role, ...step }, signal),
      openHedge() {
        const hedgeStep = mayHedge && budget.spend() ? plan.hedge(hedge.model) : undefined;
        return hedgeStep && ((signal) => attempt({ request, role: 'hedge', ...hedgeStep }, signal));
      },
      afterMs: mayHedge ? hedge.afterMs : Number.POSITIVE_INFINITY,
    };
  }

  function firstStep(plan: FallbackPlan, route: ChatRequest['route']): Step {
    try {
      return plan.first();
    } catch (error) {
      // No request is sent any more that could raise an alarm.
      if (error instanceof GatewayError && FAILURE_RULES[error.code].alarm) raise(route.models[0], error);
      throw error;
    }
  }

  /** Resolves once a model has begun its answer. */
  async function openAnswer(request: ChatRequest, signal: AbortSignal): Promise<AsyncIterator<ChatEvent, void>> {
    signal.throwIfAborted();
    const { route, requests = createRequestCount() } = request;
    const plan = createFallbackPlan({ models: route.models, breaker, limits, requests, now, random });
    let role: CallRole = 'first';
    for (let step = firstStep(plan, route); ; role = 'retry') {
      try {
        const { step: first, events } = await runHedgedAttempts(attemptsOf(request, step, role, plan), signal);
        return prepend(first, events);
      } catch (error) {
        if (signal.aborted) throw signal.reason;
        if (!(error instanceof GatewayError)) throw error;
        // No visitor waits for a label that comes this late; the next one has more room.
        if (error.code === 'only-thinking' && request.purpose === 'triage') throw error;
        step = await plan.after(error, step, signal);
      }
    }
  }

  return {
    stream: (request, signal) => lazily(() => openAnswer(request, signal)),
    close: () => pools.close(),
  };
}
