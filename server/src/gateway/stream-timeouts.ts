/** Times out each stage of an answer: headers, first text, next text, usage. Comments and empty chunks don't count. */
import { createDeadline } from './deadline.ts';
import { GatewayError } from './gateway-error.ts';
import type { GatewayLimits } from './gateway-limits.ts';

export interface StreamTimeouts {
  headersReceived(): void;
  /** Reasoning extends the timeout, up to a limit. */
  reasoning(): void;
  /** Suspends the timeout until `textConsumed`, because a slow consumer is not a stalled endpoint. */
  textReceived(): void;
  textConsumed(): void;
  /** The finish reason has arrived; only the usage may follow, with a short timeout. */
  finished(): void;
  stop(): void;
}

const TIMEOUTS = {
  'headers-timeout': 'no response headers in time',
  'first-token-timeout': 'no text in time',
  stalled: 'no further text in time',
} as const;

export interface StreamTimeoutsParts {
  readonly limits: Pick<GatewayLimits, 'headersMs' | 'idleMs' | 'reasoningMs' | 'usageWaitMs'>;
  /** Now → first text. */
  readonly firstTokenMs: number;
  readonly now: () => number;
  /** Called at most once. */
  readonly onTimeout: (failure: GatewayError) => void;
}

export function createStreamTimeouts({ limits, firstTokenMs, now, onTimeout }: StreamTimeoutsParts): StreamTimeouts {
  let stage: keyof typeof TIMEOUTS = 'headers-timeout';
  let textAt = now();
  let textWithinMs = firstTokenMs;
  let finished = false;
  const deadline = createDeadline({ now, onPassed: () => onTimeout(new GatewayError(stage, TIMEOUTS[stage])) });
  deadline.moveTo(textAt + Math.min(limits.headersMs, firstTokenMs));

  return {
    headersReceived() {
      stage = 'first-token-timeout';
      deadline.moveTo(textAt + textWithinMs);
    },
    reasoning() {
      const reasoningUntil = Math.min(now() + limits.idleMs, textAt + limits.reasoningMs);
      deadline.moveTo(Math.max(textAt + textWithinMs, reasoningUntil));
    },
    textReceived() {
      stage = 'stalled';
      textWithinMs = limits.idleMs;
      deadline.moveTo(Number.POSITIVE_INFINITY);
    },
    textConsumed() {
      textAt = now();
      deadline.moveTo(textAt + (finished ? limits.usageWaitMs : textWithinMs));
    },
    finished() {
      finished = true;
      deadline.moveTo(now() + limits.usageWaitMs);
    },
    stop: deadline.clear,
  };
}
