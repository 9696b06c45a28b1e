/** Lets a model that keeps failing rest, so that a call to it costs nobody a wait. Pure but for the clock given. */

export interface Breaker {
  /** Whether a call may go out now. While open it says yes once per probe interval; that yes is the probe. */
  allows(key: string): boolean;
  succeeded(key: string): void;
  /** `openForMs` opens at once and for that long (a refused key, a `Retry-After`), whatever the count. */
  failed(key: string, options?: { readonly openForMs?: number | undefined }): void;
  /** Milliseconds until `allows` may say yes; 0 when it would now. */
  opensInMs(key: string): number;
}

export interface BreakerSettings {
  /** So many failures in the window, not outweighed by successes, open the breaker. */
  readonly failures: number;
  readonly windowMs: number;
  /** While open, one call in this time goes through as a probe. */
  readonly probeEveryMs: number;
  /** Milliseconds; any origin, never going back. */
  readonly now?: () => number;
}

interface State {
  /** When each counted failure was, oldest first. */
  failedAt: number[];
  /** Open when set: the moment of the next probe. */
  probeAt?: number;
  /** A probe is out; only its success closes the breaker, not the end of a call from before the trouble. */
  probing: boolean;
}

/** Which breaker a call belongs to: the same model at another endpoint is another matter. */
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
      // Set before the probe's outcome is known: a probe that is dropped must not block the next one.
      state.probeAt = now() + probeEveryMs;
      state.probing = true;
      return true;
    },

    succeeded(key) {
      const state = states.get(key);
      if (state === undefined) return;
      if (state.probeAt === undefined) {
        // Each success outweighs one failure: a busy model that fails now and then stays in service.
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
