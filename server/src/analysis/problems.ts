/** Why an analysis is partial or failed, as sentences for agents. */
import { GatewayError } from '../gateway/gateway-error.ts';
import type { ModelAnswer } from './ask-model.ts';

/** Undefined when the analysis is complete. Single dropped items do not make it partial. */
export function problemOf({ cut }: ModelAnswer, dropped: readonly string[]): string | undefined {
  if (cut) return "The model's answer was cut off: its last parts are missing.";
  const missing = dropped.filter((name) => /^[a-z]+$/i.test(name));
  return missing.length === 0 ? undefined : `These parts were invalid and are missing: ${missing.join(', ')}.`;
}

export function problemOfError(error: unknown): string {
  if (error instanceof GatewayError) return `No model answered (${error.code}).`;
  if (error instanceof DOMException && error.name === 'TimeoutError') return 'The analysis took too long.';
  return 'The analysis ended with an unexpected error.';
}
