/** Wraps a socket handler so that nothing a client sends, or omits, can end the process. */
import type { AckCode, Refusal } from '@firstword/shared/wire';
import type { z } from 'zod';
import type { Log } from './log.ts';
import { rejectsWrites } from './redis-faults.ts';

/** What a handler throws to refuse: it becomes the acknowledgement. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError';
  readonly code: AckCode;
  readonly retryAfterMs: number | undefined;
  constructor(code: AckCode, message: string, retryAfterMs?: number) {
    super(message);
    this.code = code;
    this.retryAfterMs = retryAfterMs;
  }
}

/**
 * Checks the payload, runs the handler, and acknowledges with what it returns. A client that sent no acknowledgement
 * function is served all the same. An unexpected error is logged and answered with `unavailable`, a
 * Redis that takes no writes with `busy`.
 */
export function guarded<Schema extends z.ZodType, Result extends object>(
  event: string,
  schema: Schema,
  log: Log,
  handle: (payload: z.output<Schema>) => Promise<Result> | Result,
): (...args: unknown[]) => Promise<void> {
  return async (...args) => {
    const last = args.at(-1);
    const reply = typeof last === 'function' ? (answer: object) => void last(answer) : () => {};
    try {
      const parsed = schema.safeParse(args[0]);
      if (!parsed.success) throw new RefusedError('bad-message', `${event}: ${describeFault(parsed.error)}`);
      reply({ ...(await handle(parsed.data)), ok: true });
    } catch (error) {
      reply(toRefusal(event, error, log));
    }
  };
}

/** One line that names the field and what is allowed there. */
export function describeFault(error: z.ZodError): string {
  return error.issues
    .slice(0, 3)
    .map((issue) => (issue.path.length > 0 ? `${issue.path.join('.')}: ${issue.message}` : issue.message))
    .join('; ');
}

const FULL = 'This cannot be stored just now. It can be sent again in a moment.';

function toRefusal(event: string, error: unknown, log: Log): Refusal {
  if (error instanceof RefusedError) {
    const { code, message, retryAfterMs } = error;
    return retryAfterMs === undefined ? { ok: false, code, message } : { ok: false, code, message, retryAfterMs };
  }
  if (rejectsWrites(error)) {
    log.error({ event, reason: String(error) }, 'Redis takes no writes');
    return { ok: false, code: 'busy', message: FULL, retryAfterMs: 5000 };
  }
  log.error({ event, reason: error instanceof Error ? error.stack : String(error) }, 'handler failed');
  return {
    ok: false,
    code: 'unavailable',
    message: 'This did not work just now. Try again in a moment.',
    retryAfterMs: 2000,
  };
}
