/** The failure of a model call. */

/**
 * `connect-failed`: no connection (refused, unreachable). `dns-failed`: the host name doesn't resolve. `proxy-failed`:
 * the proxy refused the connection. `tls-failed`: the certificate or handshake is wrong. `unauthorized`: 401, 403, or
 * an error that names the key. `no-credit`: 402, or an error that names the account's balance or quota. `rate-limited`:
 * 429. `bad-request`: the endpoint rejected the request. `unknown-model`: an error that names the model. `no-model`:
 * any other 404, usually a wrong path. `field-refused`: an optional field or the system role; asked again without.
 * `prompt-filtered`: the endpoint's content filter refused the prompt. `context-too-long`: the prompt does not fit.
 * `redirected`: 3xx, which is never followed. `upstream-error`: 5xx, or an error inside the stream. `bad-response`: not
 * a completion. `empty-response`: an answer without text. `only-thinking`: the tokens were used up before the answer.
 * `thinking-too-long`: more thinking than the model's limit. `malformed`: a chunk in an unknown format. `too-large`: an
 * event or the answer exceeds its limit. `tool-call`: the model called a tool. `headers-timeout`,
 * `first-token-timeout`: no text in time. `stalled`: no further text in time. `cut-off`: the stream ended without a
 * finish reason. `breaker-open`: every breaker is open. `closing`: shutdown.
 */
export type FailureCode =
  | 'connect-failed'
  | 'dns-failed'
  | 'proxy-failed'
  | 'tls-failed'
  | 'unauthorized'
  | 'no-credit'
  | 'rate-limited'
  | 'bad-request'
  | 'field-refused'
  | 'prompt-filtered'
  | 'context-too-long'
  | 'unknown-model'
  | 'no-model'
  | 'redirected'
  | 'upstream-error'
  | 'bad-response'
  | 'empty-response'
  | 'only-thinking'
  | 'thinking-too-long'
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
  /** Text was yielded before the failure, so the answer can't be restarted unnoticed. */
  readonly visible?: boolean | undefined;
  /** When a retry makes sense, according to the endpoint or the breaker. */
  readonly retryAfterMs?: number | undefined;
  readonly cause?: unknown;
}

/**
 * A model call without a complete answer. `code` is for programs, the message for the log. The message never contains
 * the key, the prompt or text from the endpoint, which may repeat either.
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

  /** The same failure with the model, and whether text was already yielded. */
  of(modelId: string, visible: boolean): GatewayError {
    return new GatewayError(this.code, `${modelId}: ${this.message}`, {
      modelId,
      visible,
      retryAfterMs: this.retryAfterMs,
      cause: this.cause,
    });
  }
}
