/** Sends one chat request and checks the response's status and headers. */
import type { Dispatcher } from 'undici';
import type { Endpoint } from '../routing/route.ts';
import type { WrittenBody } from './chat-body.ts';
import { isRecord } from './chat-chunk.ts';
import { readEndpointFault } from './endpoint-fault.ts';
import type { EndpointPool } from './endpoint-pools.ts';
import { parseErrorBody, readRefusal } from './error-body.ts';
import { type FailureCode, GatewayError } from './gateway-error.ts';
import { keyHeader } from './key-header.ts';
import type { ModelCorrection } from './model-corrections.ts';
import { readRetryAfterMs } from './retry-after.ts';

export type ChatStream = Dispatcher.ResponseData['body'];

/** Enough to contain the error's code or the refused field's name. */
const ERROR_BODY_CHARS = 16 * 1024;

export interface OpenChat {
  readonly endpoint: Endpoint;
  readonly connection: EndpointPool;
  readonly written: WrittenBody;
  /** The model's own headers. */
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

/** Resolves with the response's body. Throws `GatewayError`, or the signal's reason after an abort. */
export async function openChat({ endpoint, connection, written, headers, signal }: OpenChat): Promise<ChatStream> {
  let response: Dispatcher.ResponseData;
  try {
    response = await connection.pool.request({
      method: 'POST',
      path: connection.chatPath,
      headers: {
        ...headers,
        'content-type': 'application/json',
        accept: 'text/event-stream',
        // undici doesn't decompress, and a compressor would delay tokens.
        'accept-encoding': 'identity',
        ...keyHeader(endpoint),
      },
      body: written.body,
      signal,
    });
  } catch (error) {
    throw signal.aborted ? signal.reason : transportFailure(error, 'connect-failed');
  }
  response.body.on('error', () => {}); // readers handle it themselves
  const failure = await failureOf(response, written.optionalFields);
  if (failure === undefined) return response.body;
  releaseStream(response.body);
  throw failure;
}

/** Refusals of what was asked come as any of these: gateways in front of models answer 500 as well. */
const REFUSING_STATUS = new Set([400, 413, 422, 500]);

async function failureOf(
  { statusCode, headers, body }: Dispatcher.ResponseData,
  optionalFields: readonly string[],
): Promise<GatewayError | undefined> {
  if (statusCode >= 200 && statusCode < 300) return faultOfHeaders(headers);
  const errorBody = parseErrorBody(await readStart(body));
  const { label } = errorBody;
  const message = `status ${statusCode}${label === 'unnamed' ? '' : ` (${label})`}`;
  if (REFUSING_STATUS.has(statusCode)) {
    const refusal = readRefusal(errorBody, optionalFields);
    if (refusal.reason === 'field-refused')
      return new RequestRefusedError(refusal.field, { refusedFields: [refusal.field] });
    if (refusal.reason === 'system-refused') return new RequestRefusedError('the system role', { system: 'user' });
    if (refusal.reason !== 'other') return new GatewayError(refusal.reason, message);
  }
  const retryAfterMs = readRetryAfterMs(headers, Date.now());
  const code = readEndpointFault(statusCode, errorBody, retryAfterMs !== undefined);
  return new GatewayError(code, message, { retryAfterMs });
}

/** A body is read whatever its type, except for a web page, which shows that the address is wrong. */
function faultOfHeaders(headers: Dispatcher.ResponseData['headers']): GatewayError | undefined {
  const type = String(headers['content-type'] ?? '').toLowerCase();
  if (type.startsWith('text/html')) return new GatewayError('bad-response', 'a web page instead of a completion');
  const encoding = String(headers['content-encoding'] ?? '')
    .trim()
    .toLowerCase();
  return COMPRESSED.test(encoding)
    ? new GatewayError('bad-response', `the response is compressed (${encoding}), although identity was requested`)
    : undefined;
}

const COMPRESSED = /\b(gzip|x-gzip|deflate|br|zstd|compress)\b/;

/** The model refuses a part of the request; later requests to it are written without. */
export class RequestRefusedError extends GatewayError {
  readonly correction: Partial<ModelCorrection>;
  constructor(what: string, correction: Partial<ModelCorrection>) {
    super('field-refused', `the model refuses ${what}`);
    this.correction = correction;
  }
}

const TLS_CODE = /^(ERR_TLS|ERR_SSL|CERT_|EPROTO$|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|HOSTNAME_MISMATCH)/;

/** @param otherwise the code of a broken connection at this stage of the call */
export function transportFailure(error: unknown, otherwise: FailureCode): GatewayError {
  const name = isRecord(error) && typeof error['code'] === 'string' ? error['code'] : 'no code';
  const refusal = /Proxy response \((\d+)\)/.exec(error instanceof Error ? error.message : '')?.[1];
  if (refusal !== undefined) return new GatewayError('proxy-failed', `the proxy refused the connection (${refusal})`);
  const code = codeOfTransport(name, otherwise);
  return new GatewayError(code, `the connection failed (${name})`, { cause: error });
}

function codeOfTransport(name: string, otherwise: FailureCode): FailureCode {
  if (TLS_CODE.test(name)) return 'tls-failed';
  if (name === 'ENOTFOUND' || name === 'EAI_AGAIN') return 'dns-failed';
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

/** An error body that doesn't end must not delay the next model. */
const ERROR_BODY_MS = 1_000;

async function readStart(body: ChatStream): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  const timer = setTimeout(() => body.destroy(), ERROR_BODY_MS);
  try {
    for await (const bytes of bytesOf(body)) {
      text += decoder.decode(bytes, { stream: true });
      if (text.length >= ERROR_BODY_CHARS) break;
    }
  } catch {
    // An incomplete error body is still an error; use what was received.
  } finally {
    clearTimeout(timer);
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
