/** Which model a call asks, and which it asks after a failure, until its first text. */
import { setTimeout as sleep } from 'node:timers/promises';
import { type Breaker, breakerKey } from '../routing/breaker.ts';
import type { RoutedModel } from '../routing/route.ts';
import { FAILURE_RULES } from './failure-rules.ts';
import { GatewayError } from './gateway-error.ts';
import type { GatewayLimits } from './gateway-limits.ts';

export interface Step {
  readonly model: RoutedModel;
  /** Deadline for the first content token, from the request on. */
  readonly firstTokenMs: number;
}

export interface FallbackPlan {
  /** Throws `breaker-open` when every model rests. */
  first(): Step;
  /** A request for this model beside the one that runs; undefined when it was asked already or rests. */
  beside(model: RoutedModel): Step | undefined;
  /** The next step, after the wait it needs; throws `error` when there is none, or the signal's reason. */
  after(error: GatewayError, failed: RoutedModel, signal: AbortSignal): Promise<Step>;
}

/** A model is asked twice at most. */
const TRIES_PER_MODEL = 2;

export interface FallbackPlanParts {
  readonly models: readonly RoutedModel[];
  readonly breaker: Breaker;
  readonly limits: Pick<GatewayLimits, 'extraAttempts' | 'budgetMs' | 'firstTokenMs' | 'retryMs'>;
  readonly now: () => number;
  readonly random: () => number;
}

export function createFallbackPlan({ models, breaker, limits, now, random }: FallbackPlanParts): FallbackPlan {
  const tries = new Map<RoutedModel, number>();
  const shutEndpoints = new Set<string>();
  let extraAttempts = limits.extraAttempts;
  let budgetEndsAt: number | undefined;

  const keyOf = ({ endpoint, id }: RoutedModel) => breakerKey(endpoint.id, id);
  const isFresh = (model: RoutedModel) => !tries.has(model) && !shutEndpoints.has(model.endpoint.id);

  function take(model: RoutedModel): Step {
    tries.set(model, (tries.get(model) ?? 0) + 1);
    const leftMs = budgetEndsAt === undefined ? Number.POSITIVE_INFINITY : budgetEndsAt - now();
    return { model, firstTokenMs: Math.min(limits.firstTokenMs, leftMs) };
  }

  const mayAsk = (model: RoutedModel) => isFresh(model) && breaker.allows(keyOf(model));

  /** The first model in the route's order that was not asked yet and may be. */
  function takeFresh(): Step | undefined {
    const model = models.find(mayAsk);
    return model && take(model);
  }

  return {
    first() {
      const step = takeFresh();
      if (step !== undefined) return step;
      const retryAfterMs = Math.min(...models.map((model) => breaker.opensInMs(keyOf(model))));
      throw new GatewayError('breaker-open', 'every model of the route rests after failures', { retryAfterMs });
    },

    beside: (model) => (mayAsk(model) ? take(model) : undefined),

    async after(error, failed, signal) {
      const { retry } = FAILURE_RULES[error.code];
      if (error.visible || retry === 'stop') throw error;
      if (retry === 'without-field') return { model: failed, firstTokenMs: limits.firstTokenMs };
      budgetEndsAt ??= now() + limits.budgetMs;
      if (extraAttempts === 0 || now() >= budgetEndsAt) throw error;
      extraAttempts -= 1;
      if (retry === 'elsewhere' || retry === 'away') shutEndpoints.add(failed.endpoint.id);

      const mayTryAgain = retry === 'same' || retry === 'next' || retry === 'away';
      const onceMore = mayTryAgain && (tries.get(failed) ?? 0) < TRIES_PER_MODEL;
      const fresh = retry === 'same' && onceMore ? undefined : takeFresh();
      if (fresh !== undefined) return fresh;
      const waitMs = Math.max(breaker.opensInMs(keyOf(failed)), limits.retryMs * (0.5 + random()));
      // A wait beyond the budget would only keep the visitor from hearing that it failed.
      if (onceMore && now() + waitMs < budgetEndsAt) {
        await wait(waitMs, signal);
        if (breaker.allows(keyOf(failed))) return take(failed);
      }
      const last = takeFresh();
      if (last === undefined) throw error;
      return last;
    },
  };
}

async function wait(ms: number, signal: AbortSignal): Promise<void> {
  try {
    // Timers drop fractions and fire early by them; the breaker would then still say no.
    await sleep(Math.ceil(ms) + 1, undefined, { signal });
  } catch {
    throw signal.reason;
  }
}
