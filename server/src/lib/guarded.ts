/** Wraps a socket handler so that no payload, and no missing acknowledgement, can crash the process. */
import { cutText } from '@firstword/shared/cut-text';
import type { Challenge } from '@firstword/shared/proof-of-work';
import type { AckCode, Refusal } from '@firstword/shared/wire-refusals';
import type { z } from 'zod';
import type { EventLog } from './quiet-log.ts';
import { rejectsWrites } from './redis-full.ts';

/** A handler throws it to refuse an event; it becomes the acknowledgement. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError';
  readonly code: AckCode;
  readonly retryAfterMs: number | undefined;
  /** A proof of work with which the client is served at once. */
  readonly challenge: Challenge | undefined;
  constructor(code: AckCode, message: string, retryAfterMs?: number, challenge?: Challenge) {
    super(message);
    this.code = code;
    this.retryAfterMs = retryAfterMs;
    this.challenge = challenge;
  }
}

/**
 * Checks the payload, runs the handler and acknowledges with its result. The acknowledgement function is optional.
 * An unexpected error is logged and acknowledged as `unavailable`; as `busy` when Redis rejects writes.
 */
export function guarded<Schema extends z.ZodType, Result extends object>(
  event: string,
  schema: Schema,
  log: Pick<EventLog, 'error'>,
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

/** The names of unknown keys are the caller's. */
const FAULT_TEXT_MAX = 500;

/** One line that names the fields and what they allow. */
export function describeFault(error: z.ZodError): string {
  const text = error.issues
    .slice(0, 3)
    .map((issue) => (issue.path.length > 0 ? `${issue.path.join('.')}: ${issue.message}` : issue.message))
    .join('; ');
  return cutText(text, FAULT_TEXT_MAX);
}

const NOT_SAVED = "This couldn't be saved. Try again in a few seconds.";

function toRefusal(event: string, error: unknown, log: Pick<EventLog, 'error'>): Refusal {
  if (error instanceof RefusedError) {
    const { code, message, retryAfterMs, challenge } = error;
    return {
      ok: false,
      code,
      message,
      ...(retryAfterMs !== undefined && { retryAfterMs }),
      ...(challenge && { challenge }),
    };
  }
  if (rejectsWrites(error)) {
    log.error({ event, reason: String(error) }, 'redis rejects writes');
    return { ok: false, code: 'busy', message: NOT_SAVED, retryAfterMs: 5000 };
  }
  log.error({ event, reason: error instanceof Error ? error.stack : String(error) }, 'handler failed');
  return {
    ok: false,
    code: 'unavailable',
    message: 'Something went wrong. Try again in a few seconds.',
    retryAfterMs: 2000,
  };
}
