/** Timeouts, retries and size limits of a model call. */

export interface GatewayLimits {
  /** Request sent → response headers. */
  readonly headersMs: number;
  /** Request sent → first content token. */
  readonly firstTokenMs: number;
  /** Longest time between two content tokens; comments and empty chunks don't count. */
  readonly idleMs: number;
  /** Longest time a model may send reasoning (`reasoning_content`) without content. */
  readonly reasoningMs: number;
  /** Finish reason → usage chunk. */
  readonly usageWaitMs: number;
  /** Requests beyond the first in one call. */
  readonly extraAttempts: number;
  /** First failure → deadline for the first content token of a retry. */
  readonly budgetMs: number;
  /** Mean of the jittered delay before a retry with the same model. */
  readonly retryMs: number;
  /** How long the breaker stays open after the endpoint refused the key. */
  readonly unauthorizedOpenMs: number;
  readonly maxEventChars: number;
  readonly maxAnswerBytes: number;
}

export const GATEWAY_LIMITS: GatewayLimits = {
  headersMs: 10_000,
  firstTokenMs: 10_000,
  idleMs: 15_000,
  reasoningMs: 60_000,
  usageWaitMs: 1_000,
  extraAttempts: 2,
  budgetMs: 8_000,
  retryMs: 100,
  unauthorizedOpenMs: 60_000,
  maxEventChars: 256 * 1024,
  maxAnswerBytes: 32 * 1024,
};
