/** Why a model call ended without a whole answer. */

/**
 * `connect-failed`: no connection (refused, DNS, unreachable). `tls-failed`: the certificate or handshake is wrong.
 * `unauthorized`: 401 or 403. `rate-limited`: 429. `bad-request`: the endpoint refuses what we sent. `no-model`: 404.
 * `field-refused`: 400 for a field we can do without; asked again without it. `redirected`: 3xx, which is never followed. `upstream-error`: 5xx, or an error inside the stream.
 * `bad-response`: not an event stream. `empty-response`: an answer without text. `malformed`: a chunk that is not what
 * the format promises. `too-large`: an event or the answer passes its cap. `tool-call`: a tool was called, none offered.
 * `headers-timeout`, `first-token-timeout`: silence before the first text. `stalled`: silence after it.
 * `cut-off`: the stream ended without a finish reason. `breaker-open`: every model is resting. `closing`: shutdown.
 */
export type FailureCode =
  | 'connect-failed'
  | 'tls-failed'
  | 'unauthorized'
  | 'rate-limited'
  | 'bad-request'
  | 'field-refused'
  | 'no-model'
  | 'redirected'
  | 'upstream-error'
  | 'bad-response'
  | 'empty-response'
  | 'malformed'
  | 'too-large'
  | 'tool-call'
  | 'headers-timeout'
  | 'first-token-timeout'
  | 'stalled'
  | 'cut-off'
  | 'breaker-open'
  | 'closing';

export interface FailureFacts {
  readonly modelId?: string | undefined;
  /** Text had been yielded before the failure: nobody may restart the answer silently. */
  readonly visible?: boolean | undefined;
  /** Milliseconds after which another try makes sense, when the endpoint or the breaker said so. */
  readonly retryAfterMs?: number | undefined;
  readonly cause?: unknown;
}

/**
 * A model call that ended without a whole answer. `code` is for programs, the message for the log. The message never
 * holds the key, the prompt or free text of the endpoint, which may repeat either.
 */
export class GatewayError extends Error {
  override readonly name = 'GatewayError';
  readonly code: FailureCode;
  readonly visible: boolean;
  readonly modelId: string | undefined;
  readonly retryAfterMs: number | undefined;

  constructor(code: FailureCode, message: string, facts: FailureFacts = {}) {
    super(message, facts.cause === undefined ? undefined : { cause: facts.cause });
    this.code = code;
    this.visible = facts.visible ?? false;
    this.modelId = facts.modelId;
    this.retryAfterMs = facts.retryAfterMs;
  }

  /** The same failure with what its finder could not know. */
  of(modelId: string, visible: boolean): GatewayError {
    return new GatewayError(this.code, `${modelId}: ${this.message}`, {
      modelId,
      visible,
      retryAfterMs: this.retryAfterMs,
      cause: this.cause,
    });
  }
}
