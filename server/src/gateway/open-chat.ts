/** Sends one chat request and judges the response before its first byte of text. */
import type { Dispatcher } from 'undici';
import { parseJson } from '../lib/parse-json.ts';
import type { Endpoint } from '../routing/route.ts';
import { type DispensableField, refusedField } from './chat-body.ts';
import { errorLabel, isRecord } from './chat-chunk.ts';
import type { EndpointPool } from './endpoint-pools.ts';
import { type FailureCode, GatewayError } from './gateway-error.ts';
import { readRetryAfterMs } from './retry-after.ts';

export type ChatStream = Dispatcher.ResponseData['body'];

/** Enough to find the name of an error or of a refused field. */
const ERROR_BODY_CHARS = 16 * 1024;

export interface OpenChat {
  readonly endpoint: Endpoint;
  readonly connection: EndpointPool;
  readonly body: string;
  /** Fields left out of `body`. */
  readonly without: ReadonlySet<DispensableField>;
  readonly signal: AbortSignal;
}

/** Resolves with an event stream, or throws `GatewayError`; an abort of the signal throws its reason. */
export async function openChat({ endpoint, connection, body, without, signal }: OpenChat): Promise<ChatStream> {
  let response: Dispatcher.ResponseData;
  try {
    response = await connection.pool.request({
      method: 'POST',
      path: connection.chatPath,
      headers: {
        'content-type': 'application/json',
        accept: 'text/event-stream',
        // undici hands over compressed bytes as they come, and a compressor holds tokens back.
        'accept-encoding': 'identity',
        ...(endpoint.apiKey === undefined ? {} : { authorization: `Bearer ${endpoint.apiKey}` }),
      },
      body,
      signal,
    });
  } catch (error) {
    throw signal.aborted ? signal.reason : transportFailure(error, 'connect-failed');
  }
  response.body.on('error', () => {}); // every reader below hears of it by itself
  const failure = await judge(response, without);
  if (failure === undefined) return response.body;
  releaseStream(response.body);
  throw failure;
}

async function judge(
  { statusCode, headers, body }: Dispatcher.ResponseData,
  without: ReadonlySet<DispensableField>,
): Promise<GatewayError | undefined> {
  const type = String(headers['content-type'] ?? 'none')
    .split(';', 1)[0]
    ?.trim()
    .toLowerCase();
  if (statusCode === 200) {
    if (type === 'application/json') {
      const said = parseJson(await readStart(body));
      return isRecord(said) && said['error'] != null
        ? new GatewayError('upstream-error', `status 200 with an error (${errorLabel(said['error'])})`)
        : new GatewayError('bad-response', 'JSON instead of an event stream');
    }
    if (type !== 'text/event-stream') return new GatewayError('bad-response', 'the response is not an event stream');
    const encoding = headers['content-encoding'] ?? 'identity';
    return encoding === 'identity'
      ? undefined
      : new GatewayError('bad-response', 'the response is compressed although that was declined');
  }
  const code = codeOfStatus(statusCode);
  if (code === 'bad-request') {
    const text = await readStart(body);
    const field = refusedField(text, without);
    if (field !== undefined) return new FieldRefusedError(field);
    const said = parseJson(text);
    return new GatewayError(code, `status ${statusCode} (${errorLabel(isRecord(said) ? said['error'] : said)})`);
  }
  const retryAfterMs = readRetryAfterMs(headers, Date.now());
  return new GatewayError(code, `status ${statusCode}`, { retryAfterMs });
}

/** The endpoint refuses a field that we can leave out from now on. */
export class FieldRefusedError extends GatewayError {
  readonly field: DispensableField;
  constructor(field: DispensableField) {
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

/** `otherwise`: what a broken connection means at this point of the call. */
export function transportFailure(error: unknown, otherwise: FailureCode): GatewayError {
  const name = isRecord(error) && typeof error['code'] === 'string' ? error['code'] : 'no code';
  const code = codeOfTransport(name, otherwise);
  return new GatewayError(code, `the connection failed (${name})`, { cause: error });
}

function codeOfTransport(name: string, otherwise: FailureCode): FailureCode {
  if (TLS_CODE.test(name)) return 'tls-failed';
  if (name === 'UND_ERR_DESTROYED' || name === 'UND_ERR_CLOSED') return 'closing';
  if (name === 'UND_ERR_INVALID_ARG') return 'bad-request';
  // The other side hung up on a request it had accepted, often a kept connection it no longer wanted.
  if (name === 'UND_ERR_SOCKET' || name === 'ECONNRESET' || name === 'EPIPE') return 'cut-off';
  return otherwise;
}

async function readStart(body: ChatStream): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  try {
    for await (const bytes of body.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>) {
      text += decoder.decode(bytes, { stream: true });
      if (text.length >= ERROR_BODY_CHARS) break;
    }
  } catch {
    // A torn error is still an error; what has come is judged.
  }
  return text;
}

const RELEASE_MS = 1_000;

/**
 * Reads what is left of a response that nobody needs, so that its connection can serve the next call; a response that
 * does not end soon is closed instead.
 */
export function releaseStream(body: ChatStream): void {
  if (body.destroyed || body.readableEnded) return;
  const timer = setTimeout(() => body.destroy(), RELEASE_MS).unref();
  body.on('close', () => clearTimeout(timer)).resume();
}
