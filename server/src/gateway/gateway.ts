/**
 * One model call made dependable: tries in the route's order until the first text, a second model beside the first when
 * that is late, and after the first text never anew.
 */
import { lazily, prepend } from '../lib/lazy-iterator.ts';
import { type Breaker, breakerKey, createBreaker } from '../routing/breaker.ts';
import type { LatencyTracker } from '../routing/latency-tracker.ts';
import type { Endpoint, RoutedModel } from '../routing/route.ts';
import { createAttempt } from './attempt.ts';
import type { CallRole, CallRow, ChatEvent, ChatRequest, Gateway } from './chat-call.ts';
import { createEndpointPools } from './endpoint-pools.ts';
import { FAILURE_RULES } from './failure-rules.ts';
import { createFallbackPlan, type FallbackPlan, type Step } from './fallback-plan.ts';
import { type FailureCode, GatewayError } from './gateway-error.ts';
import { GATEWAY_LIMITS, type GatewayLimits } from './gateway-limits.ts';
import { createHedgeBudget } from './hedge-budget.ts';
import { type HedgedAttempts, runHedgedAttempts } from './hedged-attempts.ts';
import { type ReadThrottling, UNTHROTTLED } from './throttled-connector.ts';

/** A failure that somebody has to repair: a refused key, a bad certificate, a redirecting or wrong address. */
export interface GatewayAlarm {
  readonly code: FailureCode;
  readonly endpointId: string;
  readonly modelId: string;
  readonly message: string;
}

export interface GatewayParts {
  /** Called in the course of the stream; must not throw. */
  readonly onCall: (row: CallRow) => void;
  readonly onAlarm?: (alarm: GatewayAlarm) => void;
  /** A chunk without choices or with an unknown event name; to be counted. */
  readonly onIgnoredChunk?: (model: RoutedModel) => void;
  readonly breaker?: Breaker;
  readonly latency?: Pick<LatencyTracker, 'tokenAfter' | 'silentFor'>;
  /** Of all answers whose route offers a hedge, 0…1. */
  readonly hedgeShare?: number;
  readonly limits?: Partial<GatewayLimits>;
  /** Low, because support answers should repeat the articles and not vary them. */
  readonly temperature?: number;
  /** Most connections to one endpoint, which is also the most streams at a time. */
  readonly connections?: number;
  readonly connectMs?: number;
  readonly keepAliveMs?: number;
  /** Endpoints that get a connection at once, and keep one warm. */
  readonly warm?: readonly Endpoint[];
  readonly warmEveryMs?: number;
  /** When answers rest between two pieces of their text. What came meanwhile is then handed on as one. */
  readonly pacing?: ReadThrottling;
  readonly now?: () => number;
  readonly random?: () => number;
}

/** Hedges in a row that a quiet time leaves room for: a sudden slowness is met before the share limits it. */
const HEDGE_BURST = 20;

export function createGateway({
  onCall,
  onAlarm = () => {},
  onIgnoredChunk = () => {},
  breaker = createBreaker({ failures: 5, windowMs: 30_000, probeEveryMs: 10_000 }),
  latency,
  hedgeShare = 0.45,
  limits: someLimits = {},
  temperature = 0.2,
  connections = 512,
  connectMs = 3_000,
  keepAliveMs = 75_000,
  warm = [],
  warmEveryMs = 30_000,
  pacing = UNTHROTTLED,
  now = () => performance.now(),
  random = Math.random,
}: GatewayParts): Gateway {
  const limits = { ...GATEWAY_LIMITS, ...someLimits };
  const pools = createEndpointPools({ connections, connectMs, keepAliveMs, warm, warmEveryMs, pacing });
  const attempt = createAttempt({
    pools,
    limits,
    temperature,
    onCall,
    onOutcome,
    onIgnoredChunk,
    latency,
    joinsTexts: pacing.busy,
    now,
  });
  const budget = createHedgeBudget({ share: hedgeShare, burst: HEDGE_BURST });

  function onOutcome({ id: modelId, endpoint }: RoutedModel, failure?: GatewayError): void {
    const key = breakerKey(endpoint.id, modelId);
    budget.ended(failure === undefined);
    if (failure === undefined) {
      breaker.succeeded(key);
      return;
    }
    const { code, message } = failure;
    const { breaker: view, alarm } = FAILURE_RULES[code];
    if (alarm) onAlarm({ code, endpointId: endpoint.id, modelId, message });
    if (view === 'none') return;
    const openForMs = view === 'open' ? limits.refusedRestMs : view === 'rest' ? failure.retryAfterMs : undefined;
    breaker.failed(key, { openForMs });
  }

  function lanesOf(request: ChatRequest, step: Step, role: CallRole, plan: FallbackPlan): HedgedAttempts {
    const { hedge } = request.route;
    const mayHedge = hedge !== undefined && role === 'first' && request.purpose === 'answer';
    if (mayHedge) budget.called();
    return {
      open: (signal) => attempt({ request, role, ...step }, signal),
      openSecond() {
        const second = mayHedge && budget.take() ? plan.beside(hedge.model) : undefined;
        return second && ((signal) => attempt({ request, role: 'hedge', ...second }, signal));
      },
      afterMs: mayHedge ? hedge.afterMs : Number.POSITIVE_INFINITY,
    };
  }

  /** Settles with the answer that a model has begun. */
  async function openAnswer(request: ChatRequest, signal: AbortSignal): Promise<AsyncIterator<ChatEvent, void>> {
    signal.throwIfAborted();
    const plan = createFallbackPlan({ models: request.route.models, breaker, limits, now, random });
    let role: CallRole = 'first';
    for (let step = plan.first(); ; role = 'retry') {
      try {
        const { step: first, events } = await runHedgedAttempts(lanesOf(request, step, role, plan), signal);
        return prepend(first, events);
      } catch (error) {
        if (signal.aborted) throw signal.reason;
        if (!(error instanceof GatewayError)) throw error;
        step = await plan.after(error, step.model, signal);
      }
    }
  }

  return {
    stream: (request, signal) => lazily(() => openAnswer(request, signal)),
    close: () => pools.close(),
  };
}
