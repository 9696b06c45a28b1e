/** Turns whatever a route throws into the API's one form of refusal. */
import type { ErrorRequestHandler } from 'express';
import type { Log } from '../lib/log.ts';
import { ApiRefusal, STATUS_OF, toApiError } from './api-refusal.ts';

/** Express recognises an error handler by its four parameters. */
export function answerApiErrors(log: Log): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    if (response.headersSent) return next(error);
    const refusal = error instanceof ApiRefusal ? error : fromBodyReader(error);
    if (refusal === undefined)
      log.error({ path: request.path, reason: error instanceof Error ? error.stack : String(error) }, 'request failed');
    const answer = refusal ?? new ApiRefusal('unavailable', 'This did not work just now. Try again in a moment.');
    if (answer.retryAfterMs !== undefined) response.set('retry-after', String(Math.ceil(answer.retryAfterMs / 1000)));
    response.status(STATUS_OF[answer.code]).json(toApiError(answer));
  };
}

/** The body reader marks its own errors with a status below 500: too large, not JSON, a broken encoding. */
function fromBodyReader(error: unknown): ApiRefusal | undefined {
  const status = typeof error === 'object' && error !== null && 'status' in error ? Number(error.status) : 500;
  if (!(status >= 400 && status < 500)) return undefined;
  return new ApiRefusal(
    'bad-request',
    status === 413 ? 'The body is too large: 32 kB at most.' : 'The request could not be read as JSON.',
  );
}
