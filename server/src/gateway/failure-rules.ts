/** Maps each failure before the first text to its retry, breaker and alarm. */
import type { FailureCode } from './gateway-error.ts';

/**
 * `same`: this model again after a short delay, then the next. `next`: the next model at once, or this one again if there
 * is none. `away`: like `next`, but without the endpoint's other models. `other`: only another model. `elsewhere`: only a
 * model at another endpoint. `corrected`: this model again at once with what was learned, not counted as an attempt.
 * `more-room`: this model once more at once, then the next. `shorter`: this model with a shorter prompt, then the next.
 * `stop`: no retry.
 */
type NextTry = 'same' | 'next' | 'away' | 'other' | 'elsewhere' | 'corrected' | 'more-room' | 'shorter' | 'stop';

/**
 * `count`: one failure for the breaker. `open`: opens it at once. `retry-after`: opens it for as long as the endpoint asks,
 * otherwise one failure. `none`: the request or the answer is at fault, not the service.
 */
type BreakerEffect = 'count' | 'open' | 'retry-after' | 'none';

export interface FailureRule {
  readonly retry: NextTry;
  readonly breaker: BreakerEffect;
  /** The operator must fix the configuration; retries don't help. */
  readonly alarm?: true;
}

export const FAILURE_RULES: Readonly<Record<FailureCode, FailureRule>> = {
  'connect-failed': { retry: 'away', breaker: 'count', alarm: true },
  'dns-failed': { retry: 'away', breaker: 'count', alarm: true },
  'proxy-failed': { retry: 'elsewhere', breaker: 'count', alarm: true },
  'tls-failed': { retry: 'elsewhere', breaker: 'count', alarm: true },
  unauthorized: { retry: 'elsewhere', breaker: 'open', alarm: true },
  'no-credit': { retry: 'elsewhere', breaker: 'open', alarm: true },
  'rate-limited': { retry: 'next', breaker: 'retry-after' },
  'bad-request': { retry: 'other', breaker: 'none' },
  'field-refused': { retry: 'corrected', breaker: 'none' },
  'prompt-filtered': { retry: 'stop', breaker: 'none' },
  'context-too-long': { retry: 'shorter', breaker: 'none' },
  'unknown-model': { retry: 'other', breaker: 'count', alarm: true },
  'no-model': { retry: 'other', breaker: 'count', alarm: true },
  redirected: { retry: 'elsewhere', breaker: 'count', alarm: true },
  'upstream-error': { retry: 'same', breaker: 'count' },
  'bad-response': { retry: 'other', breaker: 'count', alarm: true },
  'empty-response': { retry: 'same', breaker: 'count' },
  'only-thinking': { retry: 'more-room', breaker: 'none', alarm: true },
  'thinking-too-long': { retry: 'other', breaker: 'none', alarm: true },
  malformed: { retry: 'same', breaker: 'count' },
  'too-large': { retry: 'other', breaker: 'none' },
  'tool-call': { retry: 'other', breaker: 'none' },
  'headers-timeout': { retry: 'next', breaker: 'count' },
  'first-token-timeout': { retry: 'next', breaker: 'count' },
  stalled: { retry: 'stop', breaker: 'count' },
  'cut-off': { retry: 'same', breaker: 'count' },
  'breaker-open': { retry: 'stop', breaker: 'none', alarm: true },
  closing: { retry: 'stop', breaker: 'none' },
};
