/** A circuit breaker per model and endpoint: skips a model that keeps failing, and probes it until it recovers. */

export interface Breaker {
  /** Whether a call may be sent. While open, one call per probe interval is allowed: the probe. */
  allows(key: string): boolean;
  succeeded(key: string): void;
  /** `openForMs` opens at once, regardless of the count, for that long (a refused key, a `Retry-After`). */
  failed(key: string, options?: { readonly openForMs?: number | undefined }): void;
  /** Milliseconds until `allows` may return true; 0 when it would now. */
  opensInMs(key: string): number;
}

export interface BreakerSettings {
  /** This many failures in the window, less one for each success, open the breaker. */
  readonly failures: number;
  readonly windowMs: number;
  /** While open, one call in this interval is sent as a probe. */
  readonly probeEveryMs: number;
  /** Milliseconds of a monotonic clock. A wall clock set back would keep breakers open. */
  readonly now?: () => number;
}

/** The product's values. Own code, because libraries wrap the call and know no `Retry-After` and no streams. */
export const BREAKER_SETTINGS = { failures: 5, windowMs: 30_000, probeEveryMs: 10_000 } as const;

interface State {
  /** Times of the counted failures, oldest first. */
  failedAt: number[];
  /** Set while open: the time of the next probe. */
  probeAt?: number;
  /** A probe is running. Only its success closes the breaker, not that of a call sent before the failures. */
  probing: boolean;
}

/** The breaker of a call. The same model at another endpoint has its own. */
export function breakerKey(endpointId: string, modelId: string): string {
  return `${endpointId} ${modelId}`;
}

export function createBreaker({
  failures,
  windowMs,
  probeEveryMs,
  now = () => performance.now(),
}: BreakerSettings): Breaker {
  const states = new Map<string, State>();

  return {
    allows(key) {
      const state = states.get(key);
      if (state?.probeAt === undefined) return true;
      if (now() < state.probeAt) return false;
      // Set before the outcome is known, so that an aborted probe doesn't block the next one.
      state.probeAt = now() + probeEveryMs;
      state.probing = true;
      return true;
    },

    succeeded(key) {
      const state = states.get(key);
      if (state === undefined) return;
      if (state.probeAt === undefined) {
        // A success cancels one failure, so a busy model with occasional failures stays available.
        state.failedAt.shift();
        if (state.failedAt.length === 0) states.delete(key);
      } else if (state.probing) {
        states.delete(key);
      }
    },

    failed(key, { openForMs } = {}) {
      const state = states.get(key) ?? { failedAt: [], probing: false };
      states.set(key, state);
      const since = now() - windowMs;
      state.failedAt = [...state.failedAt.filter((at) => at > since), now()].slice(-failures);
      state.probing = false;
      const pauseMs =
        openForMs ?? (state.failedAt.length >= failures || state.probeAt !== undefined ? probeEveryMs : 0);
      if (pauseMs > 0) state.probeAt = Math.max(state.probeAt ?? now(), now() + pauseMs);
    },

    opensInMs(key) {
      const probeAt = states.get(key)?.probeAt;
      return probeAt === undefined ? 0 : Math.max(0, probeAt - now());
    },
  };
}
