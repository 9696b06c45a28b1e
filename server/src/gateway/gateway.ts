/** One model call made dependable: tries in the route's order until the first text, then never starts anew. */
import { type Breaker, breakerKey, createBreaker } from '../routing/breaker.ts';
import type { Endpoint, RoutedModel } from '../routing/route.ts';
import { createAttempt } from './attempt.ts';
import type { CallRow, Gateway } from './chat-call.ts';
import { createEndpointPools } from './endpoint-pools.ts';
import { FAILURE_RULES } from './failure-rules.ts';
import { createFallbackPlan } from './fallback-plan.ts';
import { type FailureCode, GatewayError } from './gateway-error.ts';
import { GATEWAY_LIMITS, type GatewayLimits } from './gateway-limits.ts';

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
  readonly now?: () => number;
  readonly random?: () => number;
}

export function createGateway({
  onCall,
  onAlarm = () => {},
  onIgnoredChunk = () => {},
  breaker = createBreaker({ failures: 5, windowMs: 30_000, probeEveryMs: 10_000 }),
  limits: someLimits = {},
  temperature = 0.2,
  connections = 512,
  connectMs = 3_000,
  keepAliveMs = 75_000,
  warm = [],
  warmEveryMs = 30_000,
  now = () => performance.now(),
  random = Math.random,
}: GatewayParts): Gateway {
  const limits = { ...GATEWAY_LIMITS, ...someLimits };
  const pools = createEndpointPools({ connections, connectMs, keepAliveMs, warm, warmEveryMs });
  const attempt = createAttempt({ pools, limits, temperature, onCall, onIgnoredChunk, now });

  function book(failure: GatewayError, { id: modelId, endpoint }: RoutedModel): void {
    const { breaker: view, alarm } = FAILURE_RULES[failure.code];
    const { code, message } = failure;
    if (alarm) onAlarm({ code, endpointId: endpoint.id, modelId, message });
    if (view === 'none') return;
    const openForMs = view === 'open' ? limits.refusedRestMs : view === 'rest' ? failure.retryAfterMs : undefined;
    breaker.failed(breakerKey(endpoint.id, modelId), { openForMs });
  }

  return {
    async *stream(request, signal) {
      signal.throwIfAborted();
      const plan = createFallbackPlan({ models: request.route.models, breaker, limits, now, random });
      for (let step = plan.first(); ; ) {
        const { model, firstTokenMs } = step;
        try {
          for await (const event of attempt({ request, model, firstTokenMs }, signal)) {
            if (event.type === 'end') breaker.succeeded(breakerKey(model.endpoint.id, model.id));
            yield event;
          }
          return;
        } catch (error) {
          if (signal.aborted) throw signal.reason;
          if (!(error instanceof GatewayError)) throw error;
          book(error, model);
          step = await plan.after(error, model, signal);
        }
      }
    },
    close: () => pools.close(),
  };
}
