/** What each failure before the first text leads to, in one table. */
import type { FailureCode } from './gateway-error.ts';

/**
 * `same`: this model once more after a short wait, then the next. `next`: the next model at once; if there is none,
 * this one once more. `other`: only another model. `elsewhere`: only a model at another endpoint. `without-field`:
 * at once again, at no one's expense. `stop`: nothing.
 */
export type NextTry = 'same' | 'next' | 'other' | 'elsewhere' | 'without-field' | 'stop';

/**
 * How the breaker sees it: `count` as one failure, `open` at once, `rest` as long as the endpoint asks (else one
 * failure), `none` when the request or the answer was at fault and not the model's service.
 */
export type BreakerView = 'count' | 'open' | 'rest' | 'none';

export interface FailureRule {
  readonly retry: NextTry;
  readonly breaker: BreakerView;
  /** Somebody has to repair the configuration; trying again will not. */
  readonly alarm?: true;
}

export const FAILURE_RULES: Readonly<Record<FailureCode, FailureRule>> = {
  'connect-failed': { retry: 'next', breaker: 'count' },
  'tls-failed': { retry: 'elsewhere', breaker: 'count', alarm: true },
  unauthorized: { retry: 'elsewhere', breaker: 'open', alarm: true },
  'rate-limited': { retry: 'next', breaker: 'rest' },
  'bad-request': { retry: 'other', breaker: 'none' },
  'field-refused': { retry: 'without-field', breaker: 'none' },
  'no-model': { retry: 'other', breaker: 'count', alarm: true },
  redirected: { retry: 'elsewhere', breaker: 'count', alarm: true },
  'upstream-error': { retry: 'same', breaker: 'count' },
  'bad-response': { retry: 'other', breaker: 'count' },
  'empty-response': { retry: 'same', breaker: 'count' },
  malformed: { retry: 'same', breaker: 'count' },
  'too-large': { retry: 'other', breaker: 'none' },
  'tool-call': { retry: 'other', breaker: 'none' },
  'headers-timeout': { retry: 'next', breaker: 'count' },
  'first-token-timeout': { retry: 'next', breaker: 'count' },
  stalled: { retry: 'stop', breaker: 'count' },
  'cut-off': { retry: 'same', breaker: 'count' },
  'breaker-open': { retry: 'stop', breaker: 'none' },
  closing: { retry: 'stop', breaker: 'none' },
};
