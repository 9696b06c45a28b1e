/** Reads the `Retry-After` headers of an endpoint. */
import type { IncomingHttpHeaders } from 'node:http';

/** Milliseconds, at most a day; undefined without such a header. `nowMs` is the wall clock. */
export function readRetryAfterMs(headers: IncomingHttpHeaders, nowMs: number): number | undefined {
  const exact = toNumber(headers['retry-after-ms']);
  if (exact !== undefined) return clamp(exact);
  const value = headers['retry-after'];
  const seconds = toNumber(value);
  if (seconds !== undefined) return clamp(seconds * 1000);
  const date = Date.parse(value ?? '');
  return Number.isNaN(date) ? undefined : clamp(date - nowMs);
}

function toNumber(header: string | readonly string[] | undefined): number | undefined {
  if (typeof header !== 'string' || !/^\s*\d+(\.\d+)?\s*$/.test(header)) return undefined;
  return Number(header);
}

function clamp(ms: number): number {
  return Math.min(Math.max(ms, 0), 24 * 60 * 60 * 1000);
}
