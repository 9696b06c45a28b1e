/** Chooses the model a call asks first, and the next one after each failure before the first text. */
import { setTimeout as sleep } from 'node:timers/promises';
import { type Breaker, breakerKey } from '../routing/breaker.ts';
import type { RoutedModel } from '../routing/route.ts';
import { FAILURE_RULES } from './failure-rules.ts';
import { GatewayError } from './gateway-error.ts';
import type { GatewayLimits } from './gateway-limits.ts';
import type { RequestCount } from './request-count.ts';

export interface Step {
  readonly model: RoutedModel;
  /** Request sent → deadline of the first content token. */
  readonly firstTokenMs: number;
  /** How much of the conversation to leave out, because the model's context is too small. */
  readonly shorten?: 1 | 2;
}

export interface FallbackPlan {
  /** Throws `breaker-open` when every model's breaker is open. */
  first(): Step;
  /** A hedge to this model; undefined when it was already asked or its breaker is open. */
  hedge(model: RoutedModel): Step | undefined;
  /** The next step, after its delay. Throws `error` when there is none, or the signal's reason. */
  after(error: GatewayError, failed: Step, signal: AbortSignal): Promise<Step>;
}

const TRIES_PER_MODEL = 2;
/** Optional fields, and the system role; an endpoint that refuses more of a request can't be served. */
const CORRECTIONS_MAX = 6;
/** Of one turn, its label included, once a model has spent its tokens on thinking: more would be paid for nothing. */
const REQUESTS_FOR_THINKING = 3;

export interface FallbackPlanParts {
  readonly models: readonly RoutedModel[];
  readonly breaker: Breaker;
  readonly limits: Pick<GatewayLimits, 'extraAttempts' | 'budgetMs' | 'firstTokenMs' | 'retryMs'>;
  readonly requests: RequestCount;
  readonly now: () => number;
  readonly random: () => number;
}

export function createFallbackPlan(parts: FallbackPlanParts): FallbackPlan {
  const { models, breaker, limits, requests, now, random } = parts;
  const tries = new Map<RoutedModel, number>();
  const shutEndpoints = new Set<string>();
  let extraAttempts = limits.extraAttempts;
  let budgetEndsAt: number | undefined;
  let corrections = 0;

  const keyOf = ({ endpoint, id }: RoutedModel) => breakerKey(endpoint.id, id);
  const isUntried = (model: RoutedModel) => !tries.has(model) && !shutEndpoints.has(model.endpoint.id);

  function stepTo(model: RoutedModel): Step {
    tries.set(model, (tries.get(model) ?? 0) + 1);
    requests.add();
    const leftMs = budgetEndsAt === undefined ? Number.POSITIVE_INFINITY : budgetEndsAt - now();
    return { model, firstTokenMs: Math.min(limits.firstTokenMs, leftMs) };
  }

  const mayAsk = (model: RoutedModel) => isUntried(model) && breaker.allows(keyOf(model));

  /** The first model of the route that was not asked yet and whose breaker allows it. */
  function nextUntried(): Step | undefined {
    const model = models.find(mayAsk);
    return model && stepTo(model);
  }

  return {
    first() {
      const step = nextUntried();
      if (step !== undefined) return step;
      const retryAfterMs = Math.min(...models.map((model) => breaker.opensInMs(keyOf(model))));
      throw new GatewayError('breaker-open', 'the breakers of all models of the route are open', { retryAfterMs });
    },

    hedge: (model) => (mayAsk(model) ? stepTo(model) : undefined),

    async after(error, step, signal) {
      const failed = step.model;
      const { retry } = FAILURE_RULES[error.code];
      if (error.visible || retry === 'stop') throw error;
      if (error.code === 'only-thinking' && requests.sent() >= REQUESTS_FOR_THINKING) throw error;
      if (retry === 'corrected') {
        corrections += 1;
        if (corrections > CORRECTIONS_MAX) throw error;
        return { ...step, firstTokenMs: limits.firstTokenMs };
      }
      budgetEndsAt ??= now() + limits.budgetMs;
      if (extraAttempts === 0 || now() >= budgetEndsAt) throw error;
      extraAttempts -= 1;
      if (retry === 'elsewhere' || retry === 'away') shutEndpoints.add(failed.endpoint.id);

      if (retry === 'shorter' && step.shorten !== 2) return { ...stepTo(failed), shorten: step.shorten === 1 ? 2 : 1 };
      if (retry === 'more-room' && (tries.get(failed) ?? 0) < TRIES_PER_MODEL) return stepTo(failed);
      const mayTryAgain = retry === 'same' || retry === 'next' || retry === 'away';
      const onceMore = mayTryAgain && (tries.get(failed) ?? 0) < TRIES_PER_MODEL;
      const untried = retry === 'same' && onceMore ? undefined : nextUntried();
      if (untried !== undefined) return untried;
      const waitMs = Math.max(breaker.opensInMs(keyOf(failed)), limits.retryMs * (0.5 + random()));
      // A longer delay would only postpone the error for the visitor.
      if (onceMore && now() + waitMs < budgetEndsAt) {
        await wait(waitMs, signal);
        if (breaker.allows(keyOf(failed))) return stepTo(failed);
      }
      const last = nextUntried();
      if (last === undefined) throw error;
      return last;
    },
  };
}

async function wait(ms: number, signal: AbortSignal): Promise<void> {
  try {
    // Timers drop fractions of a millisecond, and the breaker would still be open.
    await sleep(Math.ceil(ms) + 1, undefined, { signal });
  } catch {
    throw signal.reason;
  }
}
