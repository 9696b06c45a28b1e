/** Turns every error of a route into an `ApiError` response. */
import type { ErrorRequestHandler } from 'express';
import { AgentsError } from '../agents/agents-error.ts';
import { RefusedError } from '../lib/guarded.ts';
import type { Log } from '../lib/log.ts';
import { phrase } from '../lib/phrase.ts';
import { rejectsWrites } from '../lib/redis-full.ts';
import { CursorError } from '../records/page-cursor.ts';
import { RecordsError } from '../records/records-error.ts';
import { ApiRefusal, STATUS_OF, toApiError } from './api-refusal.ts';

/** PostgreSQL usually takes this long to restart. */
const RECORDS_RETRY_MS = 5000;
const BUSY_RETRY_MS = 3000;

/** Also for signing in, which stores a session. */
const FULL = new ApiRefusal(
  'unavailable',
  phrase`The server’s storage is full, so nothing can be saved and no one can sign in. Ask your operator to look at /health/ready.`,
  { retryAfterMs: 30_000 },
);

/** Express recognises an error handler by its four parameters. */
export function answerApiErrors(log: Log): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    if (response.headersSent) return next(error);
    const refusal =
      error instanceof ApiRefusal
        ? error
        : (fromLimit(error) ?? fromRecords(error) ?? fromAgents(error) ?? fromExpress(error));
    if (rejectsWrites(error)) log.error({ path: request.path, reason: String(error) }, 'redis rejects writes');
    else if (refusal === undefined)
      log.error({ path: request.path, reason: error instanceof Error ? error.stack : String(error) }, 'request failed');
    const answer =
      refusal ??
      (rejectsWrites(error)
        ? FULL
        : new ApiRefusal('unavailable', phrase`The request failed. Try again in a few seconds.`));
    if (answer.retryAfterMs !== undefined) response.set('retry-after', String(Math.ceil(answer.retryAfterMs / 1000)));
    response.status(STATUS_OF[answer.code]).json(toApiError(answer));
  };
}

/** Of refused calls. */
function fromLimit(error: unknown): ApiRefusal | undefined {
  if (!(error instanceof RefusedError) || error.code !== 'rate-limited') return undefined;
  return new ApiRefusal('rate-limited', error.message, {
    ...(error.retryAfterMs === undefined ? {} : { retryAfterMs: error.retryAfterMs }),
  });
}

function fromRecords(error: unknown): ApiRefusal | undefined {
  if (error instanceof CursorError) return new ApiRefusal('bad-request', error.message);
  if (!(error instanceof RecordsError)) return undefined;
  return new ApiRefusal('unavailable', phrase`The database does not answer. Try again in a few seconds.`, {
    retryAfterMs: RECORDS_RETRY_MS,
  });
}

function fromAgents(error: unknown): ApiRefusal | undefined {
  if (!(error instanceof AgentsError)) return undefined;
  return new ApiRefusal('unavailable', phrase`Too many sign-ins at the same time. Try again in a few seconds.`, {
    retryAfterMs: BUSY_RETRY_MS,
  });
}

/** Express assigns a status below 500 to a body that is too large or not JSON, and to a broken path encoding. */
function fromExpress(error: unknown): ApiRefusal | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  const status = 'status' in error ? Number(error.status) : 500;
  if (!(status >= 400 && status < 500)) return undefined;
  return new ApiRefusal(
    'bad-request',
    status === 413
      ? phrase`The request body is too large: the limit is ${limitOf(error)}.`
      : 'The request is malformed.',
  );
}

/** Of Express' own error. */
function limitOf(error: object): string {
  const bytes = 'limit' in error ? Number(error.limit) : 0;
  return bytes < 1024 * 1024 ? `${bytes / 1024} kB` : `${bytes / 1024 / 1024} MB`;
}
