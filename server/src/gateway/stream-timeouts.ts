/** How long an endpoint may keep silent at each stage of an answer; comments and empty chunks are silence too. */
import { createDeadline } from './deadline.ts';
import { GatewayError } from './gateway-error.ts';
import type { GatewayLimits } from './gateway-limits.ts';

export interface OutageMonitor {
  /** The response headers have come. */
  opened(): void;
  /** The model thinks aloud: alive, but only for so long. */
  thought(): void;
  /** A text is handed on. Until it is `taken` nothing is awaited: a slow consumer is not a silent endpoint. */
  spoke(): void;
  taken(): void;
  /** The model is finished; its usage may follow, and is not worth a long wait. */
  finished(): void;
  stop(): void;
}

const SILENCES = {
  'headers-timeout': 'no response in time',
  'first-token-timeout': 'no text in time',
  stalled: 'no further text in time',
} as const;

export interface OutageMonitorParts {
  readonly limits: Pick<GatewayLimits, 'headersMs' | 'idleMs' | 'reasoningMs' | 'usageWaitMs'>;
  /** From now to the first text. */
  readonly firstTokenMs: number;
  readonly now: () => number;
  /** Called at most once. */
  readonly onSilence: (failure: GatewayError) => void;
}

export function createOutageMonitor({ limits, firstTokenMs, now, onSilence }: OutageMonitorParts): OutageMonitor {
  let awaited: keyof typeof SILENCES = 'headers-timeout';
  let textAt = now();
  let patienceMs = firstTokenMs;
  let finished = false;
  const deadline = createDeadline({ now, onPassed: () => onSilence(new GatewayError(awaited, SILENCES[awaited])) });
  deadline.moveTo(textAt + Math.min(limits.headersMs, firstTokenMs));

  return {
    opened() {
      awaited = 'first-token-timeout';
      deadline.moveTo(textAt + patienceMs);
    },
    thought() {
      const thinkingUntil = Math.min(now() + limits.idleMs, textAt + limits.reasoningMs);
      deadline.moveTo(Math.max(textAt + patienceMs, thinkingUntil));
    },
    spoke() {
      awaited = 'stalled';
      patienceMs = limits.idleMs;
      deadline.moveTo(Number.POSITIVE_INFINITY);
    },
    taken() {
      textAt = now();
      deadline.moveTo(textAt + (finished ? limits.usageWaitMs : patienceMs));
    },
    finished() {
      finished = true;
      deadline.moveTo(now() + limits.usageWaitMs);
    },
    stop: deadline.clear,
  };
}
