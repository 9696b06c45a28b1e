/** Sends one chat request and checks the response's status and headers. */
import type { Dispatcher } from 'undici';
import { parseJson } from '../lib/parse-json.ts';
import type { Endpoint } from '../routing/route.ts';
import { type OptionalField, refusedField } from './chat-body.ts';
import { errorLabel, isRecord } from './chat-chunk.ts';
import type { EndpointPool } from './endpoint-pools.ts';
import { type FailureCode, GatewayError } from './gateway-error.ts';
import { readRetryAfterMs } from './retry-after.ts';

export type ChatStream = Dispatcher.ResponseData['body'];

/** Enough to contain the error's code or the refused field's name. */
const ERROR_BODY_CHARS = 16 * 1024;

export interface OpenChat {
  readonly endpoint: Endpoint;
  readonly connection: EndpointPool;
  readonly body: string;
  /** Fields left out of `body`. */
  readonly without: ReadonlySet<OptionalField>;
  readonly signal: AbortSignal;
}

/** Resolves with the event stream. Throws `GatewayError`, or the signal's reason after an abort. */
export async function openChat({ endpoint, connection, body, without, signal }: OpenChat): Promise<ChatStream> {
  let response: Dispatcher.ResponseData;
  try {
    response = await connection.pool.request({
      method: 'POST',
      path: connection.chatPath,
      headers: {
        'content-type': 'application/json',
        accept: 'text/event-stream',
        // undici doesn't decompress, and a compressor would delay tokens.
        'accept-encoding': 'identity',
        ...(endpoint.apiKey === undefined ? {} : { authorization: `Bearer ${endpoint.apiKey}` }),
      },
      body,
      signal,
    });
  } catch (error) {
    throw signal.aborted ? signal.reason : transportFailure(error, 'connect-failed');
  }
  response.body.on('error', () => {}); // readers handle it themselves
  const failure = await failureOf(response, without);
  if (failure === undefined) return response.body;
  releaseStream(response.body);
  throw failure;
}

async function failureOf(
  { statusCode, headers, body }: Dispatcher.ResponseData,
  without: ReadonlySet<OptionalField>,
): Promise<GatewayError | undefined> {
  const type = String(headers['content-type'] ?? 'none')
    .split(';', 1)[0]
    ?.trim()
    .toLowerCase();
  if (statusCode === 200) {
    if (type === 'application/json') {
      const json = parseJson(await readStart(body));
      return isRecord(json) && json['error'] != null
        ? new GatewayError('upstream-error', `status 200 with an error (${errorLabel(json['error'])})`)
        : new GatewayError('bad-response', 'JSON instead of an event stream');
    }
    if (type !== 'text/event-stream') return new GatewayError('bad-response', 'the response is not an event stream');
    const encoding = headers['content-encoding'] ?? 'identity';
    return encoding === 'identity'
      ? undefined
      : new GatewayError('bad-response', 'the response is compressed, although identity encoding was requested');
  }
  const code = codeOfStatus(statusCode);
  if (code === 'bad-request') {
    const text = await readStart(body);
    const field = refusedField(text, without);
    if (field !== undefined) return new FieldRefusedError(field);
    const json = parseJson(text);
    return new GatewayError(code, `status ${statusCode} (${errorLabel(isRecord(json) ? json['error'] : json)})`);
  }
  const retryAfterMs = readRetryAfterMs(headers, Date.now());
  return new GatewayError(code, `status ${statusCode}`, { retryAfterMs });
}

/** The endpoint refuses an optional field; later requests omit it. */
export class FieldRefusedError extends GatewayError {
  readonly field: OptionalField;
  constructor(field: OptionalField) {
    super('field-refused', `the endpoint refuses ${field}`);
    this.field = field;
  }
}

function codeOfStatus(status: number): FailureCode {
  if (status === 401 || status === 403) return 'unauthorized';
  if (status === 404) return 'no-model';
  if (status === 429) return 'rate-limited';
  if (status === 408 || status >= 500) return 'upstream-error';
  if (status >= 400) return 'bad-request';
  if (status >= 300) return 'redirected';
  return 'bad-response';
}

const TLS_CODE = /^(ERR_TLS|ERR_SSL|CERT_|EPROTO$|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|HOSTNAME_MISMATCH)/;

/** @param otherwise the code of a broken connection at this stage of the call */
export function transportFailure(error: unknown, otherwise: FailureCode): GatewayError {
  const name = isRecord(error) && typeof error['code'] === 'string' ? error['code'] : 'no code';
  const code = codeOfTransport(name, otherwise);
  return new GatewayError(code, `the connection failed (${name})`, { cause: error });
}

function codeOfTransport(name: string, otherwise: FailureCode): FailureCode {
  if (TLS_CODE.test(name)) return 'tls-failed';
  if (name === 'UND_ERR_DESTROYED' || name === 'UND_ERR_CLOSED') return 'closing';
  if (name === 'UND_ERR_INVALID_ARG') return 'bad-request';
  // The peer closed the connection after accepting the request, often an idle keep-alive connection.
  if (name === 'UND_ERR_SOCKET' || name === 'ECONNRESET' || name === 'EPIPE') return 'cut-off';
  return otherwise;
}

/** A stream's chunks. Leaving the loop early doesn't destroy the stream. */
export function bytesOf(body: ChatStream): AsyncIterable<Uint8Array> {
  return body.iterator({ destroyOnReturn: false });
}

async function readStart(body: ChatStream): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  try {
    for await (const bytes of bytesOf(body)) {
      text += decoder.decode(bytes, { stream: true });
      if (text.length >= ERROR_BODY_CHARS) break;
    }
  } catch {
    // An incomplete error body is still an error; use what was received.
  }
  return text;
}

const RELEASE_MS = 1_000;

/**
 * Reads the rest of an unused response, so that its connection can be reused. Closes the connection when the response
 * doesn't end soon.
 */
export function releaseStream(body: ChatStream): void {
  if (body.destroyed || body.readableEnded) return;
  const timer = setTimeout(() => body.destroy(), RELEASE_MS).unref();
  body.on('close', () => clearTimeout(timer)).resume();
}
