/** Names the failure of a measured call, as reports count it. Pure. */
import { GatewayError } from '../gateway/gateway-error.ts';

/** Undefined for errors that are not failures of the call, because they are bugs. */
export function failureCodeOf(error: unknown): string | undefined {
  if (error instanceof GatewayError) return error.code;
  if (error instanceof DOMException && error.name === 'TimeoutError') return 'timed-out';
  return error instanceof Error && 'code' in error ? 'cut-off' : undefined;
}
