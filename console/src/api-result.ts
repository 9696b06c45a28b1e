/** The result of a request: its response, or why there is none. */
import type { ApiError } from '@firstword/shared/console-wire';

/** `offline`: no response arrived, so the request may or may not have had an effect. */
export type Failure = { ok: false } & (ApiError | { code: 'offline'; message: string });
export type Result<T> = { ok: true; value: T } | Failure;
