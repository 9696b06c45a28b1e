/** How long a model call may take, how often it may start anew, and how large its parts may be. */

export interface GatewayLimits {
  /** Request sent → response headers. */
  readonly headersMs: number;
  /** Request sent → first content token. */
  readonly firstTokenMs: number;
  /** Longest silence between two content tokens; comments and empty chunks do not break it. */
  readonly idleMs: number;
  /** So long a model may think aloud (`reasoning_content`) without any content. */
  readonly reasoningMs: number;
  /** Finish reason seen → how long the usage chunk is waited for. */
  readonly usageWaitMs: number;
  /** Requests beyond the first in one call. */
  readonly extraAttempts: number;
  /** First failure → the moment by which an extra attempt must have its first content token. */
  readonly budgetMs: number;
  /** Middle of the jittered wait before the same model is asked again. */
  readonly retryMs: number;
  /** How long a model rests after its endpoint refused the key. */
  readonly refusedRestMs: number;
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
  refusedRestMs: 60_000,
  maxEventChars: 256 * 1024,
  maxAnswerBytes: 32 * 1024,
};
