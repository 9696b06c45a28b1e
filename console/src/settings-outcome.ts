/** What the last action on a page of the settings led to: a secret that can be read only once, or a failure. */
import { type ReadonlySignal, signal } from '@preact/signals';
import type { Failure, Result } from './api-result.ts';
import { failureOf } from './failure-of.ts';
import type { Resource } from './resource.ts';

/** What can be read only once: a one-time link, an API token, or the secret that signs an endpoint's requests. */
export interface Secret {
  readonly kind: 'invite' | 'reset' | 'token' | 'webhook';
  readonly for: string;
  readonly text: string;
}

export interface SettingsOutcome {
  readonly secret: ReadonlySignal<Secret | undefined>;
  /** The last failed action. */
  readonly failure: ReadonlySignal<string | undefined>;
  /** Forgets both, when the page is left. */
  leave(): void;
}

export interface OutcomeWriter extends SettingsOutcome {
  show(secret: Secret): void;
  /** Whether the action failed, which is noted. */
  fails<T>(result: Result<T>): result is Failure;
  /** Loads what the action has changed. Resolves with whether the server accepted it. */
  act(result: Promise<Result<unknown>>, changed: Resource<object, unknown>): Promise<boolean>;
}

export function createSettingsOutcome(): OutcomeWriter {
  const secret = signal<Secret | undefined>(undefined);
  const failure = signal<string | undefined>(undefined);
  const fails = <T>(result: Result<T>): result is Failure => {
    failure.value = failureOf(result);
    return !result.ok;
  };
  return {
    secret,
    failure,
    show(shown) {
      secret.value = shown;
    },
    fails,
    async act(result, changed) {
      if (fails(await result)) return false;
      await changed.load();
      return true;
    },
    leave() {
      secret.value = undefined;
      failure.value = undefined;
    },
  };
}
