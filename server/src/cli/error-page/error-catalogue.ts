/** Every code that a client can meet, with its cause and its remedy. `docs/errors.md` is generated from it. */
import type { AckCode, ConnectCode } from '@firstword/shared/wire-refusals';
import type { ApiErrorCode } from '../../http/api-refusal.ts';
import type { FileCode } from '../../http/files.ts';
import type { ConsoleConnectCode } from '../../realtime/admit-agent.ts';

export interface ErrorEntry {
  readonly cause: string;
  readonly remedy: string;
}
/** One entry for each code: a new code without an entry does not compile. */
export type ErrorEntries<Code extends string> = Readonly<Record<Code, ErrorEntry>>;

export const connectErrors: ErrorEntries<ConnectCode> = {
  'unknown-site': {
    cause: 'The handshake is malformed, or names a site that is not configured on this server.',
    remedy: 'Compare `data-site` with `sites[].id` in the configuration file. The message says what is wrong.',
  },
  'origin-refused': {
    cause: 'The origin of the page is not one of the site’s.',
    remedy: 'Add the origin to `sites[].allowedOrigins`, with scheme and port: `https://www.example.com`.',
  },
  'bad-identity': {
    cause:
      'The identity token is not valid for this site: wrong signature or audience, expired, valid for more than 10 minutes, or used by another browser before. Or the site requires visitors to be signed in, and the page sent no token.',
    remedy:
      'Sign a new token for each page, as [identity.md](identity.md) shows: `aud` = the site id, a new `jti`, `exp` at most 10 minutes away.',
  },
  'session-expired': {
    cause: 'The session token is unknown, malformed, or its conversation has been deleted.',
    remedy: 'Connect again without `session`. The widget does so by itself.',
  },
  'rate-limited': {
    cause:
      'The process has too little memory left for another visitor, or the address, network or site is beyond a limit of `limits.perMinute`.',
    remedy:
      'Connect again after `retryAfterMs`; with a `challenge`, at once with its proof. Behind a proxy, set `TRUST_PROXY`, or all visitors share one address. If it keeps happening, check `/health/ready`.',
  },
  unavailable: {
    cause: 'Redis is away or full, so no session can be stored.',
    remedy: 'Connect again after `retryAfterMs`. If it keeps happening, check `/health/ready`.',
  },
  draining: {
    cause: 'The process is shutting down.',
    remedy: 'Connect again after `retryAfterMs`: another process answers.',
  },
};

export const consoleConnectErrors: ErrorEntries<ConsoleConnectCode> = {
  'signed-out': { cause: 'The session cookie is missing or has expired.', remedy: 'Sign in, then connect again.' },
  'origin-refused': {
    cause: 'The page was not served by this server.',
    remedy: 'Open the console at the server’s own address. If a proxy changes that address, set `PUBLIC_URL`.',
  },
};

export const ackErrors: ErrorEntries<AckCode> = {
  'bad-message': {
    cause: 'The payload does not match the event’s schema.',
    remedy: 'Correct the field that the message names. Repeating the same payload does not help.',
  },
  'too-long': { cause: 'The text has more than 4000 characters.', remedy: 'Shorten the text, or split it.' },
  conflict: {
    cause: 'The message id was used before with another text.',
    remedy: 'Create a new UUID for each message. Repeat an id only with the same text.',
  },
  busy: {
    cause:
      'The process is at its concurrency limit or short of memory, Redis rejects writes, fewer than `REDIS_REPLICAS` replicas follow, or the conversation has a running answer already.',
    remedy:
      'Send again after `retryAfterMs`, with the same id. Operators: `firstword_busy_total` counts refusals by reason.',
  },
  'rate-limited': {
    cause: 'The visitor, its address, network or site sent too many messages or requests in a minute.',
    remedy:
      'Wait for `retryAfterMs`; with a `challenge`, send it again at once with its proof. Operators: `limits.messagesPerMinute` and `limits.perMinute` set the limits. Behind a proxy, set `TRUST_PROXY`.',
  },
  'not-found': {
    cause: 'The turn, message, ticket or conversation does not exist, or belongs to another conversation.',
    remedy: 'Reconnect to get the current state. For `contact-set`, a ticket must be open.',
  },
  closed: {
    cause: 'The conversation is closed, or an agent answers it, so that no assistant can be asked.',
    remedy: 'Start a new conversation, or write to the agent.',
  },
  unavailable: {
    cause: 'An unexpected error, for example a Redis that does not answer.',
    remedy: 'Send again after `retryAfterMs`, with the same id. Operators: the log has the error with its stack.',
  },
};

export const apiErrors: ErrorEntries<ApiErrorCode> = {
  'bad-request': {
    cause: 'The body or query is not JSON, exceeds 32 kB, has an unknown key, or fails its schema.',
    remedy: 'Correct the field that the message names. `/api/v1/openapi.json` describes every route.',
  },
  'signed-out': {
    cause: 'There is no valid session cookie or API token.',
    remedy: 'Sign in with `POST /api/v1/session`, or send `Authorization: Bearer` with a token from `npm run agent`.',
  },
  'code-required': {
    cause: 'The password is right, and the account has two-step sign-in.',
    remedy: 'Send `POST /api/v1/session` again with `code`: that of the authenticator app, or a recovery code.',
  },
  forbidden: {
    cause:
      'Wrong e-mail address, password or code, an invalid one-time link, a missing `x-csrf-token`, a foreign `Origin`, a token with the scope `read`, or a route that the role does not allow.',
    remedy: 'The message says which. Reload the console for a new CSRF token; ask an administrator for the role.',
  },
  'not-found': {
    cause: 'There is no such route, ticket, analysis run or site.',
    remedy: 'Check the path and the id. Deleted conversations take their tickets with them.',
  },
  conflict: {
    cause:
      'The ticket changed after you read it, the idempotency key was used for another action, or the e-mail address already has an account.',
    remedy: 'Read `detail`, which is the ticket as it is now, and decide again. Use a new UUID for each action.',
  },
  'not-allowed': {
    cause: 'The ticket’s state does not permit the action.',
    remedy: 'The message says why. [tickets.md](tickets.md) lists the allowed transitions.',
  },
  'rate-limited': {
    cause:
      'Too many wrong passwords in 15 minutes: 5 for one account and address, 20 from one address, 10 for one account, or 300 in all. Or too many wrong codes, or more than 300 refused calls from one address in a minute.',
    remedy:
      'Wait for `Retry-After`, or use a browser in which the account has signed in before. Calls with a valid session or token are not affected by those of others. Behind a proxy, set `TRUST_PROXY`, or all agents share one address.',
  },
  unavailable: {
    cause: 'Redis or PostgreSQL does not answer, or an unexpected error.',
    remedy: 'Repeat the request with the same idempotency key. Operators: the log has the error with its stack.',
  },
};

export const fileErrors: ErrorEntries<Exclude<FileCode, AckCode>> = {
  'session-expired': { cause: 'The session token is unknown or has expired.', remedy: 'Reconnect, then send again.' },
  'origin-refused': connectErrors['origin-refused'],
  type: {
    cause: 'The site does not accept files of this type.',
    remedy: 'Operators: `sites[].uploads.types` lists the accepted types.',
  },
  content: {
    cause: 'The content of the file does not match its name.',
    remedy: 'Send the file with the extension of its real type.',
  },
  unsafe: {
    cause:
      'The file contains macros or scripts, loads a template or an object from elsewhere when it is opened, or is malware that the scanner of `CLAMD_URL` knows.',
    remedy: 'Save it without macros and scripts, such as a document as .docx or a form as a flattened PDF.',
  },
  'too-large': {
    cause: 'The file is larger than the site allows.',
    remedy: 'Send a smaller file. Operators: `sites[].uploads.maxMb`, at most 25.',
  },
  'too-many': { cause: 'The conversation already has 20 files.', remedy: 'Start a new conversation.' },
};
