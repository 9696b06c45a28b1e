/** Why an analysis is partial or failed, as sentences for agents. */
import type { Phrase } from '@firstword/shared/phrase';
import { GatewayError } from '../gateway/gateway-error.ts';
import { phrase } from '../lib/phrase.ts';
import type { ModelAnswer } from './ask-model.ts';

/** Undefined when the analysis is complete. Single dropped items do not make it partial. */
export function problemOf({ cut }: ModelAnswer, dropped: readonly string[]): Phrase | undefined {
  if (cut) return phrase`The model's answer was cut off: its last parts are missing.`;
  const missing = dropped.filter((name) => /^[a-z]+$/i.test(name));
  return missing.length === 0 ? undefined : phrase`These parts were invalid and are missing: ${missing.join(', ')}.`;
}

export function problemOfError(error: unknown): Phrase {
  if (error instanceof GatewayError) return phrase`No model answered (${error.code}).`;
  if (error instanceof DOMException && error.name === 'TimeoutError') return phrase`The analysis took too long.`;
  return phrase`The analysis ended with an unexpected error.`;
}
